"""Whole files in any store of objects that speaks S3, and the one door to obstore.

Everything asked of it is one small request with an end: pieces of 8 MiB up and down, so that memory does not grow with
a file and no limit on a request is a limit on a file. Bodies are signed and carry their SHA-256, which the service
checks before it takes them.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, PermissionDeniedError, UnauthenticatedError
from obstore.store import S3Store

from central.file_settings import FileSettings
from fieldkit.kernel.errors import Refusal, Trouble

if TYPE_CHECKING:
    from obstore.store import S3Config

T = TypeVar("T")

PIECE = 8 * 2**20
_AT_ONCE = 2
"""Pieces of one file on their way at once: 16 MiB of memory for each file that is being put away."""

_CONNECT = timedelta(seconds=5)
_SILENT = timedelta(seconds=30)
_REQUEST = timedelta(minutes=5)
"""For one piece: 28 kB a second."""

_DOWN_SECONDS = 5.0
"""After a service did not answer, for so long nobody else waits for it: their threads are needed for notes."""


class S3Place:
    """A ``FilePlace`` in a bucket."""

    def __init__(self, settings: FileSettings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._made: S3Store | None = None
        self._down_until = 0.0

    def check(self) -> None:
        """Raises ``Trouble('central.files_bucket')`` too, where there is no such bucket."""
        self._down_until = 0.0
        self._asked(lambda store: _size(store, "0" * 64))
        try:
            next(iter(obstore.list(self._store(), prefix="00")), None)
        except BaseError as error:  # of a list the kind of refusal is in the text alone
            code = "central.files_bucket" if "NoSuchBucket" in str(error) else "central.files_key"
            raise Trouble(code, place=self._settings.place) from None

    def size(self, sha256: str) -> int | None:
        return self._asked(lambda store: _size(store, sha256))

    def keep(self, sha256: str, source: Path, size: int) -> None:
        if self.size(sha256) == size:
            return
        self._asked(lambda store: _put(store, sha256, source, size))
        if self.size(sha256) != size:
            raise Trouble("central.files_unavailable")

    def read(self, sha256: str, start: int, length: int) -> Iterator[bytes]:
        while length > 0:
            piece = self._piece(sha256, start, min(length, PIECE))
            start, length = start + len(piece), length - len(piece)
            yield piece

    def erase(self, sha256: str) -> None:
        def delete(store: S3Store) -> None:
            with suppress(FileNotFoundError):
                obstore.delete(store, _path(sha256))

        self._asked(delete)

    def listed(self) -> Iterator[tuple[str, int]]:
        pages = self._asked(lambda store: iter(obstore.list(store)))
        while page := self._asked(lambda store: next(pages, None)):
            for one in page:
                name = one["path"].rpartition("/")[2]
                if one["path"] == _path(name):
                    yield name, one["size"]

    def _piece(self, sha256: str, start: int, length: int) -> bytes:
        try:
            piece = self._asked(lambda store: obstore.get_range(store, _path(sha256), start=start, length=length))
        except FileNotFoundError as error:
            raise Refusal("central.file_to_follow") from error
        if len(piece) != length:
            raise Trouble("central.files_unavailable")
        return bytes(piece)

    def _asked(self, question: Callable[[S3Store], T]) -> T:
        """Ask, and say in our words what went wrong; what the service said may hold addresses and is not kept."""
        if time.monotonic() < self._down_until:
            raise Trouble("central.files_unavailable")
        try:
            return question(self._store())
        except FileNotFoundError:
            raise
        except (PermissionDeniedError, UnauthenticatedError):
            raise Trouble("central.files_key", place=self._settings.place) from None
        except (BaseError, OSError, ValueError):
            self._down_until = time.monotonic() + _DOWN_SECONDS
            raise Trouble("central.files_unavailable") from None

    def _store(self) -> S3Store:
        with self._lock:
            if self._made is None:
                self._made = _connected(self._settings)
            return self._made


def _connected(settings: FileSettings) -> S3Store:
    named: S3Config = {"region": settings.region, "checksum_algorithm": "SHA256"}
    if settings.endpoint:
        named["endpoint"] = settings.endpoint
    if settings.key:
        named["access_key_id"], named["secret_access_key"] = settings.key, settings.secret
    return S3Store(
        settings.bucket, prefix=settings.prefix or None, config=named,
        client_options={
            "allow_http": settings.endpoint.startswith("http://"), "connect_timeout": _CONNECT,
            "read_timeout": _SILENT, "timeout": _REQUEST,
        },
        retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=10)},
    )  # fmt: skip


def _size(store: S3Store, sha256: str) -> int | None:
    try:
        return obstore.head(store, _path(sha256))["size"]
    except FileNotFoundError:
        return None


def _put(store: S3Store, sha256: str, source: Path, size: int) -> None:
    with source.open("rb") as file:
        if size > PIECE:  # S3 knows no create-only for these; ``keep`` has looked, and the name is the content's hash
            obstore.put(
                store, _path(sha256), file, use_multipart=True, chunk_size=PIECE, max_concurrency=_AT_ONCE
            )  # fmt: skip
            return
        with suppress(AlreadyExistsError):
            obstore.put(store, _path(sha256), file.read(), mode="create")


def _path(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
