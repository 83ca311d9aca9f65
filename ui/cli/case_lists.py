"""What ``fieldkit touchpoint paste|gaps`` and ``fieldkit case compare`` do."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake, Trouble
from ui.cli import faults
from ui.cli.casework import case_file, named_case, save_final, today
from ui.cli.desk import Desk
from ui.cli.timelines import activity_of
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from fieldkit.app.case_comparison import Compared
    from fieldkit.kernel.ids import AssessmentId
    from fieldkit.reports.case_comparison import CaseColumn, CompareRow
    from storage.vault import OpenVault
    from ui.presenters.case.pasting import PastedLine


_LARGEST = 2**20
"""Bytes; 200 events have some 20 kB."""


def paste_touchpoints(desk: Desk) -> int:
    """Add the events of a dated list in one go, or say what would come of it."""
    from fieldkit.app.event_list import add_touchpoints
    from ui.cli.words import frameworks_of
    from ui.presenters.case.event_fields import Reading
    from ui.presenters.case.pasting import events_of, read_pasted

    options = desk.options
    text = _text(desk, options.file)
    with opened(desk) as vault:
        case = named_case(vault.questions, options.case, options.assessment)
        activity = activity_of(vault, case)
        case = named_case(vault.questions, case.code, options.assessment)
        file = case_file(vault.questions, case, today(desk))
        reading = Reading(file=file, frameworks=frameworks_of(file.assessment), today=today(desk))
        values = {"text": text, "organisation": options.service, "good": "yes" if options.good_lines else ""}
        lines = read_pasted(values, reading)
        for line in lines:
            desk.terminal.remark(line.words)
        if options.dry_run:
            desk.terminal.show(_previewed(lines), "Nothing was added.")
            return faults.OK
        events = events_of(values, reading)
        made, _ = vault.perform(partial(add_touchpoints, activity=activity, events=events, today=today(desk)))
    words = f"{len(made)} event{'' if len(made) == 1 else 's'} added to {case.code}. Saved on this laptop"
    desk.terminal.show([{"id": one.id, **one.to_content()} for one in made], words)
    return faults.OK


def gaps_of_case(desk: Desk) -> int:
    """The gaps of a case, or a note made of one."""
    from fieldkit.app.case_gap_note import note_gap
    from fieldkit.domain.case_gaps import gaps
    from fieldkit.reports.case_words import gap_words
    from ui.cli.words import frameworks_of
    from ui.presenters.case.event_fields import Reading
    from ui.presenters.case.gap_fields import gap_note, gap_values

    options = desk.options
    with opened(desk) as vault:
        case = named_case(vault.questions, options.case, options.assessment)
        file = case_file(vault.questions, case, today(desk)) if case.activity is not None else None
        found = gaps(file.path) if file is not None else ()
        if options.note is None or file is None:
            place = {step.touchpoint.id: at for at, step in enumerate(file.path.steps, start=1)} if file else {}
            lines = [f"{at}. {case.code}/{place[gap.event]}: {gap_words(gap)}" for at, gap in enumerate(found, start=1)]
            facts = [{"event": gap.event, "kind": gap.kind.value, "sentence": gap_words(gap)} for gap in found]
            desk.terminal.show(facts, lines or ["No gaps."])
            return faults.OK
        if not 1 <= options.note <= len(found):
            raise Mistake("gap.unknown", number=options.note, code=case.code)
        gap, packs = found[options.note - 1], frameworks_of(file.assessment)
        values = gap_values((gap,), packs, with_year=True)
        values |= {name: given for name, given in (("text", options.text), ("tags", options.tags)) if given}
        note = gap_note(values, Reading(file=file, frameworks=packs, today=today(desk)))
        entry, _ = vault.perform(partial(note_gap, activity=file.activity, event=gap.event, note=note))
    desk.terminal.show({"id": entry.id, **entry.to_content()}, f"Noted: {entry.text}")
    return faults.OK


def compare_cases(desk: Desk) -> int:
    """The cases that are followed side by side; ``--gave`` = what evidence each gave."""
    from fieldkit.app.case_comparison import read_compared
    from fieldkit.reports.case_comparison import compare_rows, compare_summary, given_rows, given_summary
    from ui.cli import choose
    from ui.cli.words import columns, known_frameworks
    from ui.presenters.compare.page import columns_of

    options = desk.options
    with opened(desk) as vault:
        found = choose.assessment(vault.questions, options.assessment)
        codes = [named_case(vault.questions, one, options.assessment).code for one in options.cases]
        packs = known_frameworks(found)
        compared = read_compared(vault.questions, found.id, packs, today(desk), codes)
        cases, pack = columns_of(compared), compared.framework
        if not cases:
            raise Mistake("compare.none")
        if options.save is not None:
            _save(desk, vault, found.id, compared, Path(options.save))
    if not options.gave or pack is None:
        rows = compare_rows(cases, pack)
        table = columns(("", *(one.code for one in cases)), [(row.label, *row.cells) for row in rows])
        desk.terminal.show(_facts(cases, rows), [compare_summary(cases, compared.held), "", *table])
        return faults.OK
    heads = ("Statement", *(category.short for category in pack.categories))
    lines: list[str] = []
    for one in cases:
        table = columns(heads, [(row.label, *row.cells) for row in given_rows(one, pack)])
        lines += [f"{one.code}: {given_summary(one, pack, compared.subject)}", *table, ""]
    desk.terminal.show([_given(one) for one in cases], lines)
    return faults.OK


def _text(desk: Desk, file: str) -> str:
    """Standard input for ``-``; of a file no more than any list has, whatever it turns out to be."""
    from fieldkit.exchange.separated import decoded

    if file == "-":
        return desk.stdin.read(_LARGEST)
    try:
        with Path(file).open("rb") as source:
            return decoded(source.read(_LARGEST))
    except FileNotFoundError as error:
        raise Mistake("cli.file_missing", field="file", file=file) from error
    except OSError as error:
        raise Trouble("cli.file_unread", file=file) from error


def _previewed(lines: tuple[PastedLine, ...]) -> list[dict[str, Any]]:
    return [{"line": one.number, "words": one.words, "is_wrong": one.is_wrong} for one in lines]


def _facts(cases: tuple[CaseColumn, ...], rows: tuple[CompareRow, ...]) -> list[dict[str, Any]]:
    codes = [one.code for one in cases]
    return [{"what": row.label, "cases": dict(zip(codes, row.cells, strict=True))} for row in rows]


def _given(one: CaseColumn) -> dict[str, Any]:
    cells = [
        {"statement": place[0], "category": place[1], "notes": count, "alone": place in one.alone}
        for place, count in sorted(one.items.items())
    ]
    return {"case": one.code, "notes": one.notes, "cells": cells}


def _save(desk: Desk, vault: OpenVault, assessment: AssessmentId, compared: Compared, path: Path) -> None:
    from fieldkit.app.final_scope import of_comparison
    from fieldkit.reports.case_comparison import compose_comparison
    from ui.presenters.compare.page import columns_of

    document = compose_comparison(
        compared.assessment, columns_of(compared), compared.framework, compared.subject, compared.held, today(desk)
    )
    records = of_comparison(vault.questions, assessment, [file.activity.id for file in compared.files])
    save_final(desk, vault, assessment, records, document, path)
