"""What ``fieldkit touchpoint add|list|show`` does."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.casework import case_file, facts_of, named_case, today
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from fieldkit.app.case_file import CaseFile
    from fieldkit.domain.assessment import Activity
    from fieldkit.domain.case import Case
    from storage.vault import OpenVault


def add_touchpoint(desk: Desk) -> int:
    """Add an event; the case is followed from here on, if it was not before."""
    from fieldkit.app.touchpoints import add_touchpoint as put_on
    from ui.cli.words import frameworks_of
    from ui.presenters.case.event_fields import Reading, event_of

    with opened(desk) as vault:
        case = named_case(vault.questions, desk.options.case, desk.options.assessment)
        activity = activity_of(vault, case)
        case = named_case(vault.questions, case.code, desk.options.assessment)
        file = case_file(vault.questions, case, today(desk))
        frameworks = frameworks_of(file.assessment)
        reading = Reading(file=file, frameworks=frameworks, today=today(desk))
        event = event_of(_values(desk), reading)
        made, _ = vault.perform(partial(put_on, activity=activity, event=event, today=today(desk)))
        file = case_file(vault.questions, case, today(desk))
    place, row = next((at, one) for at, one in enumerate(_rows(file, desk), start=1) if one.id == made.id)
    desk.terminal.show(_one(file, desk, place), f"{case.code}/{place}  {row.sentence}")
    return faults.OK


def list_touchpoints(desk: Desk) -> int:
    """Every event in order."""
    from fieldkit.reports.case_words import findings, summary
    from ui.cli.words import columns

    with opened(desk) as vault:
        case = named_case(vault.questions, desk.options.case, desk.options.assessment)
        file = case_file(vault.questions, case, today(desk)) if case.activity is not None else None
    rows = _rows(file, desk) if file is not None else ()
    if file is None or not rows:
        desk.terminal.show([], "No events yet.")
        return faults.OK
    cells = [
        (str(at), row.when, row.wait, row.service, row.happened, ("! " if row.is_concern else "") + row.tags)
        for at, row in enumerate(rows, start=1)
    ]
    table = columns(("No.", "When", "Wait", "Service", "What happened", "Tags"), cells)
    words = [*table, "", summary(file.case, file.path), *findings(file.path, today(desk))]
    desk.terminal.show(facts_of(file, today(desk))["events"], words)
    return faults.OK


def show_touchpoint(desk: Desk) -> int:
    """One event whole."""
    from fieldkit.reports.case_words import KINDS, hand_over_words, source_words

    with opened(desk) as vault:
        case = named_case(vault.questions, desk.options.case, desk.options.assessment)
        file = case_file(vault.questions, case, today(desk)) if case.activity is not None else None
    rows = _rows(file, desk) if file is not None else ()
    number = desk.options.number
    if file is None or not 1 <= number <= len(rows):
        raise Mistake("touchpoint.unknown", number=number, code=case.code)
    row, one = rows[number - 1], file.path.steps[number - 1].touchpoint
    facts = (
        ("Event", f"{case.code}/{number}"), ("When", row.when), ("Wait", row.wait_words), ("Service", row.service),
        ("To", one.towards), ("Kind", KINDS[one.kind]), ("Happened", one.happened), ("Words", one.exact_words),
        ("Should have", one.should_have), ("Source", source_words(one)),
        ("Handover", hand_over_words(one.hand_over) if one.hand_over else ""),
        ("I statement", "; ".join(one.statements)), ("Tags", row.tags), ("Concern", "yes" if row.is_concern else ""),
        ("Notes", str(file.notes.get(one.id, 0))),
    )  # fmt: skip
    lines = [f"{label + ':':<13}{value}" for label, value in facts if value]
    desk.terminal.show(_one(file, desk, number), lines)
    return faults.OK


def activity_of(vault: OpenVault, case: Case) -> Activity:
    """The case's own, or a new one on the only visit there is."""
    from fieldkit.app.cases import follow_case
    from ui.cli import choose

    if case.activity is not None:
        return vault.questions.activity(case.activity)
    visit = choose.visit(vault.questions, None, vault.questions.assessment(case.assessment))
    return vault.perform(partial(follow_case, case=case.id, visit=visit))[0]


def _values(desk: Desk) -> dict[str, str]:
    """The options as the window's form would hold them."""
    options = desk.options
    values = {"when": options.when, "sources": "\n".join(options.source), "tags": ""}
    if options.kind == "words":
        return {**values, "exact_words": options.text, "sources": values["sources"] or "person"}
    values |= {
        "organisation": options.service, "towards": options.to, "happened": options.text,
        "should_have": options.should_have, "kind": (options.kind or "").replace("-", "_"), "told": "",
        "accord": "differ" if options.sources_differ else "unknown", "exact_words": options.words,
        "standard": options.standard, "statement": "\n".join(options.i_statement),
    }  # fmt: skip
    return {**values, **_checks(options.check)}


def _checks(asked: list[str]) -> dict[str, str]:
    from fieldkit.domain.touchpoint import HandOver

    if not asked:
        return {}
    found = dict.fromkeys(HandOver.points(), "unknown")
    for text in asked:
        point, _, answer = text.partition("=")
        name = point.strip().replace("-", "_")
        if name not in found or answer not in ("yes", "no", "unknown"):
            raise Mistake("cli.not_found", what="check", wanted=text)
        found[name] = answer
    return found


def _rows(file: CaseFile, desk: Desk) -> tuple[Any, ...]:
    from fieldkit.reports.case_words import event_words

    return event_words(file.path, file.tags, today(desk))


def _one(file: CaseFile, desk: Desk, number: int) -> dict[str, Any]:
    found: dict[str, Any] = facts_of(file, today(desk))["events"][number - 1]
    return found
