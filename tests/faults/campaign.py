"""``make faults``: the whole campaign, with figures, and the planted bugs that must make it fail."""

from __future__ import annotations

import argparse
import sys
import time

from tests.faults import kills, powercut
from tests.faults.powercut import Report

POWER_PLANTS = ("normal", "salt", "early_ack")
CUTS_TO_CATCH = {"normal": 150, "salt": 600, "early_ack": 300}
"""States in which each planted bug was always seen; the salt's are cut where page 1 has just been written."""


def main() -> int:
    """Run the campaign; exit code 1 where a promise was broken or a planted bug was not seen."""
    wanted = _arguments()
    if wanted.replay is not None:
        return _replayed(wanted.replay)
    broken = 0
    if wanted.only_real:
        return 1 if _real(wanted.real, wanted.seed) else 0
    broken += _show("power cuts", powercut.campaign(wanted.cuts, seed=wanted.seed))
    broken += _show("kill -9 in capture", kills.campaign(wanted.kills, seed=wanted.seed))
    broken += _network(wanted.rounds, wanted.seed)
    broken += _schedules(wanted.schedules, wanted.seed)
    broken += _real(wanted.real, wanted.seed)
    if not wanted.no_plants:
        for plant in POWER_PLANTS:
            broken += _planted(plant, wanted.seed)
    print("every promise held" if not broken else f"{broken} broken", flush=True)
    return 1 if broken else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cuts", type=int, default=5000, help="simulated power cuts (5000)")
    parser.add_argument("--kills", type=int, default=300, help="kill -9 in capture (300)")
    parser.add_argument("--rounds", type=int, default=40, help="rounds of sending through the fault proxy (40)")
    parser.add_argument("--schedules", type=int, default=4000, help="random schedules of the model of sync (4000)")
    parser.add_argument("--real", type=int, default=2000, help="random schedules on the real stack (2000)")
    parser.add_argument("--only-real", action="store_true", help="nothing but those")
    parser.add_argument("--replay", type=int, help="the seed of one schedule on the real stack, to be played again")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="printed first; the same seed, the same run")
    parser.add_argument("--no-plants", action="store_true", help="leave out the planted bugs")
    wanted = parser.parse_args()
    print(f"seed {wanted.seed}", flush=True)
    return wanted


def _show(name: str, report: Report) -> int:
    print(f"{name}: {report.states} times, {len(report.broken)} promises broken", flush=True)
    for sentence in report.broken[:20]:
        print(f"  {sentence}", file=sys.stderr)
    return len(report.broken)


def _planted(plant: str, seed: int) -> int:
    where = powercut.first_pages if plant == "salt" else powercut.anywhere
    report = powercut.campaign(CUTS_TO_CATCH[plant], seed=seed, plant=plant, where=where)
    print(f"planted {plant}: {len(report.broken)} broken in {report.states} (must not be 0)", flush=True)
    return 0 if report.broken else 1


def _network(rounds: int, seed: int) -> int:
    from tests.faults.network import campaign

    return _show("bad networks and kill -9 in sending", campaign(rounds, seed=seed))


def _schedules(count: int, seed: int) -> int:
    from tests.faults.schedules import campaign

    return _show("random schedules of the model and of real vaults", campaign(count, seed=seed))


def _real(count: int, seed: int) -> int:
    from tests.faults.real.play import campaign, show

    report = campaign(count, seed)
    broken = _show("random schedules on the real stack", report)
    show(report)
    return broken


def _replayed(seed: int) -> int:
    from tests.faults.real.play import replay

    replay(seed)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
