"""zone.yml of the synthetic zone: what it is, and what is planted in its tables."""

from tools.demo import names

HEAD = """\
# 云川经济开发区 is made up: zone, parks, peers, firms, banks and figures are fiction, written by tools.demo from
# a seed. Do not edit: `make demo` writes the folder anew.
#
# Planted on purpose, for whoever reads or tests a report of it:
# - industrial_output, industrial_investment, fixed_asset_investment: no January; 2022-02 is January and February
# - fixed_asset_investment: growth only, no value in any month, of the zone and of its peers
# - technical_upgrades_completed: comes in a month late; 2022-12 has not come in yet
# - utilised_foreign_capital: 2021-08 is missing; its target of 2022 was lowered on 2022-07-28
# - industrial_investment: 2022-09 was revised on 2022-11-18, zone and parks
# - industrial_output: published growth is that of the same firms, not of two levels
# - industrial_output of 2022-12: the zone shares its rank with a peer
# - rd_spend: once a year, in December; that of 2022 is an estimate
# - vat_credit_refund: most of the refunds of 2022 fall in April to July
# - enterprises: one firm with a fifth of all sales, one newly over 20亿元 and one just below, many around 2000万元
#   and 1亿元; four above 2000万元 are not on the register; nine have left and 21 were founded since 2020
# - enterprise_parks: two service firms go to another park in 2022
# - recognitions: high-tech titles of 2020 end in 2023
# - projects: some start or finish later than first planned, two were withdrawn
# There should be no fault and no warning beyond these.
"""
SOURCES = {
    "tax": ("税务月报（模拟）", "云川市税务局（虚构）"),
    "statistics": ("统计月报（模拟）", "云川市统计局（虚构）"),
    "finance": ("财政月报（模拟）", "云川市财政局（虚构）"),
    "commerce": ("商务月报（模拟）", "云川市商务局（虚构）"),
    "industry": ("工业和信息化月报（模拟）", "云川市工业和信息化局（虚构）"),
    "science": ("科技条线台账（模拟）", "云川市科技局（虚构）"),
    "property": ("知识产权台账（模拟）", "云川市知识产权局（虚构）"),
    "talent": ("人才工作台账（模拟）", "云川市人才办（虚构）"),
    "land": ("低效用地台账（模拟）", "云川市自然资源局（虚构）"),
    "governance": ("综合治理台账（模拟）", "云川经济开发区综合治理办公室（虚构）"),
    "zone": ("开发区月度汇总（模拟）", "云川经济开发区（虚构）"),
    "projects": ("重大项目与工程台账（模拟）", "云川经济开发区（虚构）"),
    "ledger": ("企业月度台账（模拟）", "云川经济开发区（虚构）"),
    "targets": ("年度目标任务书（模拟）", "云川市人民政府（虚构）"),
    "goals": ("国家级目标条件文件（模拟）", "虚构省（虚构）"),
    "assessment": ("开发区考核月度通报（模拟）", "云川市考核办（虚构）"),
}


def zone_file(seed: int) -> str:
    """The text of zone.yml."""
    lines = [HEAD + f"# seed: {seed}"]
    lines += ["name_zh: 云川经济开发区", "name_en: Yunchuan Economic Development Zone (fictional)"]
    lines += ["place_zh: 虚构省云川市", "origin: synthetic", "issuer: 云川经济开发区经济发展局（虚构）"]
    lines += ["number: '{year}年第{month}期'", "level: 内部资料", "audience: 云川市领导，市有关部门（虚构）"]
    lines += ["contact: 云川经济开发区经济发展局综合科（虚构）", "parks:"]
    for code, name in names.PARKS.items():
        lines.append(f"  - {{id: {code}, name_zh: {name}}}")
    lines += ["peers:", *(f"  - {peer}" for peer in names.PEERS), "sources:"]
    for code, (title, publisher) in SOURCES.items():
        lines += [f"  - id: {code}", f"    title: {title}", f"    publisher: {publisher}"]
        lines += ["    place: 虚构省云川市", "    covers: '2020-01/2022-12'"]
    return "\n".join(lines) + "\n"
