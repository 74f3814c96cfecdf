"""What stands in place of a picture: sentences, the finding first, then the figures that fit a breath."""

# so many characters of figures are listened to; the frame behind the chart has all
LONGEST = 220


def spoken(alt: str, claim: str) -> str:
    """Return the text instead of a chart: what kind it is, what it shows, its figures as one sentence.

    ``alt`` is the kind of chart with its axes, a full stop, and the figures by semicolons; ``claim`` the finding.

    >>> spoken("横条图，单位家。甲12家；乙9家。", "甲最多")
    '横条图，单位家。图中可见，甲最多。其中，甲12家；乙9家。'
    >>> spoken("折线图。", "")
    '折线图。'
    """
    kind, _, rest = alt.partition("。")
    finding = f"图中可见，{claim.rstrip('。')}。" if claim else ""
    figures = rest.strip().rstrip("。")
    # a text that is a sentence already says no more than the finding again
    if not figures or figures == claim.rstrip("。"):
        return f"{kind}。{finding}"
    return f"{kind}。{finding}其中，{_first_of(figures)}。"


def _first_of(figures: str) -> str:
    """The first of figures by semicolons, as many as fit."""
    if len(figures) <= LONGEST:
        return figures
    parts, kept = figures.split("；"), ""
    for part in parts:
        if len(kept) + len(part) > LONGEST:
            break
        kept = f"{kept}；{part}" if kept else part
    return f"{kept or figures[:LONGEST]}等"
