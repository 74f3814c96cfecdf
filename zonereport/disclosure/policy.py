"""The rules of the public edition: what is off, what is withheld where it is unsafe, what is printed as a range."""

# rows of one firm, project or plot, or of the few largest: the whole frame is off
INDIVIDUAL = (
    "enterprise_near_threshold",
    "enterprise_fallers",
    "enterprise_clocks",
    "enterprise_top",
    "enterprise_renewals",
    "enterprise_on_pace",
    "enterprise_concentration",
    "innovation_firms",
    "innovation_platforms",
    "innovation_pledges",
    "project_lights",
    "project_stalled",
    "project_slippage",
    "project_gantt",
    "place_land",
    "place_land_months",
    # names single plots
    "below",
)
# ledgers of single firms, projects and plots: chapters of a public edition read none of them
LEDGERS = (
    "enterprises",
    "enterprise_months",
    "recognitions",
    "platforms",
    "patents",
    "talents",
    "ip_pledges",
    "projects",
    "project_progress",
    "land",
)
# columns of names in those ledgers, and of others that must not be printed
NAMES = (
    ("enterprises", "name"),
    ("enterprises", "former_names"),
    ("enterprises", "uscc"),
    ("projects", "name"),
    ("ip_pledges", "bank"),
)
# figures of the largest firm, or from which it follows
OF_ONE = (
    "top1_share",
    "growth_without_largest",
    "completion_without_largest",
    "hhi",
    "hhi_low",
    "hhi_high",
    "equivalent_number",
    "pledge_largest_bank_share",
    # distances between dates of a few named projects
    "slip_median",
    "slip_p80",
)
# shares of few firms are printed as the middle of a range of so many points
RANGED = ("top10_share",)
RANGE_POINTS = 5.0
# amounts with the count of those who make them
COUNTED = {
    "pledge_amount": "pledge_firms",
    "project_investment": "project_ledger",
    "project_invested": "project_ledger",
    "investment_completion": "project_ledger",
    "land_tax_per_mu": "land_plots",
}
# pulls on growth that repeat what the table of flows says
PULLS = ("entering_contribution", "continuing_contribution", "leaving_contribution")
# cohorts of signed projects: who is in which is not kept, so no amount of them can be judged
UNJUDGED = {"project_conversion": ("signed_100m_yuan", "invested_100m_yuan")}
# every other frame is about the zone, its parks and its peers, or counts without amounts
REASON = "withheld"
MARK = "公开版"
