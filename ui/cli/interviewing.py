"""What ``fieldkit interview …`` does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake
from ui.cli import faults, paper
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from fieldkit.app.interviews import Interview
    from fieldkit.app.ports import Questions, UnitOfWork
    from fieldkit.domain.asked import QuestionSet
    from fieldkit.kernel.ids import ActivityId
    from storage.vault import OpenVault
    from ui.presenters.interview.state import GuideRow


def start(desk: Desk) -> int:
    """Choose the questions."""
    from fieldkit.app import interviews
    from fieldkit.app.guide_library import script_for

    options = desk.options
    with opened(desk) as vault:
        known = chosen(vault.questions, options.interview)
        activity = known.activity

        def begin(uow: UnitOfWork) -> QuestionSet:
            found = interviews.choose_guide(
                uow,
                activity.id,
                _guide(uow, known, options.guide) if options.guide else None,
                script_for(activity.kind),
            )
            if options.people is not None:
                interviews.set_size(uow, activity.id, options.people)
            return found

        vault.perform(begin)
        show_interview(desk, vault, activity.id)
    return faults.OK


def consent(desk: Desk) -> int:
    """Record what was agreed."""
    from fieldkit.app.consents import Answers, set_consent
    from fieldkit.app.guide_library import script_for
    from fieldkit.domain.consent import Agreed, Attribution, Quoting
    from fieldkit.domain.framework import SpeakerKind

    options = desk.options
    agreed = {
        "yes": Agreed.GIVEN, "no": Agreed.REFUSED, "for-them": Agreed.GIVEN_FOR_THEM, "power": Agreed.NOT_REQUIRED,
    }  # fmt: skip
    quotes = {"unnamed": Quoting.UNNAMED, "yes": Quoting.YES, "ask": Quoting.ASK, "no": Quoting.NO}
    with opened(desk) as vault:
        known = chosen(vault.questions, options.interview)
        script = known.asked.consent if known.asked is not None else script_for(known.activity.kind)
        answers = Answers(
            agreed=agreed[options.agreed], how=options.how, given_by=options.given_by, given_why=options.why,
            power=options.power, attribution=Attribution(options.attribution.replace("-", "_")),
            quoting=quotes.get(options.quotes or ""), may_contact=options.contact_again,
            band=SpeakerKind(options.band) if options.band else None, role=options.role, name=options.name,
            reason=options.reason, person=options.person, script=script.name,
        )  # fmt: skip
        vault.perform(partial(set_consent, activity=known.activity.id, answers=answers))
        show_interview(desk, vault, known.activity.id)
    return faults.OK


def withdraw(desk: Desk) -> int:
    """The person takes their consent back."""
    from fieldkit.app.consents import withdraw_consent
    from ui.presenters.dates import read_day

    options = desk.options
    with opened(desk) as vault:
        known = chosen(vault.questions, options.interview)
        on = read_day(options.on, desk.clock.now().astimezone().date(), "on")
        vault.perform(
            partial(
                withdraw_consent, activity=known.activity.id, person=options.person, on=on, reason=options.reason
            )
        )  # fmt: skip
        show_interview(desk, vault, known.activity.id)
    return faults.OK


def answer(desk: Desk) -> int:
    """A note with the question's statements."""
    from fieldkit.app.cases import cases_of
    from fieldkit.app.entries import record_entry
    from fieldkit.app.noting import note_from
    from fieldkit.capture.parse import parse
    from fieldkit.capture.vocabulary import Vocabulary
    from ui.cli import facts
    from ui.cli.words import NoteWords, frameworks_of
    from ui.presenters.interview.codes import GROUP

    options = desk.options
    with opened(desk) as vault:
        known = chosen(vault.questions, options.interview)
        question = None if options.question == "-" else question_of(known, options.question)
        frameworks = frameworks_of(vault.questions.assessment(known.activity.assessment))
        vocabulary = Vocabulary(
            frameworks=tuple(frameworks), people=(*GROUP, *vault.questions.people(known.activity.visit)),
            cases=tuple(cases_of(vault.questions, known.activity.assessment)),
        )  # fmt: skip
        captured = parse(options.text, vocabulary)
        new = note_from(
            captured, known.activity, frameworks, agenda_item=question.id if question else None,
            targets=question.targets if question else (), band=known.session.band if known.session else None,
            noticed_at=paper.moment(desk, known.activity), origin=paper.origin(desk),
        )  # fmt: skip
        new = replace(new, noticed_by_hand=options.at is not None)
        entry, _ = vault.perform(lambda uow: record_entry(uow, known.activity, new))
        row = vault.questions.entry(entry.id)
        words = NoteWords(vault.questions)
        desk.terminal.show(facts.note(row, words.source(row)), words.line(row))
    return faults.OK


