"""A sample of two executed chapters, and both exports of it, made once."""

import io
from types import SimpleNamespace

import matplotlib
import pandas as pd
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from zonereport import fonts
from zonereport.publish import ReportHTMLExporter, ReportPDFExporter, assemble, markdown

NASTY = r"\ # $x$ * _ < > @ [ ] ~ ... 1. x -- ' \" ` = + / //c /*d*/ {e} |f| ^ & ; #let"
VERDICT = """\
- 全年生产总值**165亿元**，同比增长**5.2%**，快于全市1.1个百分点[^v]。
- 固定资产投资下降**3.1%**，降幅比上月收窄0.6个百分点，仍需关注。

[^v]: 按可比价格计算。
"""
PROSE = """\
2022年，开发区实现地区生产总值165亿元，约**36%**的增量来自新材料产业；
工业用电量同比增长4.2%[^1]。"""
LINKED = "分月看，工业与投资走势分化，呈现“*前高后稳*”的态势，详见[统计局网站](https://www.stats.gov.cn/)。"
LISTS = """\
## 需要关注的问题

1. 投资下滑；
2. 要素保障不足：
   - 电力；
   - 土地。

> 摘自《开发区条例》。

| 事项 | 家数 |
|---|---|
| 用电 | 12 |
| 用地 | 5 |
"""
FRONT = {
    "role": "front",
    "title": "仪征经济开发区经济运行分析报告",
    "subtitle": "二〇二二年一至十二月主要指标、产业结构与项目进展",
    "organisation": "仪征经济开发区管理委员会",
    "place": "江苏省仪征市",
    "date": "2023年1月20日",
    "day": "2022-12-31",
    "keywords": ["经济开发区", "月度监测"],
    "mark": "模拟数据，不反映任何真实开发区",
    "sources": ["仪征市统计局《统计月报》2022年12月", "开发区经济发展局企业直报系统"],
}


def escaped(text):
    """Return a text as Markdown that means it literally."""
    return "".join("\\" + c if c in "\\*_`<[]~&#" else c for c in text)


def svg(draw, width=6.2, height=3.2):
    """Return what a chart is as matplotlib writes it for our reports."""
    from matplotlib import font_manager
    from matplotlib.figure import Figure

    for file in fonts.faces().values():
        font_manager.fontManager.addfont(file)
    settings = {
        "font.family": fonts.FAMILY, "svg.fonttype": "none", "svg.hashsalt": "zonereport", "axes.unicode_minus": False
    }  # fmt: skip
    with matplotlib.rc_context(settings):
        figure = Figure(figsize=(width, height), layout="constrained")
        draw(figure.subplots())
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()


def output(role, data, **metadata):
    """Return a published output, as notebooks write it."""
    return new_output("display_data", data=data, metadata={"zonereport": {"role": role, **metadata}})


def words(role, text):
    return output(role, {"text/html": markdown.render(text), "text/plain": text})


def figure(
    caption="地区生产总值及增速", alt="柱形图：生产总值从96亿元升至165亿元。", note="数据来源：统计月报。", draw=None
):
    page = f"<figure>{svg(draw or bars)}<figcaption>图1</figcaption></figure>"
    return output("figure", {"text/html": page, "text/plain": "<Axes>"}, caption=caption, alt=alt, note=note)


def table(html, caption, note=""):
    page = f"<figure><figcaption>表1</figcaption>{html}</figure>"
    return output("table", {"text/html": page, "text/plain": "…"}, caption=caption, note=note)


def code(*outputs):
    return new_code_cell("secret_code = 1", outputs=list(outputs), execution_count=1)


def chapter(*cells):
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=list(cells), metadata={"kernelspec": kernel})


def bars(axes):
    values = [96, 108, 121, 134, 150, 165]
    axes.bar(range(2017, 2023), values, color="#1f4e79", width=0.6)
    for year, value in enumerate(values, 2017):
        axes.text(year, value + 2, str(value), ha="center")
    axes.set_ylabel("亿元")
    axes.set_title("生产总值六年增长七成", loc="left", fontweight="bold")
    axes.spines[["top", "right"]].set_visible(False)


def seaborn_lines(axes):
    import seaborn

    months = [f"{m}月" for m in range(1, 13)]
    frame = pd.DataFrame(
        {"月份": months * 2, "增速": [*range(12), *range(12, 0, -1)], "类别": ["工业"] * 12 + ["投资"] * 12}
    )
    seaborn.lineplot(frame, x="月份", y="增速", hue="类别", ax=axes, palette=["#1f4e79", "#b26b00"])
    axes.set_ylabel("同比增长（%）")
    axes.set_ylim(-4, 14)


def heat(axes):
    axes.imshow([[1, 2, 3], [4, 5, 6]], cmap="Blues", clip_on=True)
    axes.plot([0, 2], [0, 1], marker="o")


def indicators():
    frame = pd.DataFrame(
        {
            "指标": ["地区生产总值", "规模以上工业增加值", "固定资产投资", "实际使用外资", "一般公共预算收入"],
            "单位": ["亿元", "亿元", "亿元", "万美元", "亿元"],
            "本期": [165.3, 88.1, 76.4, 12034.0, 9.8],
            "同比": [5.2, 6.8, -3.1, 12.5, 1.0],
            "完成": [101.2, 99.0, 87.5, 120.3, 98.6],
        }
    )
    style = frame.style.hide(axis="index").format({"本期": "{:,.1f}", "同比": "{:+.1f}%", "完成": "{:.1f}"})
    style = style.map(lambda v: f"color: {'#d62728' if v < 0 else '#2ca02c'}; font-weight: bold", subset=["同比"])
    return style.bar(subset=["完成"], color="#9fc0de", vmin=0).to_html()


