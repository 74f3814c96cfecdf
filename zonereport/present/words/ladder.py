"""Which codes make the two tracks of enterprise cultivation, from the lowest rung up."""

TRACKS = {
    "创新梯队": (
        "tech_smes_evaluated",
        "hightech_pipeline_new",
        "hightech_recognised",
        "little_giants_new",
        "listing_pipeline_new",
    ),
    "规模梯队": (
        "above_scale_industry_new",
        "above_scale_services_new",
        "firms_over_100m_new",
        "firms_over_2bn_new",
    ),
}
