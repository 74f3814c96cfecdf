"""Names of a place that does not exist: zone, parks, peers, firms, projects."""

import random

from zonereport.inputs.identifiers import uscc_check

PARKS = {"yunjin": "云锦智造园", "xinglan": "星澜新材料园", "chuanhe": "川禾数据园"}
PARK_WEIGHTS = (0.45, 0.33, 0.22)
PEERS = (
    *("澄湾经济开发区", "墨渡经济开发区", "青棠高新技术产业开发区", "石麓工业园区", "鹭汀经济开发区"),
    *("朔禾经济开发区", "枫屿经济开发区", "岚渚临港工业园区", "砚溪经济开发区"),
)
BANKS = ("云川农商银行（虚构）", "示例银行云川支行（虚构）", "虚构银行云川支行")

_FIRST = "砚屿朔霁楠翎珞璟芃沅棠岑昀菘峤桉弈翊鹭芮槿漪湛皓澜渺骁妤梣"
_SECOND = "启岳衡陌渊野汀迦序屹峦砺穗潼珂笙洲霖阡歌弦帆桥"
# short names of listed or well-known firms that the two rows above would make
_TAKEN = {"澜启", "岳衡", "璟泉", "湛洲", "皓洲", "骁衡", "翊桥", "皓启", "珞珂", "沅陌", "湛启", "皓帆", "芮帆"}

# industry of GB/T 4754-2017 and the word for it in a name, by park
TRADES = {
    "yunjin": (
        *(("C3670", "汽车部件"), ("C3484", "精密制造"), ("C3525", "模具"), ("C3311", "钢构"), ("C3391", "铸造")),
        *(("C3812", "电机"), ("C3670", "底盘系统"), ("C3484", "传动机械"), ("C3670", "车身科技"), ("C3441", "泵业")),
    ),
    "xinglan": (
        *(("C2651", "高分子材料"), ("C2921", "薄膜"), ("C2641", "涂料"), ("C3240", "合金"), ("C2929", "塑件")),
        *(("C3062", "复合材料"), ("C2669", "精细化工"), ("C3841", "新能源材料"), ("C3073", "特种陶瓷")),
    ),
    "chuanhe": (
        *(("C3982", "电路"), ("C3976", "光电"), ("C3973", "集成电路"), ("C3912", "服务器部件"), ("C3981", "电子元件")),
        *(("C3825", "光伏设备"), ("C3829", "输配电设备"), ("C4011", "自动化仪表")),
    ),
}
SERVICES = (
    *(("I6450", "数据服务"), ("I6513", "软件"), ("I6531", "系统集成"), ("G5431", "货运"), ("G5990", "仓储")),
    *(("M7452", "检测"), ("M7320", "工程技术研究"), ("L7263", "人力资源")),
)
PRODUCTS = {
    "yunjin": ("一体化压铸件", "线控底盘", "精密轴承", "智能热管理部件", "驱动电机", "高强度紧固件", "液压总成"),
    "xinglan": ("光学薄膜", "碳纤维预浸料", "特种工程塑料", "电池隔膜涂覆", "水性树脂", "高温合金", "电子陶瓷"),
    "chuanhe": ("算力中心机房楼", "高频电路板", "光模块", "服务器机柜", "储能变流器", "传感器", "边缘计算设备"),
}


def brands(rng: random.Random, count: int) -> list[str]:
    """``count`` different two-character brands that are nobody's.

    >>> found = brands(random.Random(1), 420)
    >>> len(set(found)), {len(brand) for brand in found}
    (420, {2})
    """
    free = [a + b for a in _FIRST for b in _SECOND if a != b and a + b not in _TAKEN]
    return rng.sample(free, count)


def credit_code(number: int) -> str:
    """A sound unified social credit code of the administrative division 990000, which does not exist.

    >>> credit_code(1)
    '91990000MAX000015C'
    """
    organisation = f"MAX{number:05d}"
    body = f"91990000{organisation}{_organisation_check(organisation)}"
    return body + uscc_check(body)


def _organisation_check(code: str) -> str:
    """The ninth character of an organisation code: 11 - (weighted sum mod 11), GB 11714."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    rest = 11 - sum(int(c, 36) * weight for c, weight in zip(code, weights, strict=True)) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))
