"""The forms of Scores: one's own judgement, what the team settles on, an override, a score that is only tried out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from fieldkit.app.scores import NewJudgement, NewModeration, NewOverride, judge, moderate, override
from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import Confidence, Judged, Judgement, Moderation
from fieldkit.domain.method import Level
from fieldkit.domain.working import INSUFFICIENT, not_chosen
from fieldkit.kernel.ids import AssessmentId, EntryId
from ui.presenters.dates import day_check, read_day
from ui.presenters.forms import Action, Entry, Form, FormField, Option, Values, chosen
from ui.presenters.services import Session
from ui.presenters.wording import ui

Done = Callable[[Any], None]
_TOO_LITTLE, _NOT_YET = "insufficient", "none"


def judge_form(
    session: Session, assessment: AssessmentId, framework: Framework, judged: Judged, mine: Judgement | None,
    offered: Sequence[Option], done: Done,
) -> Form:  # fmt: skip
    """One's own judgement: why first, then the score, then what it rests on."""
    today = session.clock.now().astimezone().date()
    offered = tuple(offered)
    fields = [
        FormField(name="text", needed="score.no_text", label="What do you judge, and why?", entry=Entry.LONG, rows=5),
    ]
    if framework.method.chosen_from is not None:
        options = _scores(framework, judged.subject)
        fields.append(
            FormField(
                name="value",
                needed="score.choose" if framework.method.has_scores else "score.choose_rating",
                label=_noun(framework),
                entry=Entry.CHOICE,
                options=options,
            )
        )
    if offered:
        fields += [
            FormField(name="relied_on", label="Evidence you relied on", entry=Entry.MANY, options=offered),
            FormField(name="against", label="Evidence that points the other way", entry=Entry.MANY, options=offered),
        ]
    else:
        fields.append(
            FormField(
                name="no_notes", entry=Entry.WORDS,
                label="No note is tagged to this statement yet. "
                f"A {framework.method.noun} wants at least one: tag it on Evidence",
            )
        )  # fmt: skip
    fields += [
        FormField(
            name="confidence", label="How sure are you? (optional)", entry=Entry.CHOICE,
            options=tuple(Option(one.value, one.value.capitalize()) for one in Confidence),
        ),
        FormField(
            name="carried_from", label="Carried forward from (optional)", hint="The day of the earlier judgement",
            check=day_check(today),
        ),
    ]  # fmt: skip

    def submit(values: Values) -> Action:
        new = NewJudgement(
            assessment=assessment, judged=judged, text=values["text"], value=_value(values.get("value", "")),
            insufficient=values.get("value", "") == _TOO_LITTLE, relied_on=_notes(values.get("relied_on", "")),
            against=_notes(values.get("against", "")),
            confidence=Confidence(values["confidence"]) if values["confidence"] else None,
            carried_from=read_day(values["carried_from"], today, "carried_from"),
        )  # fmt: skip
        return lambda uow: judge(uow, framework, new)

    return Form(
        session, fields, place=_place("judgement", assessment, judged), submit=submit, done=done,
        first=_first(mine), initiator="scores",
    )  # fmt: skip


def moderate_form(
    session: Session, assessment: AssessmentId, framework: Framework, judged: Judged, before: Moderation | None,
    done: Done,
) -> Form:  # fmt: skip
    """What the team settles on."""
    why = "score.no_reason" if framework.method.has_scores else "score.no_rating_reason"
    fields = (
        FormField(name="text", needed="score.no_text", label="The team's judgement", entry=Entry.LONG, rows=4),
        FormField(
            name="value", needed=no_choice(framework), label=_noun(framework), entry=Entry.CHOICE,
            options=_scores(framework, judged.subject, is_open=False),
        ),
        FormField(
            name="reason", needed=why, label=f"Why this {framework.method.noun}?", entry=Entry.LONG,
            rows=3,
        ),
    )  # fmt: skip

    def submit(values: Values) -> Action:
        new = NewModeration(
            assessment=assessment, judged=judged, text=values["text"], reason=values["reason"],
            value=_value(values["value"]), insufficient=values["value"] == _TOO_LITTLE,
        )  # fmt: skip
        return lambda uow: moderate(uow, framework, new)

    first = {}
    if before is not None:
        first = {"text": before.text, "reason": before.reason, "value": _chosen(before.value, before.insufficient)}
    return Form(
        session, fields, place=_place("moderation", assessment, judged), submit=submit, done=done, first=first,
        initiator="scores",
    )  # fmt: skip


