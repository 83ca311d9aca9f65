"""Pictures, PDFs and sound as sources of REFI-QDA, each with its file as it lies in the vault."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from fieldkit.app.rows import RecordRow
from fieldkit.app.takeout.material import ToldNote
from fieldkit.app.takeout.refi_codes import guid
from fieldkit.app.takeout.refi_texts import Texts
from fieldkit.domain.attachment import Attachment
from fieldkit.exchange.refi.model import MediaKind, MediaSource, VariableValue
from fieldkit.exchange.refi.plain_text import one_line, plain

Pieces = Callable[[], Iterable[bytes]]
LARGEST = 2**31 - 1
"""Bytes of a file inside a package: the standard leaves larger ones outside."""
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")


def kind_of(value: Attachment) -> MediaKind | None:
    """What the standard calls it; None for what it has no place for."""
    if value.size > LARGEST:
        return None
    if value.media == "application/pdf":
        return MediaKind.PDF
    kinds = {"image": MediaKind.PICTURE, "audio": MediaKind.AUDIO}
    return kinds.get(value.media.partition("/")[0])


def media_of(
    texts: Texts, rows: Iterable[RecordRow], files: Mapping[str, Pieces], filed: Mapping[str, ToldNote]
) -> Iterator[MediaSource]:
    """One for each file that goes along, with the codes of the note that it belongs to."""
    used = Counter[str]()
    for row in rows:
        value: Attachment = row.value
        kind = kind_of(value)
        if kind is None:
            continue
        note = filed.get(str(value.about))
        ending = _ENDING.search(value.name)
        facts = [("Kind", value.origin.value), *([("Day", value.taken_on)] if value.taken_on else [])]
        name = one_line(f"{value.exhibit} {value.purpose}".strip(), 120, exact=texts.exact)
        used[name.casefold()] += 1
        nth = used[name.casefold()]
        yield MediaSource(
            guid=row.record, name=name if nth == 1 else f"{name} ({nth})", kind=kind,
            file=f"{row.record}{ending[0].lower() if ending else ''}", user=texts.user(row.author),
            at=value.received_at, pieces=files[row.record],
            description=f"{plain(value.purpose, exact=texts.exact)}\nSHA-256: {value.sha256}".strip(),
            codings=texts.item_codings(note, row.record) if note is not None else (),
            values=tuple(VariableValue(variable=guid("variable", key), value=said) for key, said in facts),
        )  # fmt: skip
