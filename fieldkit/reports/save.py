"""A document as a file that only its owner may read, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from fieldkit.kernel.errors import Mistake, Trouble
from fieldkit.reports.blocks import Document

Begun = Callable[[int], None]
"""Told the number of each page of a PDF as it is begun, and 0 now and then where a kind has no pages of its own.

What it raises ends the making, and nothing is written.
"""


def save(document: Document, path: Path, begun: Begun | None = None) -> None:
    """Write ``document`` as the kind its name ends in: ``.html``, ``.docx``, ``.txt``, anything else PDF.

    It is written piece by piece, never held as a whole. A file of that name is replaced. Raises
    ``Mistake('report.is_special')``, ``Trouble('report.not_written')``.
    """
    with _fresh(path) as file:
        _write(document, path.suffix.casefold(), file, begun)


def write_private(path: Path, data: bytes) -> None:
    """Write a file with mode 0600 beside its place, flush it and move it there.

    Raises ``Mistake('report.is_special')``, ``Trouble('report.not_written')``.
    """
    with _fresh(path) as file:
        file.write(data)


def assert_ordinary(path: Path) -> None:
    """Raises ``Mistake('report.is_special')`` for a device, a pipe or a socket: moved into its place, a file would
    take it away from every program of this computer (``/dev/null``, as root).
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        raise Mistake("report.is_special", field="out", file=str(path))


@contextmanager
def _fresh(path: Path) -> Iterator[BinaryIO]:
    """A file beside ``path`` that is moved there whole once it is written, and is gone where it is not."""
    assert_ordinary(path)
    fresh = path.with_name(f".{path.name}.new")
    try:
        handle = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise Trouble("report.not_written", file=str(path)) from error
        raise


def _write(document: Document, suffix: str, file: BinaryIO, begun: Begun | None) -> None:
    if suffix in {".html", ".htm"}:
        from fieldkit.reports.html import html_parts

        _write_text(html_parts(document), file, begun)
    elif suffix in {".txt", ".text"}:
        from fieldkit.reports.plain import plain_parts

        _write_text(plain_parts(document), file, begun)
    elif suffix == ".docx":
        from fieldkit.reports.word import write_word

        write_word(document, file, begun)
    else:
        from fieldkit.reports.pdf import write_pdf

        write_pdf(document, file, begun)


def _write_text(parts: Iterable[str], file: BinaryIO, begun: Begun | None) -> None:
    for part in parts:
        if begun is not None:
            begun(0)
        file.write(part.encode())
