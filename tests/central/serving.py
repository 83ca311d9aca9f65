"""A store in a process of its own, for tests across processes: ``python -m tests.central.serving FOLDER``."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from central.serve import serve
from central.settings import Settings
from tests.support.tree import ROOT

SELF = "tests.central.serving"


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(settings: Settings, program: str = SELF, *arguments: str) -> Iterator[tuple[str, list[str]]]:
    """The store on a port of its own, as ``fieldkit central serve`` runs it; its address, and its log at the end.

    ``program``: the module that serves it, which is given the folder and ``arguments``.
    """
    mine = replace(settings, port=free_port())
    mine.save()
    log: list[str] = []
    command = [sys.executable, "-m", program, str(mine.folder), *arguments]
    around = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=ROOT, env=around, stderr=subprocess.PIPE, text=True) as process:
        try:
            _wait(mine.port, process)
            yield f"http://127.0.0.1:{mine.port}", log
        finally:
            process.send_signal(signal.SIGINT)
            log += process.communicate(timeout=30)[1].splitlines()


def _wait(port: int, process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end and process.poll() is None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            line.request("GET", "/ready")
            if line.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.05)
        finally:
            line.close()
    raise AssertionError(f"the store does not serve: {process.poll()}")


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        serve(Settings.load(Path(sys.argv[1])))
