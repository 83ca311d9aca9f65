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
_HEADS = (
    ("", re.compile(r"\bcomments? (no|number|id|ref)\b|^(no|nr|number|id)$")),
    ("kind", re.compile(r"\b(kind|type|category)\b")),
    ("day", re.compile(r"\bdate\b")),
    ("evidence", re.compile(r"\bevidence\b|\bsupporting\b")),
    ("comment", re.compile(r"\bcomments?\b")),
    ("paragraph", re.compile(r"\b(para|paragraphs?|section|page|location|reference|ref)\b")),
)
"""What a column is, by the first of these that its head has: bodies head their tables in words of their own."""
_NOTHING = frozenset({"n/a", "na", "none", "nil", "-", "–", "—"})
_KINDS = (
    (Says.TYPOGRAPHICAL, ("typographical", "typo", "numerical")),
    (Says.CONTESTED, ("contested", "inaccurate", "inaccuracy", "inaccuracies", "factual")),
    (Says.ADDITIONAL, ("additional", "omitted", "omission", "addition")),
)
_NUMBERS = dict(zip("123", (says for says, _ in _KINDS), strict=True))
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
    rows = (_from_word if is_word else _from_sheets)(data, path.name)
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
    place: str = ""
    """Its row as people are told of it, where that is more than the number."""


def _from_word(data: bytes, file: str) -> Iterator[_Raw]:
    read = read_word(data, file)
    for one in read.comments:
        kind, text = _kind_in(one.text)
        text, evidence = _evidence_in(text)
        yield _Raw(number=one.number, paragraph=one.paragraph, kind=kind, comment=text, evidence=evidence, day="",
                   who=one.author)  # fmt: skip
    for at, table in enumerate(read.tables, start=1):
        place = f" of table {at}" if len(read.tables) > 1 else ""
        yield from (replace(one, place=f"{one.number}{place}") for one in _from_table(table.rows, table.heading))


def _from_sheets(data: bytes, file: str) -> Iterator[_Raw]:
    for one in book_of(data, file).sheets:
        yield from _from_table(one.rows, one.name)


def _from_table(rows: Sequence[Sequence[str]], heading: str) -> Iterator[_Raw]:
    """The rows below a row of heads that names at least paragraph and comment; empty ones are left out.

    A heading above the table, or a row that is one wide cell, may say the kind of what comes under it.
    """
    columns: dict[str, list[int]] = {}
    kind = heading if _by_word(heading) else ""
    for number, row in enumerate(rows, start=1):
        if len(row) > 1 and len(set(row)) == 1 and row[0].strip():
            kind = row[0] if _by_word(row[0]) else kind
        elif not columns:
            heads = _heads(row)
            columns = heads if {"paragraph", "comment"} <= heads.keys() else {}
        elif any(row[at].strip() for places in columns.values() for at in places if at < len(row)):
            yield _raw(number, columns, row, kind)


def _heads(row: Sequence[str]) -> dict[str, list[int]]:
    """Which column is what; a page and a paragraph may stand in columns of their own."""
    found: dict[str, list[int]] = {}
    for at, cell in enumerate(row):
        words = " ".join(re.sub(r"[\W_]+", " ", cell.casefold()).split())
        name = next((name for name, known in _HEADS if known.search(words)), "")
        if name and (name == "paragraph" or name not in found):
            found.setdefault(name, []).append(at)
    return found


def _raw(number: int, columns: dict[str, list[int]], row: Sequence[str], kind: str) -> _Raw:
    def cell(name: str) -> str:
        said = (row[at].strip() for at in columns.get(name, ()) if at < len(row))
        return ", ".join(dict.fromkeys(filter(None, said)))

    comment, evidence = cell("comment"), cell("evidence")
    if evidence.casefold() in _NOTHING:
        evidence = ""
    if not evidence:
        comment, evidence = _evidence_in(comment)
    return _Raw(
        number=number, paragraph=cell("paragraph"), kind=cell("kind") or kind, comment=comment, evidence=evidence,
        day=cell("day"),
    )  # fmt: skip


def _checked(raw: _Raw, file: str, today: date, default: Says | None) -> ReadRow:
    says = _kind(raw.kind) if raw.kind else default
    who, place = f", {raw.who}" if raw.who else "", raw.place or str(raw.number)
    new = NewComment(
        paragraph=raw.paragraph, says=says, text=raw.comment, evidence=raw.evidence,
        origin=f"{file}, {'comment' if raw.who else 'row'} {place}{who}",
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
    return ReadRow(number=raw.number, new=new, problem=Mistake(code, row=place) if code else None)


def _kind(words: str) -> Says | None:
    """By the number it begins with, else by a word, else by a number anywhere."""
    first = re.match(r"\W*([123])\b", words)
    anywhere = re.search(r"\b([123])\b", words)
    return (_NUMBERS[first[1]] if first else None) or _by_word(words) or (_NUMBERS[anywhere[1]] if anywhere else None)


def _by_word(words: str) -> Says | None:
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
