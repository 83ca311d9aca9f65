"""A real S3 service for tests: SeaweedFS on loopback, with keys of its own, in a folder that is forgotten after.

It checks signatures, checksums and conditions as Amazon's does; programs that only imitate S3 take wrong ones.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from central.file_s3 import S3Place
from central.file_settings import FileSettings
from fieldkit.kernel.errors import Trouble
from fieldkit.kernel.ids import new_id

KEY, SECRET = "a-key-of-the-tests", "a-secret-of-the-tests"
_START_SECONDS = 60.0
_GRPC = 10_000
"""SeaweedFS takes this many above each of its ports too."""


@dataclass(slots=True)
class S3:
    """A running service."""

    folder: Path
    ports: list[int]
    _child: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def port(self) -> int:
        """Where it listens."""
        return self.ports[3]

    @property
    def endpoint(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def settings(self, *, secret: str = SECRET, endpoint: str = "") -> FileSettings:
        """A new prefix in the bucket of the tests."""
        place = f"s3://fieldkit-tests/{new_id()}"
        return FileSettings(place=place, endpoint=endpoint or self.endpoint, key=KEY, secret=secret)

    def start(self) -> None:
        """Start it and wait until it answers."""
        master, volume, filer, s3 = self.ports
        command = [
            str(Path(sys.executable).with_name("weed")), "-logtostderr=false", f"-logdir={self.folder}", "server",
            f"-dir={self.folder / 'data'}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-master.port={master}",
            f"-volume.port={volume}", "-filer", f"-filer.port={filer}", "-s3", f"-s3.port={s3}",
            f"-s3.config={self.folder / 's3.json'}", "-s3.port.iceberg=0", "-s3.port.lance=0",
            "-master.telemetry=false",
            "-master.volumeSizeLimitMB=1024", "-volume.max=16",
        ]  # fmt: skip
        with (self.folder / "out").open("ab") as out:
            self._child = subprocess.Popen(command, cwd=self.folder, stdout=out, stderr=out)
        end = time.monotonic() + _START_SECONDS
        place = S3Place(self.settings())
        while True:
            assert self._child.poll() is None, (self.folder / "out").read_text(errors="replace")[-2000:]
            with suppress(Trouble):
                if _answers(s3):
                    place.keep("0" * 64, self.folder / "s3.json", (self.folder / "s3.json").stat().st_size)
                    return
            assert time.monotonic() < end, "SeaweedFS has not started"
            time.sleep(0.05)

    def stop(self) -> None:
        """End it; the sockets that it leaves in the machine's folder for such things go too."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
        for port in (*self.ports, *(port + _GRPC for port in self.ports)):
            for path in Path("/tmp").glob(f"seaweedfs-*-{port}.sock"):
                path.unlink(missing_ok=True)


class Line:
    """A line to a port that can be cut and mended; ``change`` are bytes of which it turns over one bit on the way."""

    def __init__(self, port: int, change: bytes = b"") -> None:
        self._port = port
        self._wanted = change
        self._changed = bytes([change[0] ^ 1]) + change[1:] if change else b""
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._here: int = self._listener.getsockname()[1]
        self._is_cut = False
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def url(self) -> str:
        """Where it begins."""
        return f"http://127.0.0.1:{self._here}"

    def __enter__(self) -> Line:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()
        self.cut()

    def cut(self) -> None:
        """End what goes over it; whoever comes is sent away."""
        self._is_cut = True
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._open.clear()

    def mend(self) -> None:
        """Let through again."""
        self._is_cut = False

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                if self._is_cut:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self._port))
                self._open.extend((near, far))
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            held = b""
            while data := source.recv(1 << 16):
                data, begun = held + data, 0
                if self._wanted:
                    data = data.replace(self._wanted, self._changed)
                    ends = range(len(self._wanted) - 1, 0, -1)
                    begun = next((n for n in ends if data.endswith(self._wanted[:n])), 0)
                held = data[len(data) - begun :]
                target.sendall(data[: len(data) - begun])
            target.sendall(held)
            target.shutdown(socket.SHUT_WR)


@contextmanager
def s3_server() -> Iterator[S3]:
    """A service of its own."""
    folder = Path(tempfile.mkdtemp(prefix="fieldkit-s3-"))
    (folder / "data").mkdir()
    identity = {
        "name": "tests", "credentials": [{"accessKey": KEY, "secretKey": SECRET}],
        "actions": ["Admin", "Read", "Write", "List"],
    }  # fmt: skip
    (folder / "s3.json").write_text(json.dumps({"identities": [identity]}))
    server = S3(folder, [_port() for _ in range(4)])
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def s3() -> Iterator[S3]:
    """One service for the whole run of a worker; each test has a prefix of its own."""
    with s3_server() as server:
        yield server


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
        return True
    return False


def _port() -> int:
    """A port that is free, with the one that gRPC takes above it."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            if port + _GRPC > 65_535:
                continue
            with suppress(OSError):
                second.bind(("127.0.0.1", port + _GRPC))
                return port
