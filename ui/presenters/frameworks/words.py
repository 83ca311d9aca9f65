"""What is said of an assessment's frameworks and of a crosswalk: the same sentences by command and on the screen."""

from __future__ import annotations

from collections.abc import Iterator

from fieldkit.app.crosswalks import Applied, CrosswalkPlan, NoteCarried, RecordCarried
from fieldkit.domain.carrying import Following, Left
from fieldkit.domain.framework import Framework, Status
from ui.presenters.wording import ui

STATUS = {
    Status.DRAFT: "draft, unconfirmed", Status.LIVE: "in force", Status.PAUSED: "paused at the regulator",
    Status.RETIRED: "retired",
}  # fmt: skip
_LEFT = {
    Left.NOTHING_FOLLOWS: "nothing follows", Left.NOT_SAID: "not in the crosswalk",
    Left.TO_CHOOSE: "several could follow, so a person chooses",
    Left.NO_CATEGORY: "its kind of evidence is not used there",
}  # fmt: skip
_EXCERPT = 60


def line_of(framework: Framework, place: int | None) -> str:
    """``Main framework · paused at the regulator · 17 statements · scores``."""
    role = "Main framework" if place == 0 else "Beside it" if place else "Not used here"
    judged = "scores" if framework.method.has_scores else "ratings in words, no scores"
    return f"{role} · {STATUS[framework.status]} · {ui.count(len(framework), 'statement')} · {judged}"


def named(framework: Framework) -> str:
    """Its title with the version."""
    return f"{framework.title}, version {framework.version}"


def plan_words(plan: CrosswalkPlan, older: Framework, most: int) -> list[str]:
    """Everything a crosswalk would do, counts first, then the notes, then what a person has to choose."""
    newer = plan.newer
    lines = [f"From {named(older)} to {named(newer)}."]
    if plan.crosswalk.unconfirmed:
        lines.append("This crosswalk is unconfirmed: no published source says how the two go together.")
    lines += ["", *counts(plan)]
    if plan.touched:
        lines += ["", "Notes that get tags:"]
        lines += [f"  {note_words(one, older, newer)}" for one in plan.touched[:most]]
        if len(plan.touched) > most:
            lines.append(f"  and {len(plan.touched) - most:,} more")
    lines += [f"Record {record_words(one, newer)}" for one in plan.records]
    for step in plan.asked:
        names = ", ".join(statement_words(older, one) for one in step.olds)
        between = " or ".join(statement_words(newer, one) for one in step.news)
        lines += ["", f"To choose for {names}: {between}", f"  {step.reason}"]
    return [*lines, *nothing_follows(plan, older)]


def nothing_follows(plan: CrosswalkPlan, older: Framework) -> list[str]:
    """What was tagged and has no follower, each with the reason that the crosswalk gives."""
    nothing = {one.step for note in plan.notes for one in note.followings if one.left is Left.NOTHING_FOLLOWS}
    return [
        f"Nothing follows {', '.join(statement_words(older, one) for one in none.olds)}: {none.reason}"
        for none in plan.crosswalk.steps
        if none in nothing
    ]


def record_words(one: RecordCarried, newer: Framework) -> str:
    """A record of a preview, and the statements it would name too."""
    return f"{one.row.value.title}: {', '.join(_titles(newer, one.added))}"


def counts(plan: CrosswalkPlan) -> list[str]:
    """The figures of a preview, a line each; what is nought is left out."""
    withdrawn = sum(one.is_withdrawn for one in plan.notes)
    told = [f"{ui.count(plan.tags, 'tag')} would be added to {ui.count(len(plan.touched), 'note')}. Old tags stay."]
    if plan.records:
        told.append(f"{ui.count(len(plan.records), 'information request')} would name the new statements too.")
    told += [f"{ui.count(plan.left(why), 'tag')}: {words}." for why, words in _LEFT.items() if plan.left(why)]
    if plan.staying:
        told.append(
            f"{ui.count(plan.staying, 'judgement')} stay with the older framework: judge anew under the new one."
        )
    if withdrawn:
        told.append(f"{ui.count(withdrawn, 'withdrawn note')} stay as they are.")
    return told


def applied_words(done: Applied) -> list[str]:
    """What was done, and what waits."""
    lines = [f"{ui.count(done.tags, 'tag')} carried over on {ui.count(done.notes, 'note')}. Old tags stay."]
    if done.waiting:
        lines.append(f"{ui.count(done.waiting, 'tag')} wait for your choice.")
    return lines


def undone_words(done: Applied) -> list[str]:
    """What was taken back."""
    return [f"{ui.count(done.tags, 'carried tag')} taken off {ui.count(done.notes, 'note')}. Tags put by hand stay."]


def note_words(one: NoteCarried, older: Framework, newer: Framework) -> str:
    """A note of a preview: its day, its first words, and what follows which of its tags."""
    words = " ".join(one.row.entry.text.split())
    short = "Held" if one.row.barred else words if len(words) <= _EXCERPT else f"{words[: _EXCERPT - 1].rstrip()}…"
    followed = "; ".join(_followed(one.followings, older, newer))
    return f"{ui.day(one.row.entry.noticed_at.astimezone().date())}, {short}: {followed}"


def _followed(followings: tuple[Following, ...], older: Framework, newer: Framework) -> Iterator[str]:
    for one in followings:
        if one.news:
            news = " and ".join(statement_words(newer, item.statement) for item in one.news)
            yield f"{statement_words(older, one.old.statement)} → {news}"


def _titles(newer: Framework, added: tuple[str, ...]) -> list[str]:
    return [statement_words(newer, one.partition("/")[2]) for one in added]


def statement_words(framework: Framework, statement: str) -> str:
    """``Q2 Learning culture``; of an earlier version by the title it had."""
    found = framework.statement_by(statement)
    if found is not None:
        return f"{found.position} {found.title}"
    former = framework.former(statement)
    return former.title if former is not None else statement
