"""Programs that others wrote, and our store as a process of its own that can be killed and started again."""

from __future__ import annotations

import hashlib
import json
import shutil
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from central import admin
from central.file_folder import FileFolder
from central.settings import Settings
from fieldkit.domain.attachment import Attachment, Origin
from fieldkit.domain.revision import Revision
from fieldkit.kernel.clock import SystemClock, from_stamp
from fieldkit.kernel.ids import AssessmentId, RecordId, new_id
from tests.central.kit import Laptop, Office

PARTNERS = Path(__file__).parents[1] / "npm"
_SERVE = (
    "import sys; from pathlib import Path; from central.settings import Settings; from central.serve import serve;"
    " serve(Settings.load(Path(sys.argv[1])))"
)


class Process:
    """A server that listens on ``port``; ``kill`` pulls its plug."""

    def __init__(self, command: list[str], port: int, folder: Path) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._command, self._port, self._folder = command, port, folder
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it listens."""
        self._child = subprocess.Popen(self._command, cwd=self._folder, stdout=subprocess.DEVNULL)
        end = time.monotonic() + 30
        while time.monotonic() < end:
            assert self._child.poll() is None, "it has ended"
            with suppress(OSError), socket.create_connection(("127.0.0.1", self._port), 0.2):
                return
            time.sleep(0.02)
        raise AssertionError("it does not listen")

    def kill(self) -> None:
        """End it without a word."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            self._child = None

    stop = kill


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def node(script: str, *arguments: str) -> list[str]:
    """The command that runs a script of ``tests/npm``."""
    found = shutil.which("node")
    assert found is not None, "the tests need node"
    assert (PARTNERS / "node_modules" / "@tus").is_dir(), "make test installs the partners"
    return [found, str(PARTNERS / script), *arguments]


def open_office(folder: Path) -> Office:
    """A new store, serving in a process of its own."""
    settings = Settings(folder=folder / "office", port=free_port())
    made = admin.init(settings, "Northmoor office")
    root = Path(__file__).parents[2]
    served = Process([sys.executable, "-c", _SERVE, str(settings.folder)], settings.port, root)
    served.start()
    return Office(settings, cast(Any, served), made, cast(Any, SystemClock()))


def attached(laptop: Laptop, data: bytes) -> Revision:
    """Hand in the record of a file."""
    assessment = new_id()
    value = Attachment(
        id=RecordId("x"), assessment=AssessmentId(assessment), about=RecordId(new_id()), exhibit="ADAB-1",
        sha256=hashlib.sha256(data).hexdigest(), size=len(data), media="audio/wav", name="talk.wav",
        origin=Origin.FILE, purpose="Shows it", received_at=from_stamp("2026-11-12T09:00:00.000Z"),
    )  # fmt: skip
    revision = laptop.write(assessment, kind="attachment", body=value.to_content())
    laptop.push(revision)
    return revision


def at_the_office(office: Office, data: bytes) -> bytes:
    """What the store keeps under the hash of ``data``."""
    return FileFolder(office.settings.folder).path(hashlib.sha256(data).hexdigest()).read_bytes()


class JsClient:
    """One run of tus-js-client."""

    def __init__(self, office: Office, revision: Revision, file: Path, **todo: Any) -> None:
        self._child = subprocess.Popen(
            node("tus_upload.mjs"), cwd=PARTNERS, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        told = {
            "url": f"{office.running.url}/v1/files", "file": str(file), "memory": str(file.with_suffix(".json")),
            "revision": revision.envelope.id, "chunk": 400_000, **todo,
        }  # fmt: skip
        self.say(json.dumps(told))

    def __enter__(self) -> JsClient:
        return self

    def __exit__(self, *_: object) -> None:
        self._child.kill()
        self._child.communicate()

    def say(self, line: str) -> None:
        """Tell it something."""
        assert self._child.stdin is not None
        self._child.stdin.write(line + "\n")
        self._child.stdin.flush()

    def hears(self) -> str:
        """The next line it prints."""
        assert self._child.stdout is not None
        return self._child.stdout.readline().strip()

    def ended(self) -> tuple[int, str]:
        """Its exit code and what it complained of."""
        assert self._child.stderr is not None
        code = self._child.wait(timeout=60)
        return code, self._child.stderr.read()
