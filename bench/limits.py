"""The limit rows of sending: what a few lines without FieldKit's promises do with the same bytes.

Run as ``python -m bench.limits DATABASE_URL``: a server that unpacks a POST, copies its rows into PostgreSQL and
commits, and serves them back.
"""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import psycopg
import zstandard

from bench.relay import Relay


class Handler(BaseHTTPRequestHandler):
    """POST: COPY the lines of the body and commit. GET: send them all."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    database: ClassVar[psycopg.Connection]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        lines = zstandard.decompress(body, max_output_size=2**31).split(b"\n")
        with self.database.cursor().copy("COPY plain (body) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(["bytea"])
            for line in lines:
                copy.write_row((line,))
        self.database.commit()
        self._answer(b"stored")

    def do_GET(self) -> None:
        if self.path == "/nothing":
            self._answer(b"")
            return
        rows = self.database.execute("SELECT body FROM plain").fetchall()
        self._answer(zstandard.compress(b"\n".join(row[0] for row in rows), 3))

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Limit:
    """The server above in a process of its own, and one connection to it."""

    def __init__(self, database_url: str) -> None:
        plain = database_url.replace("+psycopg", "")
        command = [sys.executable, "-m", "bench.limits", plain]
        self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._child.stdout is not None
        self.port = int(self._child.stdout.readline())
        self._line = http.client.HTTPConnection("127.0.0.1", self.port)

    def post(self, lines: list[bytes]) -> None:
        """Send lines and wait until they are durable."""
        self._line.request("POST", "/", zstandard.compress(b"\n".join(lines), 3))
        assert self._line.getresponse().read() == b"stored"

    def get(self) -> list[bytes]:
        """Fetch every line."""
        self._line.request("GET", "/")
        return zstandard.decompress(self._line.getresponse().read(), max_output_size=2**31).split(b"\n")

    def nothing(self) -> None:
        """Ask for nothing, and read it."""
        self._line.request("GET", "/nothing")
        assert self._line.getresponse().read() == b""

    def through(self, relay: Relay) -> None:
        """Go on through a relay."""
        self._line.close()
        self._line = http.client.HTTPConnection("127.0.0.1", int(relay.url.rsplit(":", 1)[1]))

    def stop(self) -> None:
        """End the process."""
        self._line.close()
        self._child.communicate("")


def main(database_url: str) -> None:
    """Serve until standard input closes."""
    Handler.database = psycopg.connect(database_url)
    Handler.database.execute("CREATE TABLE plain (n BIGSERIAL PRIMARY KEY, body BYTEA NOT NULL)")
    Handler.database.commit()
    server = HTTPServer(("127.0.0.1", 0), Handler)
    print(json.dumps(server.server_port), flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()
    server.shutdown()
    Handler.database.close()


if __name__ == "__main__":
    main(sys.argv[1])
