"""What ``fieldkit improve …`` does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from fieldkit.app.ports import UnitOfWork
    from fieldkit.domain.assessment import Assessment
    from fieldkit.domain.improvement import PlannedAction
    from fieldkit.kernel.ids import RecordId


def summit(desk: Desk) -> int:
    """A summit, planned or held."""
    from fieldkit.app.improvement import hold_summit
    from ui.cli import choose

    options = desk.options
    with opened(desk) as vault:
        assessment = choose.assessment(vault.questions, options.assessment)
        on = _day(desk, options.on)
        made, _ = vault.perform(
            lambda uow: hold_summit(uow, assessment.id, on, options.where, options.who, options.outcome)
        )
    desk.terminal.show({"id": made.id, **made.to_content()}, f"{made.title}. Saved on this laptop")
    return faults.OK


def add_one(desk: Desk) -> int:
    """An action of the plan."""
    from fieldkit.app.improvement import plan_action
    from ui.cli import choose

    options = desk.options
    with opened(desk) as vault:
        assessment = choose.assessment(vault.questions, options.assessment)
        due, statement = _day(desk, options.due), _statement(assessment, options.statement)
        made, _ = vault.perform(
            lambda uow: plan_action(uow, assessment.id, options.what, options.owner, due, statement)
        )
    return _told(desk, made, "planned")


def done(desk: Desk) -> int:
    """It is done, and this proves it."""
    from fieldkit.app.improvement import complete

    on = _day(desk, desk.options.on)
    return _do(desk, lambda uow, one: complete(uow, one, desk.options.evidence, on), "done")


def look(desk: Desk) -> int:
    """What was found when it was looked at."""
    from fieldkit.app.improvement import follow_up

    is_done = not desk.options.open_again
    return _do(desk, lambda uow, one: follow_up(uow, one, desk.options.words, is_done=is_done), "followed up")


def list_all(desk: Desk) -> int:
    """Summits, the plan, and how scores changed."""
    from fieldkit.app.accuracy_report import improvement_page
    from fieldkit.reports.improvement import compose
    from fieldkit.reports.plain import to_plain
    from ui.cli import choose, words

    with opened(desk) as vault:
        assessment = choose.assessment(vault.questions, desk.options.assessment)
        framework = words.framework_of(assessment, desk.options.pack)
        page = improvement_page(vault.questions, assessment, framework, desk.clock.now())
    facts = {
        "summits": [{"on": one.on.isoformat(), "outcome": one.outcome} for one in page.summits],
        "actions": [
            {"reference": one.reference, "what": one.what, "owner": one.owner, "due_on": one.due_on.isoformat(),
             "state": one.state, "evidence": one.evidence, "follow_up": one.follow_up}
            for one in page.actions
        ],
        "scores": [
            {"on": one.on.isoformat(), "statement": one.statement, "before": one.before, "after": one.after,
             "by": one.by, "reason": one.reason}
            for one in page.scores
        ],
        "provisional": True,
    }  # fmt: skip
    desk.terminal.show(facts, to_plain(compose(page)).splitlines())
    return faults.OK


def _do(desk: Desk, deed: Callable[[UnitOfWork, RecordId], PlannedAction], words: str) -> int:
    from fieldkit.app.improvement import action_row
    from ui.cli import choose

    with opened(desk) as vault:
        assessment = choose.assessment(vault.questions, desk.options.assessment)
        row = action_row(vault.questions, assessment.id, desk.options.action)
        made, _ = vault.perform(lambda uow: deed(uow, row.record))
    return _told(desk, made, words)


def _day(desk: Desk, wanted: str | None) -> date | None:
    from ui.presenters.dates import read_day

    return read_day(wanted or "", desk.clock.now().astimezone().date(), "on")


def _statement(assessment: Assessment, wanted: str | None) -> str:
    from ui.cli import words

    if wanted is None:
        return ""
    for pack in words.known_frameworks(assessment):
        found = pack.statement_by(wanted)
        if found is not None:
            return f"{pack.id}/{found.id}"
    raise Mistake("score.unknown", subject=wanted, field="statement")


def _told(desk: Desk, made: PlannedAction, words: str) -> int:
    facts: dict[str, Any] = {"id": made.id, **made.to_content()}
    desk.terminal.show(facts, f"Action {made.reference} {words}. Saved on this laptop")
    return faults.OK
