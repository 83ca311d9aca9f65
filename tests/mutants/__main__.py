"""``make mutants``: each seeded bug, the schedule that shows it, and the promise that it was caught by."""

from __future__ import annotations

import argparse
import time

from tests.faults.real.play import campaign
from tests.faults.real.start import make_start
from tests.mutants.bugs import BUGS, planted
from tests.mutants.catching import caught_by
from tests.mutants.together import TOGETHER, overtaken
from tests.support.postgres import postgres_server


def main() -> int:
    """Exit code 1 where a bug went unseen, or where the real code breaks a promise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--search", type=int, default=0, help="also this many random schedules for each bug (0)")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    start, unseen = make_start(), 0
    try:
        for bug, plant in BUGS.items():
            began = time.monotonic()
            honest, found = caught_by(start, bug, ""), caught_by(start, bug, bug)
            unseen += not found or bool(honest)
            print(f"{bug}: {' '.join((plant.__doc__ or '').split())}")
            print(f"  caught by: {found or 'NOTHING'} ({time.monotonic() - began:.1f} s)", flush=True)
            if honest:
                print(f"  THE REAL CODE breaks a promise: {honest}", flush=True)
            if bug in TOGETHER:
                honest, found = _together(bug)
                unseen += not found or bool(honest)
            if wanted.search:
                with planted(bug):
                    report = campaign(wanted.search, wanted.seed)
                print(f"  random search: {len(report.broken)} of {report.states} schedules show it", flush=True)
    finally:
        start.forget()
    print(f"{len(BUGS) - unseen} of {len(BUGS)} bugs are caught by a schedule that the real code passes")
    return 1 if unseen else 0


def _together(bug: str) -> tuple[str, str]:
    """What two server processes on one PostgreSQL database show of the real code, and with the bug in both."""
    began = time.monotonic()
    with postgres_server() as server:
        honest, found = overtaken(server, ""), overtaken(server, bug)
    print(f"  by two processes: {found or 'NOTHING'} ({time.monotonic() - began:.1f} s)", flush=True)
    if honest:
        print(f"  THE REAL CODE breaks a promise in two processes: {honest}", flush=True)
    return honest, found


if __name__ == "__main__":
    raise SystemExit(main())
