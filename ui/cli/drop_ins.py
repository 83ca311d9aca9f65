"""What ``fieldkit dropin …`` does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake
from ui.cli import faults, paper
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from datetime import datetime

    from fieldkit.app.conversations import DropIn
    from fieldkit.app.ports import Questions


def add_conversation(desk: Desk) -> int:
    """One conversation, with its note if anything was said."""
    from fieldkit.app.cases import cases_of
    from fieldkit.app.conversations import NewConversation, record_conversation
    from fieldkit.app.noting import note_from
    from fieldkit.capture.parse import parse
    from fieldkit.capture.vocabulary import Vocabulary
    from ui.cli.words import frameworks_of
    from ui.presenters.dropin.who import read_who, spoken
    from ui.presenters.wording import ui

    options = desk.options
    who = read_who(options.who)
    with opened(desk) as vault:
        found = _drop_in(vault.questions, options.activity)
        frameworks = tuple(frameworks_of(vault.questions.assessment(found.activity.assessment)))
        cases = tuple(cases_of(vault.questions, found.activity.assessment))
        people = tuple(vault.questions.people(found.activity.visit))
        captured = parse(options.text, Vocabulary(frameworks=frameworks, people=people, cases=cases))
        began, whence = _began(desk, found, who.minutes), paper.origin(desk)
        note = note_from(captured, found.activity, frameworks, noticed_at=began, band=who.band, origin=whence)
        new = NewConversation(began=began, people=who.people, band=who.band, minutes=who.minutes)
        said = note if options.text.strip() else None
        (made, entry), _ = vault.perform(lambda uow: record_conversation(uow, found.activity, new, said))
    words = f"{spoken(made.people, made.band)}, {ui.count(made.minutes, 'minute')}. Saved on this laptop"
    desk.terminal.show({**_facts(made), "note": entry.id if entry else None}, words)
    return faults.OK


def _began(desk: Desk, found: DropIn, minutes: int | None) -> datetime:
    """``--at``, or now. Raises ``Mistake('dropin.paper_minutes' | 'entry.noticed_in_future')``."""
    at, now = paper.moment(desk, found.activity), desk.clock.now()
    if at is None:
        return now
    if minutes is None:
        raise Mistake("dropin.paper_minutes", field="who", who=desk.options.who)
    if at > now:
        raise Mistake("entry.noticed_in_future", field="at")
    return at


def list_drop_ins(desk: Desk) -> int:
    """Each drop-in with what it came to."""
    from ui.cli import choose, words
    from ui.cli.words import known_frameworks
    from ui.presenters.dropin.words import totals_of

    with opened(desk) as vault:
        found = _all(vault.questions)
        totals = [
            totals_of(one, known_frameworks(vault.questions.assessment(one.activity.assessment))) for one in found
        ]
    lines = words.columns(
        ("Drop-in", "Conversations", "People", "Minutes", "Id"),
        [
            (one.activity.title, str(sum_.conversations), str(sum_.people), str(sum_.minutes),
             choose.short(one.activity.id))
            for one, sum_ in zip(found, totals, strict=True)
        ],
    )  # fmt: skip
    facts = [
        {
            "activity": one.activity.id, "title": one.activity.title, "conversations": sum_.conversations,
            "people": sum_.people, "minutes": sum_.minutes, "by_band": dict(sum_.bands), "by_theme": dict(sum_.themes),
        }
        for one, sum_ in zip(found, totals, strict=True)
    ]  # fmt: skip
    nothing = 'No drop-ins yet. Plan one: fieldkit activity add "Staff restaurant" --kind drop-in'
    desk.terminal.show(facts, lines if found else nothing)
    return faults.OK


def show_drop_in(desk: Desk) -> int:
    """The conversations of one, the newest first, and the totals."""
    from fieldkit.app.cases import cases_of
    from ui.cli.words import known_frameworks
    from ui.presenters.dropin.words import rows_of, totals_of

    with opened(desk) as vault:
        found = _drop_in(vault.questions, desk.options.activity)
        frameworks = known_frameworks(vault.questions.assessment(found.activity.assessment))
        cases = {one.id: one.code for one in cases_of(vault.questions, found.activity.assessment)}
    totals = totals_of(found, frameworks)
    lines = [f"{found.activity.title}: {totals.words}", *(row.sentence for row in rows_of(found, frameworks, cases))]
    lines += [f"{count:>4}  {words}" for words, count in (*totals.bands, *totals.themes)]
    facts = [{**_facts(one), "note": _note(found, one.id)} for one in found.counted]
    desk.terminal.show(facts, lines)
    return faults.OK


def _all(questions: Questions) -> list[DropIn]:
    from fieldkit.app.conversations import read_drop_in
    from fieldkit.domain.assessment import ActivityKind

    visits = [visit for row in questions.assessments() for visit in row.visits]
    activities = [row.activity for visit in visits for row in questions.activities(visit.id)]
    return [read_drop_in(questions, one.id) for one in activities if one.kind is ActivityKind.DROP_IN]


def _drop_in(questions: Questions, wanted: str | None) -> DropIn:
    from ui.cli import choose

    return choose.pick("drop-in", _all(questions), wanted, lambda one: one.activity.title, lambda one: one.activity.id)


def _note(found: DropIn, conversation: str) -> str | None:
    return next((row.entry.text for about, row in found.notes.items() if about == conversation), None)


def _facts(value: Any) -> dict[str, Any]:
    return {"id": value.id, **value.to_content()}
