"""What is kept how long, what a legal hold keeps for longer, and what goes when a person says so."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from central import admin, audit, holds, retention, tables
from central.erasing import erase_record
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import new_id
from tests.central.kit import Office

BY = "R. Records"


def contents(office: Office) -> int:
    log = tables.log.c
    with office.running.core.database.read() as connection:
        return int(connection.execute(sa.select(sa.func.count()).where(log.content.is_not(None))).scalar_one())


def test_what_is_due_goes_when_a_person_says_so_and_not_before(office: Office) -> None:
    ada, place, other = office.laptop("Ada"), new_id(), new_id()
    ada.push(ada.write(place), ada.write(place, kind="visit"), ada.write(other))
    retention.set_class(office.settings, "standard", 84, {"visit": 12}, office.clock)
    retention.use_class(office.settings, place, "standard", "2025-11-30", office.clock)
    (line,) = retention.report(office.settings, office.clock)
    assert (line.due, line.held, line.stay, line.first_due_on) == (0, 0, 2, "2026-11-30")
    office.clock.jump(40 * 86_400)
    trial = retention.purge(office.settings, "end of term", BY, clock=office.clock)
    assert ([one.kind for one in trial.targets], trial.is_trial, contents(office)) == (["visit"], True, 3)
    hold = holds.place(office.settings, place, "inquiry", BY, clock=office.clock)
    assert retention.purge(office.settings, "end of term", BY, is_trial=False, clock=office.clock).contents == 0
    assert [(one.due, one.held) for one in retention.report(office.settings, office.clock)] == [(0, 1)]
    holds.lift(office.settings, hold, "inquiry over", BY, office.clock)
    assert retention.purge(office.settings, "end of term", BY, is_trial=False, clock=office.clock).contents == 1
    assert contents(office) == 2
    assert ada.missing(ada.held) == []
    acts = [one.act for one in audit.listed(office.settings)]
    assert [act for act in acts if act.startswith(("hold", "content", "retention"))] == [
        "retention.class", "retention.used", "hold.placed", "content.erased", "hold.lifted", "content.erased",
    ]  # fmt: skip


def test_nothing_under_a_legal_hold_is_erased_by_whatever_right(office: Office) -> None:
    ada, place = office.laptop("Ada"), new_id()
    note, other = ada.write(place), ada.write(place)
    ada.push(note, other)
    hold = holds.place(office.settings, place, "claim", BY, record=note.envelope.record, clock=office.clock)
    for erase in (lambda one: admin.erase(office.settings, one, "request"),
                  lambda one: erase_record(office.settings, one, "request", BY)):  # fmt: skip
        with pytest.raises(Mistake, match=r"central\.held"):
            erase(note.envelope.id)
    assert erase_record(office.settings, other.envelope.id, "request", BY, clock=office.clock).contents == 1
    assert contents(office) == 1
    holds.lift(office.settings, hold, "claim settled", BY, office.clock)
    assert admin.erase(office.settings, note.envelope.id, "request", office.clock) == 1
    (known,) = holds.listed(office.settings)
    assert (known.lifted_by, known.lifted_why, known.placed_by, known.reason) == (BY, "claim settled", BY, "claim")
    with pytest.raises(Mistake, match=r"central\.no_hold"):
        holds.lift(office.settings, hold, "twice", BY)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [("2024-02-29", 12, "2025-02-28"), ("2025-08-31", 6, "2026-02-28"), ("2025-12-01", 1, "2026-01-01")],
)
def test_months_end_where_a_shorter_month_does(day: str, months: int, then: str) -> None:
    assert retention.after_months(date.fromisoformat(day), months).isoformat() == then


def test_what_does_not_hold_together_is_refused(office: Office) -> None:
    for months, kinds in ((0, {}), (1201, {}), (12, {"entry": 0})):
        with pytest.raises(Mistake, match=r"central\.retention_class"):
            retention.set_class(office.settings, "odd", months, kinds)
    with pytest.raises(Mistake, match=r"central\.retention_unknown"):
        retention.use_class(office.settings, new_id(), "nothing")
    with pytest.raises(Mistake, match=r"central\.retention_day"):
        retention.use_class(office.settings, new_id(), "nothing", "tomorrow")
