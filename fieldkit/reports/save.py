"""A document as a file that only its owner may read, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from fieldkit.kernel.errors import Trouble
from fieldkit.reports.blocks import Document

Begun = Callable[[int], None]
"""Told the number of each page of a PDF as it is begun; what it raises ends the making, and nothing is written."""


def save(document: Document, path: Path, begun: Begun | None = None) -> None:
    """Write ``document`` as the kind its name ends in: ``.html``, ``.docx``, ``.txt``, anything else PDF.

    A file of that name is replaced. Raises ``Trouble('report.not_written')``.
    """
    write_private(path, _bytes_for(document, path.suffix.casefold(), begun))


def write_private(path: Path, data: bytes) -> None:
    """Write a file with mode 0600 beside its place, flush it and move it there.

    Raises ``Trouble('report.not_written')``.
    """
    fresh = path.with_name(f".{path.name}.new")
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise Trouble("report.not_written", file=str(path)) from error


def _bytes_for(document: Document, suffix: str, begun: Begun | None) -> bytes:
    if suffix in {".html", ".htm"}:
        from fieldkit.reports.html import to_html

        return to_html(document).encode()
    if suffix in {".txt", ".text"}:
        from fieldkit.reports.plain import to_plain

        return to_plain(document).encode()
    if suffix == ".docx":
        from fieldkit.reports.word import to_word

        return to_word(document)
    from fieldkit.reports.pdf import to_pdf

    return to_pdf(document, begun)
