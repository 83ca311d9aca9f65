"""A followed case of which two people told otherwise at once: what a print must not pass over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from fieldkit.app.cases import CaseFacts, add_case, follow_case
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.records import revise
from fieldkit.app.touchpoints import Event, add_touchpoint
from fieldkit.app.when_text import read_when
from fieldkit.domain.assessment import Activity
from fieldkit.domain.case import Case
from fieldkit.domain.touchpoint import Touchpoint
from tests.support.two_laptops import TwoLaptops

TODAY = date(2026, 11, 12)


def follow(two: TwoLaptops, happened: str) -> tuple[Activity, Touchpoint]:
    """A case with one event, on both laptops."""

    def made(uow: UnitOfWork) -> tuple[Activity, Touchpoint]:
        case = add_case(uow, two.meeting.assessment, CaseFacts(description="Woman, 80s, fall at home"))
        activity = follow_case(uow, case.id, uow.questions.visit(two.meeting.visit))
        event = Event(when=read_when("14 march", TODAY), organisation="Acute trust", happened=happened)
        return activity, add_touchpoint(uow, activity, event, TODAY)

    found = two.here(made)
    two.meet()
    return found


def contest(two: TwoLaptops, one: Case | Touchpoint, **differs: tuple[object, object]) -> None:
    """Both change the same fields without knowing of each other."""
    mine = {name: pair[0] for name, pair in differs.items()}
    theirs = {name: pair[1] for name, pair in differs.items()}
    two.here(lambda uow: revise(uow, replace(one, **mine)))  # type: ignore[arg-type]
    two.there(lambda uow: revise(uow, replace(one, **theirs)))  # type: ignore[arg-type]
    two.meet()
