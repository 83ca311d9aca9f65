"""How an attachment looks, and a copy of it with black boxes: long work on bytes, on the work lane."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fieldkit.app.attachments import Said, Taken, take_bytes
from fieldkit.app.file_store import FileStore
from fieldkit.domain.attachment import Attachment, Origin
from fieldkit.kernel.errors import Mistake
from fieldkit.media import kinds
from fieldkit.media.boxes import Box, by_page
from fieldkit.media.documents import read_docx, read_text
from fieldkit.media.pdf import redact_pdf, show_page
from fieldkit.media.pictures import redact_picture, show_picture

LARGEST_PICTURE = 128 * 2**20
LARGEST_PDF = 256 * 2**20
"""Bytes of what is held in memory to be shown."""

REDACTABLE = (kinds.PICTURES | {kinds.PDF}) - {kinds.HEIC}


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """One page: a PNG, or text. ``pages`` of the whole file, 1 for a picture or a text."""

    png: bytes | None = None
    text: str = ""
    page: int = 1
    pages: int = 1


def preview(files: FileStore, value: Attachment, *, page: int = 1, longest: int = 1600) -> Preview:
    """A page of a file as it looks; nothing in it is run.

    Raises ``Mistake`` (``attach.no_preview``, ``attach.heic``, ``attach.too_large_to_show``, ``attach.no_such_page``,
    ``attach.pdf_locked``) and ``Trouble`` (``attach.not_here``, ``attach.damaged``, ``attach.not_a_picture``,
    ``attach.not_a_pdf``, ``attach.not_a_document``).
    """
    with files.open(value.sha256) as file:
        if value.media == kinds.PDF:
            _check_size(value, LARGEST_PDF)
            png, pages = show_page(file.read(), page, longest)
            return Preview(png=png, page=page, pages=pages)
        if value.media in REDACTABLE:
            _check_size(value, LARGEST_PICTURE)
            return Preview(png=show_picture(file, longest)[0])
        if value.media.startswith("text/") and value.media != "text/rtf":
            return Preview(text=read_text(file))
        if value.media == kinds.DOCX:
            _check_size(value, LARGEST_PICTURE)
            return Preview(text=read_docx(file))
    if value.media == kinds.HEIC:
        raise Mistake("attach.heic")
    kind = kinds.spoken(value.media)
    raise Mistake("attach.no_preview", kind="Such" if kind == "File" else kind)


def redact(
    files: FileStore, value: Attachment, boxes: list[Box], report: Callable[[int, int], None]
) -> tuple[Taken, int]:
    """A copy with black boxes, taken into the vault; and how many pages it has. The original stays as it is.

    Raises ``Mistake`` (``attach.no_boxes``, ``attach.not_redactable``, ``attach.no_such_page``) and what ``preview``
    does.
    """
    if value.media not in REDACTABLE:
        raise Mistake("attach.heic" if value.media == kinds.HEIC else "attach.not_redactable")
    pages = by_page(boxes)
    stem = value.name.rpartition(".")[0] or value.name
    with files.open(value.sha256) as file:
        if value.media == kinds.PDF:
            _check_size(value, LARGEST_PDF)
            data, count = redact_pdf(file.read(), pages, report)
            return take_bytes(files, data, f"{stem} (redacted).pdf"), count
        _check_size(value, LARGEST_PICTURE)
        if set(pages) != {1}:
            raise Mistake("attach.no_such_page", field="page", page=max(pages), pages=1)
        data = redact_picture(file, pages[1])
    ending = "jpg" if kinds.kind_of(data[:16]) == "image/jpeg" else "png"
    return take_bytes(files, data, f"{stem} (redacted).{ending}"), 1


def said_of_copy(value: Attachment, boxes: int, pages: int, purpose: str = "") -> Said:
    """What is said of a redacted copy: what was said of the original, and from which it was made."""
    return Said(
        assessment=value.assessment, about=value.about, visit=value.visit, origin=Origin.REDACTION,
        purpose=purpose or f"{value.purpose} (redacted copy of {value.exhibit})", from_whom=value.from_whom,
        place=value.place, taken_on=value.taken_on, people=value.people, declaration=value.declaration,
        derived_from=value.id, boxes=boxes, pages=pages, retention=value.retention,
    )  # fmt: skip


def _check_size(value: Attachment, largest: int) -> None:
    if value.size > largest:
        raise Mistake("attach.too_large_to_show")
