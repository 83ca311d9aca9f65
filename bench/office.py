"""A central store in a process of its own, as at an office; run as ``python -m bench.office FOLDER DATABASE_URL``."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from central import admin
from central.core import open_database, standing
from central.proving import proved_upto
from central.serve import start_in_thread
from central.settings import Settings


class Office:
    """Starts the process, knows its address, stops it."""

    def __init__(self, folder: Path, database_url: str = "") -> None:
        self.settings = Settings(folder=folder, database_url=database_url, port=0)
        admin.init(self.settings, "Bench office")
        command = [sys.executable, "-m", "bench.office", str(folder), database_url]
        self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._child.stdout is not None
        self.url = self._child.stdout.readline().strip()

    @property
    def pid(self) -> int:
        """Its process."""
        return self._child.pid

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.url.rsplit(":", 1)[1])

    def code(self, name: str, *assessments: str) -> str:
        """A one-time code for somebody."""
        return admin.invite(self.settings, name, assessments).code

    def come_to_rest(self) -> None:
        """Wait until the store has checked every signature by itself, which it does behind a push.

        The limit row must not be measured beside it, and team-mates rarely read in the very second of a push.
        """
        database = open_database(self.settings)
        try:
            while True:
                with database.read() as connection:
                    if proved_upto(connection) == standing(connection).seq:
                        return
                time.sleep(0.01)
        finally:
            database.close()

    def stop(self) -> None:
        """End the process."""
        self._child.communicate("")


def main(folder: Path, database_url: str) -> None:
    """Serve until standard input closes."""
    running = start_in_thread(Settings(folder=folder, database_url=database_url, port=0))
    print(running.url, flush=True)
    sys.stdin.read()
    running.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
