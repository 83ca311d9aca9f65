"""What ``fieldkit risk …`` does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from datetime import date

    from fieldkit.app.ports import Questions
    from fieldkit.app.quality_risks import NewRisk, RiskRow
    from storage.vault import OpenVault


def set_one(desk: Desk) -> int:
    """A new risk, or another level for one."""
    from fieldkit.app.quality_risks import change_risk, set_risk

    with opened(desk) as vault:
        before = _one(vault.questions, desk.options.change) if desk.options.change else None
        new = _new(desk, vault, before)
        if before is None:
            made, _ = vault.perform(lambda uow: set_risk(uow, new))
        else:
            made, _ = vault.perform(lambda uow: change_risk(uow, before.value.id, new))
        _show(desk, vault, made.id)
    return faults.OK


def review(desk: Desk) -> int:
    """A review that was called."""
    from fieldkit.app.quality_risks import NewReview, add_review
    from fieldkit.domain.quality_risk import Authority, ReviewKind

    options = desk.options
    new = NewReview(
        review=ReviewKind(options.kind), called_by=Authority(options.called_by), on=_day(desk, options.on, "on"),
        plan=options.plan, next_on=_day(desk, options.next_on, "next_on"), outcome=options.outcome,
    )  # fmt: skip
    with opened(desk) as vault:
        row = _one(vault.questions, options.risk)
        vault.perform(lambda uow: add_review(uow, row.value.id, new))
        _show(desk, vault, row.value.id)
    return faults.OK


def list_all(desk: Desk) -> int:
    """The closest watched first."""
    from fieldkit.app.quality_risks import risks
    from ui.cli import choose, words
    from ui.presenters.escalation import risk_words

    with opened(desk) as vault:
        asked = desk.options.assessment
        only = choose.assessment(vault.questions, asked).id if asked else None
        rows = risks(vault.questions, assessment=only)
    today = desk.clock.now().astimezone().date()
    table = [
        (row.value.level.value, " ".join(row.value.concern.split())[:60], risk_words.review_due(row.next_on, today),
         str(len(row.reviews)), choose.short(row.value.id))
        for row in rows
    ]  # fmt: skip
    header = ("Level", "What", "Review", "Reviews", "Id")
    desk.terminal.show([_facts(row) for row in rows], words.columns(header, table) if rows else "No quality risks.")
    return faults.OK


def show(desk: Desk) -> int:
    """Everything of one."""
    with opened(desk) as vault:
        _show(desk, vault, _one(vault.questions, desk.options.risk).value.id)
    return faults.OK


def _new(desk: Desk, vault: OpenVault, before: RiskRow | None) -> NewRisk:
    """What was left out stays as it was."""
    from fieldkit.app.quality_risks import NewRisk
    from fieldkit.domain.quality_risk import Authority, Level
    from ui.cli import choose

    options, was = desk.options, before.value if before is not None else None
    review_on = _day(desk, options.review, "review_on")
    return NewRisk(
        assessment=was.assessment if was else choose.assessment(vault.questions, options.assessment).id,
        visit=was.visit if was else None, about=was.about if was else None,
        concern=options.concern or (was.concern if was else ""),
        organisation=options.organisation or (was.organisation if was else ""),
        level=Level(options.level) if options.level else (was.level if was else None),
        authority=Authority(options.authority) if options.authority else (was.authority if was else None),
        authorised_by=options.by, with_region=options.with_region,
        authorised_on=_day(desk, options.on, "authorised_on"), reasons=options.reasons or (was.reasons if was else ""),
        review_on=review_on or (was.review_on if was else None), step_down_reason=options.step_down,
    )  # fmt: skip


def _day(desk: Desk, text: str, field: str) -> date | None:
    from ui.presenters.dates import read_day

    return read_day(text, desk.clock.now().astimezone().date(), field)


def _one(questions: Questions, wanted: str) -> RiskRow:
    from fieldkit.app.quality_risks import risks
    from ui.cli import choose

    return choose.pick("risk", risks(questions), wanted, lambda row: row.value.concern, lambda row: row.value.id)


def _show(desk: Desk, vault: OpenVault, record: Any) -> None:
    from fieldkit.app.quality_risks import risk
    from fieldkit.domain.quality_risk import FOR_DISCUSSION
    from ui.presenters.escalation import risk_words
    from ui.presenters.escalation.words import two_accounts
    from ui.presenters.wording import ui

    row, today = risk(vault.questions, record), desk.clock.now().astimezone().date()
    value = row.value
    before = [
        f"  {ui.day(one.value.authorised_on)}: {risk_words.LEVEL[one.value.level]}. {one.value.step_down_reason}"
        for one in vault.questions.history(row.row.record)
    ]
    lines = [
        value.concern, risk_words.LEVEL[value.level], FOR_DISCUSSION, risk_words.authorised(value),
        risk_words.review_due(row.next_on, today), f"Reasons: {value.reasons}",
        *(risk_words.review(one.value) for one in row.reviews), "Levels so far:", *before, two_accounts(row.row),
    ]  # fmt: skip
    desk.terminal.show(_facts(row), [line for line in lines if line])


def _facts(row: RiskRow) -> dict[str, Any]:
    return {
        "id": row.value.id, **row.value.to_content(), "next_on": row.next_on.isoformat(),
        "author_name": row.row.author_name, "status": row.row.status.value, "heads": row.row.heads,
        "reviews": [{"id": one.record, **one.value.to_content()} for one in row.reviews],
    }  # fmt: skip
