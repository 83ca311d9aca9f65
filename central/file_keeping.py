"""All that keeps files for one running store: parts that come, the place of whole files, and putting them there.

A file goes to its place when it was hashed and is the right one. In a folder that is done at once; an object store
may take longer than a laptop waits, so it goes on behind, and whoever asks again hears when it is done. Where a place
in the network was chosen later, what lies in the folder still is found there.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from datetime import datetime
from pathlib import Path

from central.file_begun import Begun
from central.file_coming import Coming
from central.file_folder import FileFolder
from central.file_place import FilePlace
from central.file_settings import FileSettings
from central.file_settling import Settling
from fieldkit.kernel.errors import Trouble

_log = logging.getLogger("central")

WAIT_SECONDS = 15.0
"""How long a request waits for the place: half of the silence after which a laptop gives up."""

_AT_ONCE = 2
"""Files that are put away at once; the others wait their turn."""


class FileKeeping:
    """One for each open store."""

    def __init__(self, folder: Path, settings: FileSettings, settling: int = 1) -> None:
        self.begun = Begun()
        self.settling = Settling(settling)
        self.coming = Coming(folder)
        self.folder = FileFolder(folder)
        self.place: FilePlace = _place(self.folder, settings)
        self.cleared_at: datetime | None = None
        """When sendings that have expired were last cleared away by this process."""
        self._lock = threading.Lock()
        self._going: dict[str, Future[None]] = {}
        self._turns = threading.Semaphore(_AT_ONCE)

    @property
    def is_at_once(self) -> bool:
        """Whether putting a file in its place is a matter of flushes, not of a network."""
        return self.place is self.folder

    def check(self) -> None:
        """Before serving: raises ``Trouble`` where the place does not take our key or has no such bucket.

        One that does not answer is no reason not to serve: notes need no files.
        """
        try:
            self.place.check()
        except Trouble as trouble:
            if trouble.code != "central.files_unavailable":
                raise
            _log.warning("the place of files does not answer; notes are taken all the same")

    def put_away(self, upload: str, sha256: str, size: int) -> bool:
        """Put a sending that was found whole and right in its place; whether it is there already.

        ``False``: it is on its way, ask again. Raises as ``FilePlace`` does.
        """
        if self.is_at_once:
            self.place.keep(sha256, self.coming.path(upload), size)
            return True
        going = self._started(upload, sha256, size)
        try:
            going.result(WAIT_SECONDS)
        except NotYet:
            return False
        return True

    def _started(self, upload: str, sha256: str, size: int) -> Future[None]:
        with self._lock:
            if upload not in self._going:
                going = self._going[upload] = Future[None]()
                work = (going, upload, sha256, size)
                # A daemon: a store that is stopped does not wait for it; whoever asks again begins it again.
                threading.Thread(target=self._put, args=work, name="putting a file away", daemon=True).start()
            return self._going[upload]

    def _put(self, going: Future[None], upload: str, sha256: str, size: int) -> None:
        error: BaseException | None = None
        with self._turns:
            try:
                self.place.keep(sha256, self.coming.path(upload), size)
            except BaseException as met:
                error = met
        with self._lock:
            self._going.pop(upload, None)  # whoever asks after this asks the place itself
        if error is None:
            going.set_result(None)
        else:
            going.set_exception(error)


class Moved:
    """A place in the network, and the folder where files lay before it was chosen."""

    def __init__(self, chosen: FilePlace, folder: FileFolder) -> None:
        self._chosen = chosen
        self._folder = folder

    def check(self) -> None:
        self._chosen.check()

    def size(self, sha256: str) -> int | None:
        here = self._folder.size(sha256)
        return here if here is not None else self._chosen.size(sha256)

    def keep(self, sha256: str, source: Path, size: int) -> None:
        self._chosen.keep(sha256, source, size)

    def read(self, sha256: str, start: int, length: int) -> Iterator[bytes]:
        place = self._chosen if self._folder.size(sha256) is None else self._folder
        return place.read(sha256, start, length)

    def erase(self, sha256: str) -> None:
        self._chosen.erase(sha256)
        self._folder.erase(sha256)

    def listed(self) -> Iterator[tuple[str, int]]:
        here = dict(self._folder.listed())
        yield from here.items()
        yield from (one for one in self._chosen.listed() if one[0] not in here)


def _place(folder: FileFolder, settings: FileSettings) -> FilePlace:
    return Moved(chosen_place(settings), folder) if settings.place else folder


def chosen_place(settings: FileSettings) -> FilePlace:
    """The place in the network that the settings name."""
    from central.file_s3 import S3Place  # 0.1 s and 8 MB that a store with a folder does not need

    return S3Place(settings.with_environment(os.environ))