def override_form(
    session: Session, assessment: AssessmentId, framework: Framework, figure: str, *, is_there: bool, done: Done
) -> Form:
    """Another rating than the scores add up to."""
    options = [Option(one.id, one.label) for one in framework.method.bands]
    if is_there:
        options.append(Option(_NOT_YET, "Take the override back"))
    fields = (
        FormField(
            name="band", needed="score.choose_band", label="Rating", entry=Entry.CHOICE, options=tuple(options)
        ),
        FormField(
            name="rationale", needed="score.no_rationale", label="Why does it depart from the scores?",
            entry=Entry.LONG, rows=4,
        ),
        FormField(name="approver", needed="score.no_approver", label="Approved by", hint="Name or post"),
    )  # fmt: skip

    def submit(values: Values) -> Action:
        new = NewOverride(
            assessment=assessment, pack=framework.id, figure=figure,
            band=None if values["band"] == _NOT_YET else values["band"], rationale=values["rationale"],
            approver=values["approver"],
        )  # fmt: skip
        return lambda uow: override(uow, framework, new)

    return Form(
        session, fields, place=f"form/override/{assessment}/{framework.id}/{figure or 'overall'}", submit=submit,
        done=done, initiator="scores",
    )  # fmt: skip


def _place(kind: str, assessment: AssessmentId, judged: Judged) -> str:
    """Where its draft lies: with the pack and the category, or the draft of one would stand in the form of another."""
    return "/".join(filter(None, ("form", kind, assessment, judged.pack, judged.subject, judged.category)))


def _scores(framework: Framework, subject: str, *, is_open: bool = True) -> tuple[Option, ...]:
    scale = framework.method.chosen_from
    levels = scale.worst_first if scale is not None else ()
    found = [Option(str(one.value), step_words(framework, subject, one)) for one in levels]
    found.append(Option(_TOO_LITTLE, INSUFFICIENT))
    return (*found, Option(_NOT_YET, not_chosen(framework))) if is_open else tuple(found)


def step_words(framework: Framework, subject: str, level: Level) -> str:
    """``3  The evidence shows a good standard``; a rating by its characteristic and never by a number."""
    if framework.method.has_scores:
        return f"{level.value}  {level.meaning.rstrip('.') or level.label}"
    return f"{level.label}: {framework.characteristic(subject, level.value) or level.meaning}".rstrip(": ")


def no_choice(framework: Framework) -> str:
    """The code of the sentence beside the field where nothing was chosen."""
    return "score.no_score" if framework.method.has_scores else "score.no_rating"


def _noun(framework: Framework) -> str:
    return framework.method.noun.capitalize()


def _first(mine: Judgement | None) -> dict[str, str]:
    if mine is None:
        return {}
    return {
        "text": mine.text, "value": _chosen(mine.value, mine.insufficient),
        "relied_on": "\n".join(mine.relied_on), "against": "\n".join(mine.against),
        "confidence": mine.confidence.value if mine.confidence else "",
        "carried_from": ui.day(mine.carried_from) if mine.carried_from else "",
    }  # fmt: skip


def _chosen(value: int | None, insufficient: bool) -> str:
    return _TOO_LITTLE if insufficient else _NOT_YET if value is None else str(value)


def _value(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def _notes(text: str) -> tuple[EntryId, ...]:
    return tuple(EntryId(one) for one in chosen(text))
