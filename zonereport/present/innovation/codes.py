"""The indicators of the chapter on innovation, in the order in which its exhibits show them."""

GROUP = "S8"
SPEND = "rd_spend"
# research and development over each of these: the quotient and what it is divided by
INTENSITY = {"rd_per_sales": "工业开票销售", "rd_per_output": "规模以上工业产值"}
RECRUITED, OVERSEAS, DOMESTIC = "talents_recruited", "talents_overseas", "talents_domestic"
OVERSEAS_SHARE, NATIONAL = "talents_overseas_share", "talents_national"
IN_FORCE, GRANTED, NET = "patents_in_force", "patents_granted", "patents_in_force_net"
# a stock and two flows: side by side and never added
PATENTS = (IN_FORCE, GRANTED, NET)
PLATFORMS, LEADERS, PLEDGED = "rd_platforms_provincial_new", "innovation_leaders_provincial", "ip_pledge_finance"
EFFORTS = (PLATFORMS, RECRUITED, PLEDGED)
