"""What the office does with the files of its store: choose where they lie, move them there, and read each again."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace

import sqlalchemy as sa

from central import tables
from central.core import Core, open_core
from central.file_checks import KEPT_FREE
from central.file_folder import FileFolder
from central.file_keeping import chosen_place
from central.file_place import FilePlace
from central.file_settings import FileSettings
from central.settings import Settings
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import Mistake, Refusal

Progress = Callable[[int, int], None]
"""Told of files done and in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BadFile:
    """A file that laptops were told is here. ``wrong`` is ``missing``, ``size`` or ``content``."""

    assessment: str
    sha256: str
    wrong: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """``unlisted`` lie in the place and belong to no record, as after a restored database; nothing is deleted."""

    files: int
    size: int
    bad: tuple[BadFile, ...]
    unlisted: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """``bad`` were not what their names say: they stay where they were."""

    files: int
    size: int
    bad: tuple[str, ...]


def choose(settings: Settings, files: FileSettings) -> Settings:
    """From now on files go to ``files``; what lies in the folder is found there still. The place is tried first.

    A key that the environment gives is not written down. Raises ``Trouble`` as ``FilePlace.check`` does, and
    ``Mistake('central.files_elsewhere')`` where files would be left behind in another bucket.
    """
    if settings.files.place and settings.files.place != files.place and _lies_in(settings.files):
        raise Mistake("central.files_elsewhere", field="place", place=settings.files.place)
    if files.place:
        chosen_place(files).check()
    changed = replace(settings, files=files)
    changed.save()
    return changed


def move(settings: Settings, progress: Progress, clock: Clock | None = None) -> Moved:
    """Put what lies in the folder where the settings say; each is hashed on its way and deleted here when it is there.

    May be broken off and begun again, while the store is running too. Raises ``Mistake('central.files_folder')`` where
    the settings name no other place, and ``Trouble`` as ``FilePlace`` does.
    """
    if not settings.files.place:
        raise Mistake("central.files_folder", field="place")
    folder, there = FileFolder(settings.folder), chosen_place(settings.files)
    there.check()
    found, size, bad = list(folder.listed()), 0, []
    for number, (sha256, length) in enumerate(found):
        progress(number, len(found))
        if _is_whole(folder, sha256, length):
            there.keep(sha256, folder.path(sha256), length)
            folder.erase(sha256)
            size += length
        else:
            bad.append(sha256)
    progress(len(found), len(found))
    return Moved(files=len(found) - len(bad), size=size, bad=tuple(bad))


def move_back(settings: Settings, progress: Progress, *, keeps: bool = False) -> Moved:
    """Put what lies in the chosen place into the store's own folder; each is hashed on its way.

    It is deleted there once it is durable here, unless ``keeps``. May be broken off and begun again, while the store is
    running too, which finds each file in either place. Raises as ``move`` does, and ``Mistake('central.files_room')``
    where the disk would not keep 1 GB free for notes; nothing is moved then.
    """
    if not settings.files.place:
        raise Mistake("central.files_folder", field="place")
    folder, there = FileFolder(settings.folder), chosen_place(settings.files)
    there.check()
    found, size, bad = list(there.listed()), 0, []
    wanted = sum(length for sha256, length in found if folder.size(sha256) is None)
    free = shutil.disk_usage(settings.folder).free
    if wanted and free < wanted + KEPT_FREE:
        told = {"free": f"{free / 10**9:.1f}", "wanted": f"{(wanted + KEPT_FREE) / 10**9:.1f}"}
        raise Mistake("central.files_room", field="store", **told)
    for number, (sha256, length) in enumerate(found):
        progress(number, len(found))
        try:
            is_here = folder.size(sha256) == length or folder.take(sha256, there.read(sha256, 0, length))
        except Refusal:  # it went while this was reading: an erasure
            continue
        if not is_here:
            bad.append(sha256)
            continue
        size += length
        if not keeps:
            there.erase(sha256)
    progress(len(found), len(found))
    return Moved(files=len(found) - len(bad), size=size, bad=tuple(bad))


def check(settings: Settings, progress: Progress, *, quick: bool = False, clock: Clock | None = None) -> Checked:
    """Read every file that laptops were told is here, and compare it with its hash; ``quick`` compares sizes only."""
    with closing(open_core(settings, clock)) as core:
        wanted = _wanted(core)
        place = core.files.place
        there = dict(place.listed())
        bad: list[BadFile] = []
        for number, (sha256, (size, assessments)) in enumerate(wanted.items()):
            progress(number, len(wanted))
            wrong = _wrong(place, there, sha256, size, quick)
            if wrong:
                bad += (BadFile(assessment=one, sha256=sha256, wrong=wrong) for one in assessments)
        progress(len(wanted), len(wanted))
    return Checked(
        files=len(wanted), size=sum(size for size, _ in wanted.values()), bad=tuple(bad),
        unlisted=tuple(sorted(there.keys() - wanted.keys())),
    )  # fmt: skip


def _wanted(core: Core) -> dict[str, tuple[int, list[str]]]:
    """Bytes, and the assessments that list it, by SHA-256."""
    table = tables.file
    found: dict[str, tuple[int, list[str]]] = {}
    with core.database.read() as connection:
        for row in connection.execute(sa.select(table.c.sha256, table.c.size, table.c.assessment)):
            found.setdefault(row.sha256, (row.size, []))[1].append(str(row.assessment))
    return found


def _wrong(place: FilePlace, there: dict[str, int], sha256: str, size: int, quick: bool) -> str:
    if sha256 not in there:
        return "missing"
    if there[sha256] != size:
        return "size"
    if quick:
        return ""
    try:
        return "" if _hash(place.read(sha256, 0, size)) == sha256 else "content"
    except Refusal:  # it went while this was reading: an erasure
        return "missing"


def _is_whole(place: FilePlace, sha256: str, size: int) -> bool:
    return _hash(place.read(sha256, 0, size)) == sha256


def _hash(pieces: Iterator[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def _lies_in(files: FileSettings) -> bool:
    return next(chosen_place(files).listed(), None) is not None
