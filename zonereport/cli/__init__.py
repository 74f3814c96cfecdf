"""The command line: a module a verb, each one thin function.

Exit codes: see ``exits``.
"""

from zonereport.cli.exits import DEGRADED, EXIT_CODES, FAILED, INTERRUPTED, OK, REFUSED
from zonereport.cli.main import cli, main

__all__ = ["DEGRADED", "EXIT_CODES", "FAILED", "INTERRUPTED", "OK", "REFUSED", "cli", "main"]
