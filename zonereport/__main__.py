"""python -m zonereport: the command line."""

from zonereport.cli import main

main()