def skip(desk: Desk) -> int:
    """Pass a question over."""
    from fieldkit.app.interviews import skip_question

    options = desk.options
    with opened(desk) as vault:
        known = chosen(vault.questions, options.interview)
        question = question_of(known, options.question)
        vault.perform(
            partial(
                skip_question, activity=known.activity.id, question=question.id, reason=options.reason,
                elsewhere=options.elsewhere,
            )
        )  # fmt: skip
        show_interview(desk, vault, known.activity.id)
    return faults.OK


def list_interviews(desk: Desk) -> int:
    """All interviews and focus groups."""
    from ui.cli import choose, words

    with opened(desk) as vault:
        found = _all(vault.questions)
        stands = [_stands(desk, vault.questions, one) for one in found]
    lines = words.columns(
        ("Interview", "Kind", "Consent", "Shown as", "Answered", "Id"),
        [
            (
                _title(one), one.activity.kind.value.replace("_", " "),
                one.consent.agreed.value.replace("_", " ") if one.consent else "not recorded",
                one.consent.attribution.value.replace("_", " ") if one.consent and one.consent.allows else "",
                _progress(one, stand), choose.short(one.activity.id),
            )
            for one, stand in zip(found, stands, strict=True)
        ],
    )  # fmt: skip
    nothing = 'No interviews yet. Plan one: fieldkit activity add "Interview: matron" --kind interview'
    facts = [_facts(one, stand) for one, stand in zip(found, stands, strict=True)]
    desk.terminal.show(facts, lines if found else nothing)
    return faults.OK


def show(desk: Desk) -> int:
    """One interview: consent, questions, notes."""
    with opened(desk) as vault:
        show_interview(desk, vault, chosen(vault.questions, desk.options.interview).activity.id, with_notes=True)
    return faults.OK


def show_interview(
    desk: Desk, vault: OpenVault, activity: ActivityId, *, with_notes: bool = False, said: str = ""
) -> None:
    """An interview as it is now; ``said`` is a line about what was just done."""
    from fieldkit.app.interviews import read_interview
    from fieldkit.app.rows import EntryFilter
    from ui.cli.words import NoteWords
    from ui.presenters.interview.consent_form import HOW
    from ui.presenters.interview.words import consent_lines, guide_rows

    known = read_interview(vault.questions, activity)
    stand = _stands(desk, vault.questions, known)
    rows = guide_rows(known, stand.answered, "", known.questions, stand.waiting)
    lines = [_title(known), *(f"{word} {value}".strip() for word, value in consent_lines(known.consent, HOW))]
    lines += [said] * bool(said) + [""] * bool(rows)
    lines += [
        ". ".join(part for part in (f"{row.number:>3}  {row.title}  {_word(row)}", row.reason) if part) for row in rows
    ]
    if with_notes:
        notes = vault.questions.entries(EntryFilter(activity=activity, limit=10_000))
        lines += ["", *NoteWords(vault.questions).lines(notes)] if notes else []
    desk.terminal.show(_facts(known, stand), lines)


