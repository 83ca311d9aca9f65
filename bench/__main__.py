"""``make bench``: every figure, or those named, such as ``python -m bench start send scale growth``."""

from __future__ import annotations

import argparse
import importlib
import platform
import sys
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Bench:
    """A module of this folder: ``sizes`` names what its ``run`` is given, ``quick`` what it is given to be quick."""

    module: str
    sizes: tuple[str, ...]
    quick: tuple[Any, ...]

    def run(self, *, is_quick: bool) -> None:
        """Import it only now: a bench of the store needs no Qt, and one of the window no database."""
        found = importlib.import_module(f"bench.{self.module}")
        found.run(*(self.quick if is_quick else (getattr(found, name) for name in self.sizes)))


BENCHES = {
    "start": Bench("start", ("NOTES", "ROUNDS"), (500, 2)),
    "pages": Bench("pages", ("NOTES",), (200,)),
    "enter": Bench("enter", ("ROUNDS",), (200,)),
    "keys": Bench("keys", ("SIZES", "BLOCKS"), ((200, 1_000), 1)),
    "report": Bench("report", ("ITEMS", "ROUNDS"), (500, 1)),
    "find": Bench("finding", ("NOTES",), (2_000,)),
    "cover": Bench("coverage", ("ITEMS",), (2_000,)),
    "findings": Bench("findings", ("ITEMS",), (2_000,)),
    "evidence": Bench("evidence", ("NOTES",), (1_000,)),
    "send": Bench("sending", ("NOTES", "ROUNDS"), (500, 1)),
    "attach": Bench("attach", ("SIZE", "ROUNDS"), (50, 1)),
    "where": Bench("where", ("NOTES",), (500,)),
    "urgent": Bench("urgent", ("TIMES", "SIZE"), (2, 20)),
    "scale": Bench("scale", ("LAPTOPS", "NOTES", "FILES"), (10, 100, 3)),
    "office": Bench("office_reads", ("NOTES",), (500,)),
    "growth": Bench("growth", ("SIZES",), ((1_000, 4_000),)),
    "walls": Bench("walls", ("ROUNDS",), (8,)),
    "parts": Bench("partitions", ("ROWS", "ROUNDS"), (20_000, 8)),
}


def main() -> int:
    """Run the benches asked for, in their order above."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("what", nargs="*", choices=[*BENCHES, []], help=f"{', '.join(BENCHES)}; all")
    parser.add_argument("--quick", action="store_true", help="smaller numbers: only to see that it runs")
    wanted = parser.parse_args()
    print(f"{platform.platform()}, Python {platform.python_version()}. Noisy machines: trust ratios, not milliseconds.")
    for name, bench in BENCHES.items():
        if name in wanted.what or not wanted.what:
            bench.run(is_quick=wanted.quick)
    return 0


if __name__ == "__main__":
    sys.exit(main())
