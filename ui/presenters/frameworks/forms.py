"""The forms of Frameworks: carry tags over, with all that it would do above the choices; and a file of figures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fieldkit.app.crosswalks import Applied, CrosswalkPlan, apply_crosswalk
from fieldkit.app.ports import UnitOfWork
from fieldkit.domain.carrying import Choices
from fieldkit.domain.framework import Framework
from fieldkit.kernel.ids import AssessmentId
from ui.presenters.forms import Action, Entry, Form, FormField, Option, Values, chosen
from ui.presenters.frameworks.words import counts, named, note_words, nothing_follows, record_words, statement_words
from ui.presenters.services import Session

Done = Callable[[Applied, Choices], None]
MOST_NOTES = 200
"""Notes that a preview lists; all are counted."""
_KINDS = "Tables (*.csv *.xlsx *.xls *.ods)"


def crosswalk_form(
    session: Session, assessment: AssessmentId, older: Framework, plan: CrosswalkPlan, done: Done
) -> Form:
    """Counts, what a person has to choose, then every note that gets tags. ``done`` is told what was chosen too."""
    newer = plan.newer
    told = [f"From {named(older)} to {named(newer)}.", *counts(plan)]
    if plan.crosswalk.unconfirmed:
        told.append("This crosswalk is unconfirmed: no published source says how the two go together.")
    fields = [FormField(name=f"told{place}", label=words, entry=Entry.WORDS) for place, words in enumerate(told)]
    for step in plan.asked:
        for old in step.olds:
            fields.append(
                FormField(
                    name=f"choose/{old}", label=f"{statement_words(older, old)} (optional)", entry=Entry.CHECKS,
                    options=tuple(Option(one, statement_words(newer, one)) for one in step.news),
                )
            )  # fmt: skip
            why = f"{step.reason} Until you choose, its tags stay as they are."
            fields.append(FormField(name=f"why/{old}", label=why, entry=Entry.WORDS))
    none = nothing_follows(plan, older)
    fields += [FormField(name=f"none{at}", label=words, entry=Entry.WORDS) for at, words in enumerate(none)]
    touched = [note_words(one, older, newer) for one in plan.touched[:MOST_NOTES]]
    touched += [f"Request {one.row.value.reference}, {record_words(one, newer)}" for one in plan.records]
    if touched:
        fields.append(FormField(name="touched", label="What gets tags", entry=Entry.HEADING))
    fields += [FormField(name=f"note{at}", label=words, entry=Entry.WORDS) for at, words in enumerate(touched)]
    if len(plan.touched) > MOST_NOTES:
        more = f"and {len(plan.touched) - MOST_NOTES:,} more notes"
        fields.append(FormField(name="more", label=more, entry=Entry.WORDS))

    made: list[Choices] = [{}]

    def submit(values: Values) -> Action:
        choices: Choices = {
            name.partition("/")[2]: tuple(chosen(value))
            for name, value in values.items() if name.startswith("choose/") and value
        }  # fmt: skip
        made[0] = choices
        return lambda uow: apply_crosswalk(uow, assessment, older, newer, choices)

    return Form(
        session, tuple(fields), place=f"form/crosswalk/{assessment}/{newer.id}/{newer.version}", submit=submit,
        done=lambda applied: done(applied, made[0]), initiator="frameworks",
    )  # fmt: skip


def metrics_form(session: Session, look: Callable[[tuple[Path, str]], None]) -> Form:
    """Which file to look at. Nothing is kept of it before it was looked at."""

    def submit(values: Values) -> Action:
        path = Path(values["file"].strip().strip('"')).expanduser()
        wanted = values["statements"]

        def hand_over(_: UnitOfWork) -> tuple[Path, str]:
            return path, wanted

        return hand_over

    fields = (
        FormField(
            name="file", needed="metric.no_file", label="File of figures", entry=Entry.FILE, filter=_KINDS,
            hint="A table with the columns metric, value, organisation, period and source, as .csv or .xlsx. Nothing "
            "is kept before you have seen what is in it",
        ),
        FormField(
            name="statements", label="Evidence for (optional)",
            hint="Codes like ea, gm, where neither the file nor a framework says what its figures are evidence for",
        ),
    )  # fmt: skip
    return Form(session, fields, place="form/metrics/file", submit=submit, done=look, initiator="frameworks")
