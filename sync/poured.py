"""The bytes of a file on their way out as one body: the next are read and opened while the last ones leave."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO

from fieldkit.kernel.errors import Trouble
from fieldkit.kernel.memory import keep_freed

BLOCK = 2**20
"""Bytes read at once: two of these lie in memory, whatever the file's size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poured:
    """A body of ``length`` bytes that comes in ``pieces``, to be read once."""

    length: int
    pieces: Iterator[bytes]

    def __len__(self) -> int:
        return self.length


def stretch(file: IO[bytes], offset: int, length: int, moved: Callable[[int], None], every: int) -> Generator[bytes]:
    """``length`` bytes of ``file`` from ``offset`` on.

    After each ``every`` bytes ``moved`` is told where it stands, and may end the body by raising. Raises
    ``Trouble('wire.damaged')`` where the file ends before them, and whatever reading it raises.
    """
    keep_freed()
    at, end, told = offset, offset + length, offset
    file.seek(offset)
    # A thread of its own: opening a sealed piece takes as long as sending it, and neither needs the other's processor.
    with ThreadPoolExecutor(1, thread_name_prefix="reading a file ahead") as reader:
        coming = reader.submit(file.read, min(BLOCK, end - at))
        while at < end:
            piece = coming.result()
            if not piece:
                raise Trouble("wire.damaged")
            at += len(piece)
            if at < end:
                coming = reader.submit(file.read, min(BLOCK, end - at))
            yield piece
            if at - told >= every and at < end:
                told = at
                moved(at)
