"""Write the synthetic zone data/demo anew: ``python -m tools.demo``, or ``make demo``."""

import argparse

from tools.demo.writing import write_demo
from zonereport.inputs import find_root


def main() -> None:
    """Write the zone and print its folder."""
    parser = argparse.ArgumentParser(prog="python -m tools.demo", description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=2022, help="another seed makes another zone")
    print(write_demo(find_root(), seed=parser.parse_args().seed))


if __name__ == "__main__":
    main()
