"""Growth taken apart: enterprises that came, that stayed and that left; and by industry division."""

import numpy as np
import pandas as pd

from zonereport.metrics.enterprises.ledger import Ledger, listed


def decomposition(
    now: pd.Series, base: pd.Series, *, there: pd.Series, was_there: pd.Series, rest: tuple[float, float]
) -> pd.DataFrame:
    """Return what came from new, from lasting and from lost enterprises: contributions that add up to the growth.

    ``now`` and ``base`` are amounts by enterprise, ``there`` and ``was_there`` whether the ledger lists it, ``rest``
    what the published totals have beyond the ledger now and then (group unlisted; 0 for none). entering:
    listed now and not then; leaving: the other way; continuing_up and _down: in both with an amount; unknown: listed
    in both without an amount at one end. Columns: group, enterprises, now_10k_yuan, base_10k_yuan, change_10k_yuan,
    contribution_pp = (x - x_0) / X_0 x 100 (拉动), share_pct = (x - x_0) / (X - X_0) x 100 (贡献率; NaN unless the
    total grew). Without a total of last year above zero both are NaN.
    Source: methods notes of the project, section 3.4.

    >>> now, base = pd.Series({"a": 60.0, "b": 20.0, "c": float("nan")}), pd.Series({"a": 50.0, "c": 10.0})
    >>> now, base = now.reindex(list("abc")), base.reindex(list("abc"))
    >>> made = decomposition(now, base, there=now.notna(), was_there=base.notna(), rest=(0.0, 0.0))
    >>> made["contribution_pp"].round(1).tolist()
    [33.3, 16.7, 0.0, -16.7, 0.0, 0.0]
    """
    x, x0, here, earlier = now.to_numpy(), base.to_numpy(), there.to_numpy(), was_there.to_numpy()
    # an amount at one end only is no growth and no fall
    both, complete = here & earlier, ~np.isnan(x) & ~np.isnan(x0)
    given = ~np.isnan(x) | ~np.isnan(x0)
    # an amount that an enterprise lacks at one end only is no growth and no fall: it stands apart
    members = {
        "entering": here & ~earlier & given,
        "continuing_up": both & complete & (x >= x0),
        "continuing_down": both & complete & (x < x0),
        "leaving": earlier & ~here & given,
        "unknown": both & ~complete & given,
    }
    # groups in the order in which they are printed
    sums = [(those.sum(), np.nansum(x[those]), np.nansum(x0[those])) for those in members.values()]
    made = pd.DataFrame([*sums, (0, *rest)], columns=["enterprises", "now", "base"])
    made = made.assign(group=[*members, "unlisted"])
    change = (made["now"] - made["base"]).astype("float64")
    whole, grown = made["base"].sum(), change.sum()
    # shares of a fall, or of nothing, would mislead
    return pd.DataFrame(
        {
            "group": made["group"].astype("str"),
            "enterprises": made["enterprises"].astype("int64"),
            "now_10k_yuan": made["now"].astype("float64"),
            "base_10k_yuan": made["base"].astype("float64"),
            "change_10k_yuan": change,
            "contribution_pp": change / whole * 100 if whole > 0 else float("nan"),
            "share_pct": change / grown * 100 if grown > 0 and whole > 0 else float("nan"),
        }
    )


def ends(ledger: Ledger) -> tuple[pd.Series, pd.Series]:
    """Return whether each enterprise is listed in the edition's month, and whether it was a year before."""
    return listed(ledger, ledger.month), listed(ledger, ledger.month - 12)