def roster(rows=80):
    frame = pd.DataFrame(
        {
            "序号": range(1, rows + 1),
            "企业名称": [f"仪征示范{i}号新材料有限公司" for i in range(1, rows + 1)],
            "行业": ["新材料", "汽车零部件", "电子信息", "生物医药"] * (rows // 4),
            "产值（亿元）": [round(90 - i * 1.07, 1) for i in range(rows)],
            "同比（%）": [round(12 - i * 0.3, 1) for i in range(rows)],
        }
    )
    return (
        frame.style.hide(axis="index")
        .format(precision=1)
        .background_gradient(subset=["产值（亿元）"], cmap="Blues")
        .to_html()
    )


def crossed():
    columns = pd.MultiIndex.from_product([["企业数（家）", "产值（亿元）"], ["2021年", "2022年"]])
    index = pd.MultiIndex.from_tuples(
        [("汽车园", "整车"), ("汽车园", "零部件"), ("化工园", "新材料")], names=["园区", "行业"]
    )
    return (
        pd.DataFrame([[3, 4, 20.1, 30.4], [12, 15, 40.0, 44.2], [30, 28, 66.0, 71.9]], index, columns)
        .style.format(precision=1)
        .to_html()
    )


def projects():
    plan = "一期厂房主体封顶，设备进场安装；二期土地手续办理中，预计三季度开工，需协调电力增容与污水接管事宜。"
    return pd.DataFrame(
        {"项目": ["轻量化车身", "高性能纤维"], "投资（亿元）": [12.5, 30], "进展": [plan, plan]}
    ).to_html(index=False)


def months():
    return pd.DataFrame(
        {
            "园区": ["汽车园", "化工园"],
            **{f"{m}月": [m * 1500.5, m * 2500.5] for m in range(1, 13)},
            "全年": [117.0, 195.0],
        }
    ).to_html(index=False)


def sample_chapters() -> list[NotebookNode]:
    """Two chapters and an annex with everything the publisher must bear."""
    economy = chapter(
        new_markdown_cell("# 经济运行\n\n本章回答：**总量**有多大，增长有多快？面向园区领导。"),
        new_code_cell("parameters = 1", metadata={"tags": ["remove-cell"]}, outputs=[words("prose", "应被删除的段落")]),
        code(
            words("front", "front"),
            new_output("stream", name="stderr", text="stray warning"),
            new_output("execute_result", data={"text/plain": "stray value"}, execution_count=1),
        ),
        code(words("verdict", VERDICT)),
        new_markdown_cell("## 总量与增速\n\n### 生产总值"),
        code(words("prose", PROSE * 3 + "\n\n[^1]: 全社会口径，来源《统计月报》。")),
        code(figure()),
        code(words("prose", LINKED * 2)),
        code(figure("工业与投资分月增速", "折线图：工业增速逐月上升，投资增速逐月回落。", "", seaborn_lines)),
        new_markdown_cell("### 主要指标"),
        code(table(indicators(), "主要指标完成情况", "注：完成指年度目标完成率，单位为%。")),
        new_markdown_cell(LISTS),
        code(words("notice", "企业名录缺2022年11月数据，本节按10月计算。")),
    )
    industry = chapter(
        new_markdown_cell("# 产业结构\n\n本章回答：产业向哪里集中？"),
        code(words("front", "front")),
        code(words("verdict", "新材料产值占比**41.2%**，三年提高6.3个百分点，集中度上升。")),
        new_markdown_cell("## 园区分布"),
        code(table(crossed(), "分园区企业数与产值", "数据来源：企业直报系统。")),
        code(words("prose", f"字符：{escaped(NASTY)}。")),
        code(table(projects(), "重点项目进展")),
        code(figure("园区热力图", "热力图：化工园高于汽车园。", "", heat)),
        code(table(months(), "分月产值（亿元）")),
        new_markdown_cell("## 小结\n\n新材料仍是主要增长点。"),
    )
    annex = chapter(
        new_markdown_cell("# 附录 企业名录"), code(table(roster(), "规模以上工业企业名录", "注：按产值排序。"))
    )
    for notebook in (economy, industry):
        for cell in notebook.cells:
            for item in cell.get("outputs", []):
                if item.get("metadata", {}).get("zonereport", {}).get("role") == "front":
                    item.metadata["zonereport"] = dict(FRONT)
    return [economy, industry, annex]


@pytest.fixture(scope="session")
def book() -> NotebookNode:
    return assemble(sample_chapters())


@pytest.fixture(scope="session")
def pdf(book) -> bytes:
    return ReportPDFExporter().from_notebook_node(book)[0]


@pytest.fixture(scope="session")
def html(book) -> str:
    return ReportHTMLExporter().from_notebook_node(book)[0]


@pytest.fixture(scope="session")
def sample() -> SimpleNamespace:
    """The makers of the sample, for tests that need a small report of their own."""
    makers = (chapter, code, crossed, figure, indicators, output, roster, sample_chapters, svg, table, words)
    return SimpleNamespace(**{maker.__name__: maker for maker in makers}, FRONT=FRONT, NASTY=NASTY)
