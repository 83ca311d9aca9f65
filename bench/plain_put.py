"""The limit row of sending files: a plain PUT into a file, hashed as it comes, flushed before it is answered.

Run as ``python -m bench.plain_put FOLDER``.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

_CHUNK = 256 * 1024


class Handler(BaseHTTPRequestHandler):
    """PUT: write, hash, flush, answer with the hash."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    folder: ClassVar[Path]

    def do_PUT(self) -> None:
        left, digest = int(self.headers["Content-Length"]), hashlib.sha256()
        with (self.folder / self.path.strip("/")).open("wb", buffering=0) as file:
            while left and (chunk := self.rfile.read(min(_CHUNK, left))):
                file.write(chunk)
                digest.update(chunk)
                left -= len(chunk)
            os.fsync(file.fileno())
        answer = digest.hexdigest().encode()
        self.send_response(201)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class PlainPut:
    """The server above in a process of its own, and one connection to it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        command = [sys.executable, "-m", "bench.plain_put", str(folder)]
        self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._child.stdout is not None
        self._line = http.client.HTTPConnection("127.0.0.1", int(self._child.stdout.readline()), blocksize=_CHUNK)

    def put(self, file: Path) -> None:
        """Send a file; returns when it is flushed there."""
        with file.open("rb") as source:
            size = str(file.stat().st_size)
            self._line.request("PUT", f"/{file.name}", source, {"Content-Length": size})
            assert len(self._line.getresponse().read()) == 64

    def stop(self) -> None:
        """End the process."""
        self._line.close()
        self._child.communicate("")


def main(folder: Path) -> None:
    """Serve until standard input closes."""
    Handler.folder = folder
    server = HTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()
    server.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
