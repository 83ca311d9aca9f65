"""Reading one encrypted file of the vault: any part of it, every piece proved before a byte of it is given."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from typing import IO

from fieldkit.kernel.errors import Refusal, Trouble
from fieldkit.kernel.signing import PieceSealer

MAGIC = b"FieldKit file 1\n"
HEAD = len(MAGIC) + 12 + 32 + 16
"""Bytes before the first piece: the magic, and the file's key with its nonce and tag."""

PIECE = 256 * 1024
SEALED_PIECE = PIECE + PieceSealer.EXTRA


def bound(number: int, *, is_last: bool) -> bytes:
    """What a piece is sealed with beside its number: an end that comes too early or too late does not open."""
    return MAGIC + number.to_bytes(8, "big") + (b"\1" if is_last else b"\0")


class BlobReader(io.RawIOBase):
    """The plain bytes of an encrypted file, to be read and sought in. Reading raises ``Trouble('attach.damaged')``."""

    def __init__(self, file: IO[bytes], key: bytes) -> None:
        super().__init__()
        self._file = file
        self._sealer = PieceSealer(key)
        sealed = os.fstat(file.fileno()).st_size - HEAD
        self._count = max(1, -(-sealed // SEALED_PIECE))
        self.size = sealed - PieceSealer.EXTRA * self._count
        """Plain bytes, if the file is whole."""
        self._at = 0
        self._held: tuple[int, bytes] = (-1, b"")
        if self.size < 0:
            raise Trouble("attach.damaged")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        if self._at >= self.size:
            return 0
        number, skip = divmod(self._at, PIECE)
        plain = self._piece(number)[skip : skip + len(buffer)]
        buffer[: len(plain)] = plain
        self._at += len(plain)
        return len(plain)

    def pieces(self) -> Iterator[bytes]:
        """Everything from the beginning."""
        yield from (self._piece(number) for number in range(self._count))

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()

    def _piece(self, number: int) -> bytes:
        if self._held[0] == number:
            return self._held[1]
        try:
            self._file.seek(HEAD + number * SEALED_PIECE)
            sealed = self._file.read(SEALED_PIECE)
            plain = self._sealer.unseal(sealed, bound(number, is_last=number == self._count - 1))
        except (Refusal, OSError) as error:
            raise Trouble("attach.damaged") from error
        self._held = (number, plain)
        return plain
