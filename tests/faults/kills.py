"""kill -9 at random moments: the workload runs again and again on one vault and dies each time."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.faults import cheap_keys, ledger
from tests.faults.powercut import Report

WARM_UP = 0.8
"""Seconds until the workload writes its first note; kills fall between none and twice of this after it."""


def campaign(kills: int, seed: int = 1, plant: str = "", prove_every: int = 10) -> Report:
    """Kill the workload ``kills`` times; after each, everything it said was saved must be there."""
    cheap_keys.use()
    chance = random.Random(seed)
    report = Report()
    with tempfile.TemporaryDirectory(prefix="fieldkit-kills-") as name:
        for number in range(kills):
            folder = Path(name) / f"{number // 25}"  # a fresh vault now and then, so that creating one is killed too
            folder.mkdir(exist_ok=True)
            _run_and_kill(folder, chance, plant)
            lines = ledger.read(folder / "ack")
            saved = {line.digest for line in lines if line.state == ledger.SAVED}
            begun = {line.digest for line in lines}
            prove = number % prove_every == 0 or number == kills - 1
            found = ledger.faults_of(folder / "vault", saved, begun, prove=prove)
            report.states += 1
            report.broken += [f"kill {number}, seed {seed}: {sentence}" for sentence in found]
    return report


def _run_and_kill(folder: Path, chance: random.Random, plant: str) -> None:
    command = [sys.executable, "-m", "tests.faults.workload", str(folder), "100000", *([plant] if plant else [])]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as child:
        time.sleep(chance.uniform(0.25, 1.5) * WARM_UP)
        child.send_signal(signal.SIGKILL)
        child.wait()
