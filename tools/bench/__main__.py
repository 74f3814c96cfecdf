"""Measure the routes to a report: ``python -m tools.bench``, or ``make bench``."""

from tools.bench.measuring import main

main()
