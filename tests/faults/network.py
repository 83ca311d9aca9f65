"""Bad networks, and kill -9 of laptop and store in the middle of sending; then both are held to the ledger.

A laptop in a process of its own writes notes and sends them through the fault proxy to a store in another
process. Half of all requests meet a fault, and both processes are killed at random moments. In the end every note
that was said to be saved is in the vault, the store has exactly the tagged ones, once each, and not one untagged word.
"""

from __future__ import annotations

import random
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from central import admin
from central.settings import DATABASE_FILE, Settings
from fieldkit.app.rows import EntryFilter
from fieldkit.kernel.clock import SystemClock
from fieldkit.kernel.errors import FieldKitError
from storage.vault import open_vault
from sync.engine import Engine
from sync.http import CentralStore
from tests.faults import cheap_keys, ledger
from tests.faults.powercut import Report
from tests.faults.sender import APP, is_tagged, text_of
from tests.support.fault_proxy import Fault, FaultProxy, always, seeded
from tests.support.laptop import Laptop

LONGEST = 180.0
"""Seconds after which a round counts as hanging."""

_KILL_STORE = 0.4
_START_SECONDS = 20.0


@dataclass(slots=True)
class NetworkReport(Report):
    """How often laptop and store were killed, and what the network did. ``states`` counts the kills."""

    laptop_kills: int = 0
    store_kills: int = 0
    requests: int = 0
    spoilt: int = 0

    def add(self, other: NetworkReport) -> None:
        """Put another round's figures to these."""
        for name in ("states", "laptop_kills", "store_kills", "requests", "spoilt"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.broken += other.broken


def campaign(rounds: int, seed: int = 1, notes: int = 150, kills: int = 8) -> NetworkReport:
    """``rounds`` rounds, each with a network and a fate of its own."""
    total = NetworkReport()
    for number in range(rounds):
        total.add(run_network_round(seed * 1000 + number, notes, kills))
    print(
        f"  {total.requests} requests, {total.spoilt} of them spoilt; the laptop killed {total.laptop_kills} times,"
        f" the store {total.store_kills} times",
        flush=True,
    )
    return total


def run_network_round(seed: int, notes: int, kills: int = 8) -> NetworkReport:
    """One laptop, one store, ``notes`` notes, up to ``kills`` kills of the laptop."""
    cheap_keys.use()
    with tempfile.TemporaryDirectory(prefix="fieldkit-network-") as name:
        return _Round(Path(name), seed, notes).run(kills)


class _Round:
    def __init__(self, folder: Path, seed: int, notes: int) -> None:
        self._folder = folder
        self._seed = seed
        self._notes = notes
        self._chance = random.Random(seed)
        self._settings = Settings(folder=folder / "central", port=_free_port())
        self._proxy = FaultProxy(f"http://127.0.0.1:{self._settings.port}", seeded(seed), seed=seed, stall=0.2)
        self._store: subprocess.Popen[bytes] | None = None
        self.report = NetworkReport()

    def run(self, kills: int) -> NetworkReport:
        admin.init(self._settings, "Campaign office")
        code = admin.invite(self._settings, "A Person").code
        self._proxy.start()
        try:
            self._start_store()
            finished = self._storm(code, kills)
            self._proxy.plan = always(Fault.PASS)
            self._proxy.deliver_old()
            self.report.broken += [] if finished else ["the laptop did not come to an end"]
            self.report.broken += self._compared()
        finally:
            self._proxy.stop()
            self._kill_store()
        self.report.states = self.report.laptop_kills + self.report.store_kills
        self.report.requests = self._proxy.counts.total()
        self.report.spoilt = self.report.requests - self._proxy.counts[Fault.PASS]
        self.report.broken = [f"seed {self._seed}: {sentence}" for sentence in self.report.broken]
        return self.report

    def _storm(self, code: str, kills: int) -> bool:
        """Run the laptop to its end, killing it and the store on the way; false where it hangs."""
        command = [
            sys.executable,
            "-m",
            "tests.faults.sender",
            str(self._folder),
            self._proxy.url,
            code,
            str(self._notes),
        ]
        end = time.monotonic() + LONGEST
        while time.monotonic() < end:
            with subprocess.Popen(command, stderr=subprocess.PIPE) as child:
                with suppress(subprocess.TimeoutExpired):
                    child.wait(self._chance.uniform(0.7, 1.8) if kills else end - time.monotonic())
                if child.poll() is None:
                    child.send_signal(signal.SIGKILL)
                    self.report.laptop_kills += 1
                    kills -= 1
                errors = child.communicate()[1]
            if child.returncode == 0:
                return True
            if child.returncode > 0:
                self.report.broken.append(f"the laptop ended in a bug: {errors[-400:].decode(errors='replace')}")
                return False
            if self._chance.random() < _KILL_STORE:
                self._kill_store()
                self.report.store_kills += 1
                self._start_store()
        return False

    def _compared(self) -> list[str]:
        """What laptop, store and ledger do not agree about."""
        lines = ledger.read(self._folder / "ack")
        saved = {line.digest for line in lines if line.state == ledger.SAVED}
        begun = {line.digest for line in lines}
        broken = self._settled()
        broken += ledger.faults_of(self._folder / "vault", saved, begun)
        written = {line.number for line in lines if line.digest in self._here()}
        return broken + self._at_the_office({text_of(number) for number in written if is_tagged(number)})

    def _here(self) -> set[str]:
        vault = open_vault(self._folder / "vault", cheap_keys.PASSPHRASE, SystemClock())
        with closing(vault):
            return {ledger.digest(row.entry.text) for row in vault.questions.entries(EntryFilter(limit=100_000))}

    def _settled(self) -> list[str]:
        """A last round over a good network, and what the laptop then says of itself."""
        vault = open_vault(self._folder / "vault", cheap_keys.PASSPHRASE, SystemClock())
        engine = Engine(lambda use: use(vault.sync_store), APP, lambda url: CentralStore(self._proxy.url))
        with closing(vault), closing(engine):
            try:
                for _ in range(6):
                    engine.round()
            except FieldKitError as error:
                return [f"a round over a good network ended in {error}"]
            standing = vault.questions.standing()
            return [] if standing.everything_is_there else [f"not everything is at the office: {standing}"]

    def _at_the_office(self, tagged: set[str]) -> list[str]:
        """A colleague's laptop, and the store's file, against what was tagged."""
        with closing(sqlite3.connect(self._settings.folder / DATABASE_FILE)) as database:
            words = b"\n".join(row[0] for row in database.execute("SELECT content FROM log WHERE content IS NOT NULL"))
            (assessment,) = database.execute("SELECT DISTINCT assessment FROM member").fetchone()
        colleague = Laptop(self._folder / "colleague", "B Person", SystemClock())
        with closing(colleague):
            colleague.join(self._settings, self._proxy.url, assessment)
            colleague.settle(most=6)
            broken = [f"the colleague's vault: {finding.sentence}" for finding in colleague.vault.verify()]
            texts = [row.entry.text for row in colleague.notes]
        tagged = {text.strip() for text in tagged}
        found = [text.strip() for text in texts]
        broken += [f"the office lacks {text[:24]}" for text in tagged - set(found)]
        broken += [f"the office has what was not tagged: {text[:24]}" for text in set(found) - tagged]
        broken += [f"the office has it twice: {text[:24]}" for text in set(found) if found.count(text) > 1]
        return broken + (["untagged words are at the office"] if b"private note" in words else [])

    def _start_store(self) -> None:
        command = [sys.executable, "-m", "tests.faults.store", str(self._settings.folder), str(self._settings.port)]
        self._store = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self._settings.port), timeout=1):
                return
            time.sleep(0.02)

    def _kill_store(self) -> None:
        if self._store is not None:
            self._store.kill()
            self._store.wait()
            self._store = None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
