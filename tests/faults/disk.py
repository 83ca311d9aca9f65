"""A model of a disk that loses power: replays a recorded run up to any point and cuts there.

What was flushed is there. Of what was not, none, all, a prefix, a random part or torn 512-byte sectors (a tenth of
them garbage) may be there. Folder operations are journalled in order, so a prefix of them survives; flushing a
file makes its creation durable too, as on ext4 and NTFS.
"""

from __future__ import annotations

import os
import random
import shutil
import struct
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
_HEAD = struct.Struct("=cIIqq")


@dataclass(frozen=True, slots=True)
class Operation:
    """One recorded call; ``other`` is a rename's target, ``data`` a write's bytes."""

    op: str
    path: str
    other: str
    offset: int
    data: bytes


@dataclass(slots=True)
class _File:
    durable: bytearray = field(default_factory=bytearray)
    pending: list[Operation] = field(default_factory=list)


def read_log(path: Path) -> list[Operation]:
    """The operations a run recorded."""
    raw = path.read_bytes()
    found = []
    place = 0
    while place < len(raw):
        op, first, second, offset, size = _HEAD.unpack_from(raw, place)
        place += _HEAD.size
        names = raw[place : place + first].decode(), raw[place + first : place + first + second].decode()
        place += first + second
        data = raw[place : place + size] if op == b"W" else b""
        place += len(data)
        found.append(Operation(op.decode(), names[0], names[1], offset, data))
    return found


class Disk:
    """Replays operations in order; ``crash`` writes out one state the cut could have left.

    Lines written to ``<root>/ack`` are acknowledgements, not part of the disk under test: ``acked`` is the number
    of lines seen so far.
    """

    def __init__(self, operations: list[Operation], root: str) -> None:
        self._operations = operations
        self._root = root.rstrip("/")
        self._files: dict[str, _File] = {}
        self._durable_names: dict[str, _File] = {}
        self._pending_names: list[tuple[str, str, str, _File]] = []
        self.place = 0
        self.acked = 0

    def run_to(self, place: int) -> None:
        """Replay up to (not including) operation ``place``."""
        while self.place < place:
            self._apply(self._operations[self.place])
            self.place += 1

    def crash(self, chance: random.Random, into: Path) -> str:
        """Write one possible state after a cut here into ``into``; returns the kind of loss."""
        shutil.rmtree(into, ignore_errors=True)
        into.mkdir(parents=True)
        names = dict(self._durable_names)
        for change in self._pending_names[: chance.randint(0, len(self._pending_names))]:
            _rename(names, change)
        mode = chance.choice(("none", "all", "prefix", "random", "torn"))
        for name, file in names.items():
            target = into / os.path.relpath(name, self._root)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(_surviving(file, mode, chance))
        return mode

    def _apply(self, done: Operation) -> None:
        if done.path == f"{self._root}/ack":
            self.acked += done.data.count(b"\n") if done.op == "W" else 0
        elif done.op == "C":
            self._files[done.path] = _File()
            self._pending_names.append(("C", done.path, "", self._files[done.path]))
        elif done.op in "WT":
            self._files.setdefault(done.path, _File()).pending.append(done)
        elif done.op == "S":
            self._flush(done.path)
        elif done.op == "U":
            self._pending_names.append(("U", done.path, "", self._files.pop(done.path, _File())))
        elif done.op == "N":
            self._rename_all(done.path, done.other)

    def _rename_all(self, old: str, new: str) -> None:
        """A file, or a folder with everything in it."""
        for name in [name for name in self._files if name == old or name.startswith(f"{old}/")]:
            moved = self._files.pop(name)
            target = new + name[len(old) :]
            self._files[target] = moved
            self._pending_names.append(("N", name, target, moved))

    def _flush(self, path: str) -> None:
        file = self._files.get(path)
        if file is None:  # a folder: every name change so far is durable
            self._settle_names(len(self._pending_names))
            return
        for operation in file.pending:
            _write(file.durable, operation)
        file.pending.clear()
        created = [n for n, change in enumerate(self._pending_names) if change[0] == "C" and change[3] is file]
        if created:
            self._settle_names(created[-1] + 1)

    def _settle_names(self, count: int) -> None:
        for change in self._pending_names[:count]:
            _rename(self._durable_names, change)
        del self._pending_names[:count]


def _rename(names: dict[str, _File], change: tuple[str, str, str, _File]) -> None:
    op, name, target, file = change
    if op == "C":
        names[name] = file
    else:
        names.pop(name, None)
        if op == "N":
            names[target] = file


def _surviving(file: _File, mode: str, chance: random.Random) -> bytes:
    buffer = bytearray(file.durable)
    keep = list(file.pending)
    if mode == "none":
        keep = []
    elif mode == "prefix":
        keep = keep[: chance.randint(0, len(keep))]
    elif mode in {"random", "torn"}:
        keep = [operation for operation in keep if chance.random() < 0.5]
        chance.shuffle(keep)
    for operation in keep:
        if mode == "torn" and operation.op == "W":
            _tear(buffer, operation, chance)
        else:
            _write(buffer, operation)
    return bytes(buffer)


def _tear(buffer: bytearray, operation: Operation, chance: random.Random) -> None:
    for start in range(0, len(operation.data), SECTOR):
        piece = operation.data[start : start + SECTOR]
        draw = chance.random()
        if draw < 0.7:
            data = piece if draw < 0.6 else chance.randbytes(len(piece))
            _write(buffer, Operation("W", operation.path, "", operation.offset + start, data))


def _write(buffer: bytearray, operation: Operation) -> None:
    if operation.op == "T":
        del buffer[operation.offset :]
        buffer.extend(b"\0" * (operation.offset - len(buffer)))
        return
    buffer.extend(b"\0" * (operation.offset - len(buffer)))
    buffer[operation.offset : operation.offset + len(operation.data)] = operation.data
