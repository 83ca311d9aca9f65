"""Comments from a file: Word comments, the printed form filled in, or a table. Read row by row, seen before taken in.

Whoever comments knows nothing of FieldKit. A row that does not read is named by its number; nothing is taken in while
one is wrong, unless the person agrees to the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from fieldkit.app.accuracy import NewComment
from fieldkit.app.when_text import read_when
from fieldkit.domain.accuracy import Says
from fieldkit.exchange.spreadsheets import book_of
from fieldkit.exchange.tables import LARGEST_FILE
from fieldkit.exchange.word_comments import read_word
from fieldkit.kernel.errors import Mistake, Trouble

COLUMNS = ("Paragraph", "Kind", "Comment", "Evidence", "Date of the evidence")
"""The heads of the form that is printed for them, and of a table."""
_NAMES = {
    "paragraph": "paragraph", "para": "paragraph", "section": "paragraph", "page and paragraph": "paragraph",
    "reference": "paragraph", "kind": "kind", "type": "kind", "kind of comment": "kind", "comment": "comment",
    "comments": "comment", "your comment": "comment", "evidence": "evidence", "date of the evidence": "day",
    "date of evidence": "day", "evidence date": "day",
}  # fmt: skip
_KINDS = (
    (Says.TYPOGRAPHICAL, ("1", "typographical", "typo", "numerical")),
    (Says.CONTESTED, ("2", "contested", "inaccurate", "inaccuracy", "factual")),
    (Says.ADDITIONAL, ("3", "additional", "omitted", "omission", "addition")),
)
_EVIDENCE = re.compile(r"^\s*evidence\s*:\s*", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """A row or comment of the file. ``number`` is its row, or the comment's own; ``problem`` why it does not read."""

    number: int
    new: NewComment
    problem: Mistake | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentFile:
    """What taking a file in would do."""

    file: str
    rows: tuple[ReadRow, ...]

    @property
    def good(self) -> tuple[NewComment, ...]:
        return tuple(one.new for one in self.rows if one.problem is None)

    @property
    def wrong(self) -> tuple[ReadRow, ...]:
        return tuple(one for one in self.rows if one.problem is not None)


def read_comments(path: Path, today: date, default: Says | None = None) -> CommentFile:
    """Every comment of a file. ``default`` is the kind of those that do not say theirs: Word comments rarely do.

    Raises ``Mistake('accuracy.file_kind' | 'accuracy.file_damaged' | …)`` and as ``read_book`` does. Call it off the
    screens' thread.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as problem:
        raise Trouble("spreadsheet.unreadable", file=path.name, reason=problem.strerror or "") from problem
    if len(data) > LARGEST_FILE:
        raise Mistake("spreadsheet.too_large", file=path.name, most=LARGEST_FILE // 2**20)
    is_word = path.suffix.casefold() in (".docx", ".docm")
    rows = _from_word(data, path.name) if is_word else _from_tables(path.name, _sheets(data, path.name))
    checked = tuple(_checked(one, path.name, today, default) for one in rows)
    if not checked:
        raise Mistake("accuracy.file_kind", file=path.name)
    return CommentFile(file=path.name, rows=checked)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Raw:
    number: int
    paragraph: str
    kind: str
    comment: str
    evidence: str
    day: str
    who: str = ""


def _from_word(data: bytes, file: str) -> Iterator[_Raw]:
    read = read_word(data, file)
    for one in read.comments:
        kind, text = _kind_in(one.text)
        text, evidence = _evidence_in(text)
        yield _Raw(number=one.number, paragraph=one.paragraph, kind=kind, comment=text, evidence=evidence, day="",
                   who=one.author)  # fmt: skip
    yield from _from_tables(file, read.tables)


def _sheets(data: bytes, file: str) -> list[tuple[tuple[str, ...], ...]]:
    return [one.rows for one in book_of(data, file).sheets]


def _from_tables(file: str, tables: Sequence[Sequence[Sequence[str]]]) -> Iterator[_Raw]:
    """The rows below a row of heads that names at least paragraph and comment; empty ones are left out."""
    for table in tables:
        columns: dict[str, int] = {}
        for number, row in enumerate(table, start=1):
            if not columns:
                heads = {_NAMES.get(" ".join(cell.casefold().split()), ""): at for at, cell in enumerate(row)}
                if {"paragraph", "comment"} <= heads.keys():
                    columns = {name: at for name, at in heads.items() if name}
                continue
            cells = {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}
            if any(cells.values()):
                yield _Raw(
                    number=number, paragraph=cells["paragraph"], kind=cells.get("kind", ""), comment=cells["comment"],
                    evidence=cells.get("evidence", ""), day=cells.get("day", ""),
                )  # fmt: skip


def _checked(raw: _Raw, file: str, today: date, default: Says | None) -> ReadRow:
    says = _kind(raw.kind) if raw.kind else default
    who = f", {raw.who}" if raw.who else ""
    new = NewComment(
        paragraph=raw.paragraph, says=says, text=raw.comment, evidence=raw.evidence,
        origin=f"{file}, {'comment' if raw.who else 'row'} {raw.number}{who}",
    )  # fmt: skip
    code = ""
    if not raw.paragraph:
        code = "accuracy.row_paragraph"
    elif says is None:
        code = "accuracy.row_kind"
    elif not raw.comment:
        code = "accuracy.row_text"
    elif says is Says.CONTESTED and not raw.evidence:
        code = "accuracy.row_evidence"
    if not code and raw.day:
        try:
            when = read_when(raw.day, today)
            new = replace(new, evidence_on=when.earliest if when is not None else None)
        except Mistake:
            code = "accuracy.row_day"
    return ReadRow(number=raw.number, new=new, problem=Mistake(code, row=raw.number) if code else None)


def _kind(words: str) -> Says | None:
    said = words.casefold()
    return next((one for one, names in _KINDS if any(re.search(rf"\b{name}", said) for name in names)), None)


def _kind_in(text: str) -> tuple[str, str]:
    """A comment may begin with its kind: ``2: We met in March``, ``Typographical: 43 should be 34``."""
    head, colon, rest = text.partition(":")
    if colon and len(head) <= 40 and "\n" not in head and _kind(head) is not None:
        return head, rest.strip()
    return "", text


def _evidence_in(text: str) -> tuple[str, str]:
    """A line that begins with ``Evidence:`` and what follows it."""
    found = _EVIDENCE.search(text)
    return (text, "") if found is None else (text[: found.start()].strip(), text[found.end() :].strip())
