"""What ``fieldkit record list|show`` and ``fieldkit search`` do."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from fieldkit.app.ports import Questions
    from fieldkit.app.rows import RecordRow

_KEPT_APART = "Records made with a later version of FieldKit, kept as they came and not shown: {count}"


def list_records(desk: Desk) -> int:
    """Records of fieldwork, oldest first within a kind."""
    from fieldkit.app.told import shown
    from ui.cli import choose

    with opened(desk) as vault:
        asked = desk.options.assessment
        only = None if asked is None else choose.assessment(vault.questions, asked)
        rows = _records(vault.questions, _kinds(desk.options.kind), only.id if only else None)
        rows = shown(vault.questions, rows)
        later = sum(row.made_later for row in vault.questions.assessments() if only in (None, row.assessment))
    desk.terminal.show([_facts(row) for row in rows], _table(rows) if rows else "No records yet.")
    if later:
        desk.terminal.remark(_KEPT_APART.format(count=later))
    return faults.OK


def show_record(desk: Desk) -> int:
    """One record as it stands, or every account of it."""
    from fieldkit.app.told import shown

    with opened(desk) as vault:
        (row,) = shown(vault.questions, [record_named(vault.questions, desk.options.record)])
        history = shown(vault.questions, vault.questions.history(row.record)) if desk.options.history else []
    lines = _page(row)
    for one in history:
        lines += ["", f"{_when(one)}, {one.author_name}: {one.value.title}", *_content(one)]
    facts = {**_facts(row), **({"history": [_facts(one) for one in history]} if desk.options.history else {})}
    desk.terminal.show(facts, lines)
    return faults.OK


def search(desk: Desk) -> int:
    """Notes and records with all of the words."""
    from fieldkit.app.rows import EntryFilter
    from fieldkit.app.told import found_records
    from ui.cli import choose, facts
    from ui.cli.words import NoteWords

    if desk.options.limit < 1:
        raise Mistake("cli.limit", field="limit")
    words, limit = " ".join(desk.options.words), desk.options.limit
    with opened(desk) as vault:
        asked = desk.options.assessment
        only = None if asked is None else choose.assessment(vault.questions, asked).id
        hits = vault.questions.search(words, EntryFilter(assessment=only, limit=limit))
        rows = found_records(vault.questions, words, only, limit)
        words_of = NoteWords(vault.questions)
        notes = words_of.lines([hit.row for hit in hits])
        found = [facts.hit(hit, words_of.source(hit.row)) for hit in hits]
    lines = [*notes, *([""] if notes and rows else []), *(_table(rows) if rows else [])]
    desk.terminal.show(
        {"notes": found, "records": [_facts(row) for row in rows]},
        lines or "Nothing was found.",
    )
    desk.terminal.say_narrowed()
    return faults.OK


def _kinds(wanted: str | None) -> list[str]:
    """All kinds, or the one that is meant by its word in the log or on the screen."""
    from fieldkit.domain.kinds import FIELDWORK
    from ui.presenters.wording.kinds import kind_of_record

    if wanted is None:
        return list(FIELDWORK)
    key = wanted.strip().casefold().replace("-", "_").replace(" ", "_")
    meant = [kind for kind in FIELDWORK if key in (kind, kind_of_record(kind).casefold().replace(" ", "_"))]
    if not meant:
        raise Mistake("cli.choice", what="--kind", given=wanted, choices=", ".join(sorted(FIELDWORK)))
    return meant


def _records(questions: Questions, kinds: Iterable[str], assessment: Any) -> list[RecordRow]:
    return [row for kind in kinds for row in questions.records(kind, assessment=assessment)]


def record_named(questions: Questions, wanted: str) -> RecordRow:
    """A record by its title, its id or the end of it. Raises ``Mistake('cli.not_found' | 'cli.which')``."""
    from ui.cli import choose

    rows = _records(questions, _kinds(None), None)
    return choose.pick("record", rows, wanted, lambda row: row.value.title, lambda row: row.record)


def _table(rows: Iterable[RecordRow]) -> list[str]:
    from ui.cli import choose, words
    from ui.presenters.wording.kinds import kind_of_record

    return words.columns(
        ("Kind", "What", "By", "When", "Status", "Id"),
        [
            (
                kind_of_record(row.kind), " ".join(row.value.title.split()), row.author_initials, _when(row),
                _status(row), choose.short(row.record),
            )
            for row in rows
        ],
    )  # fmt: skip


def _page(row: RecordRow) -> list[str]:
    from ui.presenters.wording.kinds import kind_of_record

    known = [
        ("Record", row.record), ("Kind", kind_of_record(row.kind)), ("What", row.value.title),
        ("By", f"{row.author_name}, {_when(row)}"), ("Status", _status(row)),
        ("Accounts", f"{row.heads} that nobody has decided between" if row.heads > 1 else ""),
    ]  # fmt: skip
    return [*(f"{label + ':':<11}{value}" for label, value in known if value), "", *_content(row)]


def _content(row: RecordRow) -> list[str]:
    """Each field that holds something, as it is kept."""
    shown = row.content.items()
    return [
        f"  {name}: {_said(value)}" for name, value in shown if value not in ("", None, [], {}) and name != "assessment"
    ]


def _said(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _when(row: RecordRow) -> str:
    from ui.presenters.wording import ui

    local = row.recorded_at.astimezone()
    return f"{ui.day(local.date())} {local:%H:%M}"


def _status(row: RecordRow) -> str:
    from ui.presenters.wording import ui

    return ", ".join([*([ui.BARRED[row.barred]] if row.barred else []), ui.STATUS[row.status]])


def _facts(row: RecordRow) -> dict[str, Any]:
    from fieldkit.kernel.clock import to_stamp

    return {
        "id": row.record, "kind": row.kind, "title": row.value.title, "content": dict(row.content),
        "revision": row.revision, "heads": row.heads, "author": row.author, "author_name": row.author_name,
        "is_mine": row.is_mine, "recorded_at": to_stamp(row.recorded_at), "status": row.status.value,
        "confirmed_at": to_stamp(row.confirmed_at) if row.confirmed_at else None,
        "barred": row.barred.value if row.barred else None,
    }  # fmt: skip