def _facts(known: Interview, stand: _Stand) -> dict[str, Any]:
    return {
        "activity": known.activity.id, "kind": known.activity.kind.value, "title": known.activity.title,
        "reference": known.reference, "has_begun": known.session is not None,
        "session": known.session.to_content() if known.session else None,
        "consent": known.consent.told().to_content() if known.consent else None,
        "personal_consents": {person: one.told().to_content() for person, one in sorted(known.personal.items())},
        "questions": [
            {"id": one.id, "text": one.text, "applies": one.id not in stand.waiting,
             "only_if": stand.waiting.get(one.id, "")}
            for one in known.questions
        ],
        "answered": len(stand.answered),
    }  # fmt: skip


def _title(known: Interview) -> str:
    """Its reference; an interview that has not begun is called as it is planned."""
    return known.reference if known.consent is not None else known.activity.title


@dataclass(frozen=True, slots=True)
class _Stand:
    """Which questions a note answers, and which do not apply, each with when it would."""

    answered: frozenset[str]
    waiting: Mapping[str, str]


def _stands(desk: Desk, questions: Questions, known: Interview) -> _Stand:
    from fieldkit.app.asked_now import answers_in, not_applying
    from fieldkit.app.rows import EntryFilter

    notes = questions.entries(EntryFilter(activity=known.activity.id, limit=10_000))
    answered = frozenset(row.entry.agenda_item for row in notes if row.entry.agenda_item and row.withdrawal is None)
    return _Stand(answered, not_applying(known, answers_in(notes), desk.clock.now().astimezone()))


def _progress(known: Interview, stand: _Stand) -> str:
    """``3 of 9``: of the questions that apply, or were asked all the same."""
    counted = [one for one in known.questions if one.id not in stand.waiting or one.id in stand.answered]
    return f"{len(stand.answered)} of {len(counted)}"


def _word(row: GuideRow) -> str:
    return f"Does not apply, {row.word[0].lower()}{row.word[1:]}" if row.waits else row.word


def _all(questions: Questions) -> list[Interview]:
    from fieldkit.app.interviews import read_interview
    from fieldkit.domain.sources import CONSENTED

    visits = [visit for row in questions.assessments() for visit in row.visits]
    activities = [row.activity for visit in visits for row in questions.activities(visit.id)]
    return [read_interview(questions, one.id) for one in activities if one.kind in CONSENTED]


def chosen(questions: Questions, wanted: str) -> Interview:
    """The interview that is meant by its reference, its name or its id. Raises ``Mistake('cli.not_found')``."""
    from ui.cli import choose

    found = _all(questions)
    by_reference = [one for one in found if one.session is not None and one.reference.casefold() == wanted.casefold()]
    if len(by_reference) == 1:
        return by_reference[0]
    return choose.pick("interview", found, wanted, lambda one: one.activity.title, lambda one: one.activity.id)


def question_of(known: Interview, wanted: str) -> Any:
    """The question that is meant by its number or a word. Raises ``Mistake('cli.not_found')``."""
    from ui.presenters.interview.finding import found_question

    found = found_question(known.questions, wanted)
    if found is None:
        raise Mistake("cli.not_found", what="question", wanted=wanted)
    return found


def _guide(uow: UnitOfWork, known: Interview, wanted: str) -> Any:
    """A guide of the assessment by title or id; else one that came with the program, which then is added."""
    from fieldkit.app.guide_library import built_in
    from fieldkit.app.guides import add_built_in, guides
    from ui.cli import choose
    from ui.cli.words import frameworks_of

    assessment = known.activity.assessment
    here = [row.value for row in guides(uow.questions, assessment)]
    try:
        return choose.pick("guide", here, wanted, lambda one: one.title, lambda one: one.id)
    except Mistake as mistake:
        if mistake.code == "cli.which":
            raise
    same = next((one for one in here if one.form_id == wanted.strip().casefold()), None)
    if same is not None:
        return same
    frameworks = frameworks_of(uow.questions.assessment(assessment))
    return add_built_in(uow, assessment, built_in(wanted), frameworks).guide
