"""``zonereport forecasts``: what earlier editions said of the year, and what came."""

import click

from zonereport import prepare
from zonereport.cli.exits import OK
from zonereport.language import tr


@click.command()
@click.argument("zone")
def forecasts(zone: str) -> int:
    """Score the forecasts that earlier editions of ZONE stored, once their year is over.

    Each forecast beside what came and beside the simplest way, last year's rest carried forward; then the mean errors
    and how many of the 80 % intervals held, by the month of the edition. Figures count as they are known today.
    """
    from zonereport.inputs import find_root, load_zone
    from zonereport.stored import scored

    root = find_root()
    with prepare.quiet(zone):
        source = load_zone(zone, root)
    found = scored(source, root / "reports")
    if found.forecasts.empty:
        click.echo(
            tr(
                "{zone}: no edition under reports/ holds a forecast of a year that is over "
                "({waiting} forecasts of years that are not)",
                zone=zone,
                waiting=found.waiting,
            )
        )
        return OK
    for row in found.forecasts.itertuples():
        click.echo(
            tr(
                "{year}-{month:02d}  {name}{park}  forecast {forecast:g}, came {value:g} {unit}: {error:+.1f} %, "
                "naive {naive:+.1f} %, interval {interval}",
                year=row.year,
                month=row.month,
                name=row.name,
                park=f" park={row.park}" if row.park else "",
                forecast=round(row.p50, 2),
                value=row.value,
                unit=row.unit,
                error=row.error_pct,
                naive=row.naive_error_pct,
                interval=_interval(row),
            )
        )
    for row in found.scores.itertuples():
        click.echo(_score(row))
    if found.waiting:
        click.echo(tr("{count} forecasts of years that are not over wait", count=found.waiting))
    return OK


def _interval(row) -> str:
    """Whether the interval held, in a word."""
    if row.p10 != row.p10:
        return tr("none")
    if row.p10 <= row.value <= row.p90:
        return tr("held")
    return tr("missed")


def _score(row) -> str:
    """The line of one month, or of all."""
    words = {
        "count": int(row.forecasts),
        "error": row.mape_pct,
        "naive": row.naive_mape_pct,
        "intervals": int(row.with_interval),
        "coverage": row.coverage_pct,
    }
    if row.month == 0:
        return tr(
            "all months: {count} forecasts, mean error {error:.1f} %, naive {naive:.1f} %, "
            "{intervals} intervals, {coverage:.0f} % held",
            **words,
        )
    return tr(
        "from month {month}: {count} forecasts, mean error {error:.1f} %, naive {naive:.1f} %, "
        "{intervals} intervals, {coverage:.0f} % held",
        month=int(row.month),
        **words,
    )
