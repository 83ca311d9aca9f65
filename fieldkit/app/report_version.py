"""Which version of a draft was sent: the SHA-256 of its file, so that comments are about words that can be found."""

from __future__ import annotations

import hashlib
from pathlib import Path

from fieldkit.kernel.errors import Trouble


def sha256_of(path: Path) -> str:
    """Of the file's bytes, in hexadecimal. Raises ``Trouble('accuracy.words_unreadable')``."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as problem:
        raise Trouble("accuracy.words_unreadable", file=path.name) from problem
