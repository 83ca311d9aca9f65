"""``make monkey``: 20,000 random events over every screen; printed are seed, figures, stalls and what went wrong."""

from __future__ import annotations

import argparse
import faulthandler
import os
import signal
import sys
import tempfile
import time
from pathlib import Path


def main() -> int:
    """Exit code 1 where anything was wrong or stood still."""
    parser = argparse.ArgumentParser(prog="monkey", description=__doc__)
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--notes", type=int, default=2_000, help="notes in the vault to begin with")
    parser.add_argument("--new", action="store_true", help="begin with an empty laptop, at first run")
    parser.add_argument("--trace", action="store_true", help="print every deed")
    wanted = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    faulthandler.register(signal.SIGUSR1, all_threads=True)  # where does it stand, if it ever stands
    print(f"seed {wanted.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="fieldkit-monkey-") as folder:
        os.environ["HOME"] = folder
        os.chdir(folder)
        return _run(Path(folder) / "laptop", wanted)


def _run(home: Path, wanted: argparse.Namespace) -> int:
    from tests.gui import worlds
    from tests.monkey.monkey import let_loose
    from tests.support.vaults import quick_keys
    from ui.launch.application import make_application

    app = make_application(["monkey"])
    began = time.monotonic()
    with quick_keys():
        worlds.practice(home)
        if not wanted.new:
            worlds.own(home, wanted.notes)
        told = (lambda did: print(did, flush=True)) if wanted.trace else None
        outcome = let_loose(home, wanted.seed, wanted.events, told)
    for stall in outcome.stalls:
        print(f"stood still {stall}")
    for fault in outcome.faults:
        print(f"fault: {fault}")
    pages = ", ".join(f"{page} {count}" for page, count in outcome.pages.most_common())
    print(f"{outcome.events} events in {time.monotonic() - began:.0f} s: {pages}")
    print(
        f"{len(outcome.faults)} faults, {len(outcome.stalls)} stalls over 50 ms (longest {outcome.longest * 1000:.0f} "
        f"ms); {outcome.notes} notes in vaults that verify"
    )
    app.quit()
    return 1 if outcome.faults or outcome.stalls else 0


if __name__ == "__main__":
    sys.exit(main())
