"""``make bench``: every figure, or those named, such as ``python -m bench start send scale growth``."""

from __future__ import annotations

import argparse
import platform
import sys

_ALL = [
    "start", "pages", "enter", "keys", "find", "cover", "send", "attach", "where", "urgent", "scale", "growth", "walls",
    "parts",
]  # fmt: skip


def main() -> int:
    """Run the benches asked for."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("what", nargs="*", choices=[*_ALL, []], help=f"{', '.join(_ALL)}; all")
    parser.add_argument("--quick", action="store_true", help="smaller numbers: only to see that it runs")
    wanted = parser.parse_args()
    what = wanted.what or _ALL
    print(f"{platform.platform()}, Python {platform.python_version()}. Noisy machines: trust ratios, not milliseconds.")
    if "start" in what:
        from bench import start

        start.run(*((500, 2) if wanted.quick else (start.NOTES, start.ROUNDS)))
    if "pages" in what:
        from bench import pages

        pages.run(200 if wanted.quick else pages.NOTES)
    if "enter" in what:
        from bench import enter

        enter.run(200 if wanted.quick else enter.ROUNDS)
    if "keys" in what:
        from bench import keys

        keys.run(*(((200, 1_000), 1) if wanted.quick else (keys.SIZES, keys.BLOCKS)))
    if "find" in what:
        from bench import finding

        finding.run(2_000 if wanted.quick else finding.NOTES)
    if "cover" in what:
        from bench import coverage

        coverage.run(2_000 if wanted.quick else coverage.ITEMS)
    if "send" in what:
        from bench import sending

        sending.run(*((500, 1) if wanted.quick else (sending.NOTES, sending.ROUNDS)))
    if "attach" in what:
        from bench import attach

        attach.run(*((50, 1) if wanted.quick else (attach.SIZE, attach.ROUNDS)))
    if "scale" in what:
        from bench import scale

        scale.run(*((10, 100, 3) if wanted.quick else (scale.LAPTOPS, scale.NOTES, scale.FILES)))
    if "growth" in what:
        from bench import growth

        growth.run((1_000, 4_000) if wanted.quick else growth.SIZES)
    if "walls" in what:
        from bench import walls

        walls.run(8 if wanted.quick else walls.ROUNDS)
    if "parts" in what:
        from bench import partitions

        partitions.run(*((20_000, 8) if wanted.quick else (partitions.ROWS, partitions.ROUNDS)))
    if "where" in what:
        from bench import where

        where.run(500 if wanted.quick else where.NOTES)
    if "urgent" in what:
        from bench import urgent

        urgent.run(*((2, 20) if wanted.quick else (urgent.TIMES, urgent.SIZE)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
