"""Write the synthetic zone data/demo anew: ``python -m tools.demo``, or ``make demo``."""

import argparse

from tools.demo.writing import NAME, write_demo
from zonereport.disk import journal
from zonereport.inputs import find_root
from zonereport.prepare import PATIENCE


def main() -> None:
    """Write the zone and print its folder."""
    parser = argparse.ArgumentParser(prog="python -m tools.demo", description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=2022, help="another seed makes another zone")
    seed, root = parser.parse_args().seed, find_root()
    # nobody reads or writes the zone meanwhile
    with journal.writing(root, NAME, patience=PATIENCE):
        print(write_demo(root, seed=seed))


if __name__ == "__main__":
    main()
