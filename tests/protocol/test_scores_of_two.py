"""Two laptops score, settle and override without knowing of each other: nothing wins silently, and one word ends it."""

from __future__ import annotations

from collections.abc import Callable

from fieldkit.app.blind_scores import choose_blind
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.scores import (
    NewJudgement,
    NewModeration,
    NewOverride,
    ScoreBoard,
    judge,
    moderate,
    override,
    score_board,
)
from fieldkit.domain.judgement import Judged
from fieldkit.domain.settling import Settled, Stand
from fieldkit.frameworks.library import Library
from tests.protocol.conftest import Team
from tests.support.laptop import Laptop

ICS = Library().load("ics", "2023.1")
PLACE = Judged(pack="ics", subject=ICS.statements[0].id)


def test_two_laptops_see_the_same_open_score_and_the_same_settled_one(team: Team) -> None:
    ann = team("Ann Lead")
    where = ann.open_meeting().assessment
    note = ann.note("Waits fell").id
    ann.settle()
    ben = team("Ben Mate", where)
    ben.settle()

    def judged(value: int) -> Callable[[UnitOfWork], object]:
        new = NewJudgement(assessment=where, judged=PLACE, text="Seen", value=value, relied_on=(note,))
        return lambda uow: judge(uow, ICS, new)

    def settled(value: int) -> Callable[[UnitOfWork], object]:
        new = NewModeration(assessment=where, judged=PLACE, text="Agreed", reason="Talked", value=value)
        return lambda uow: moderate(uow, ICS, new)

    def board(laptop: Laptop, *, is_blind: bool = False) -> ScoreBoard:
        return score_board(laptop.vault.questions, where, ICS, is_blind=is_blind)

    def stand(laptop: Laptop, *, is_blind: bool = False) -> tuple[Stand, int | None, int]:
        found: Settled = board(laptop, is_blind=is_blind).settled[PLACE]
        return found.stand, found.mark.value if found.mark else None, len(found.given)

    def exchange() -> None:
        for laptop in (ann, ben, ann):
            laptop.settle()

    ann.vault.perform(judged(3))
    exchange()
    ben.vault.perform(lambda uow: choose_blind(uow, where, ICS, is_on=True))
    assert stand(ben, is_blind=True) == (Stand.HIDDEN, None, 0)
    hidden = board(ben, is_blind=True).scores.overall
    assert hidden is not None
    assert hidden.share is None, "no figure gives away what is hidden"
    ben.vault.perform(judged(2))
    assert stand(ben, is_blind=True) == (Stand.DIFFER, None, 2)
    exchange()
    ann.vault.perform(settled(3))
    ben.vault.perform(settled(2))
    exchange()
    assert stand(ann) == stand(ben) == (Stand.TWICE, None, 2)
    ben.vault.perform(settled(4))
    exchange()
    assert stand(ann) == stand(ben) == (Stand.MODERATED, 4, 2)
    for laptop, band in ((ann, "good"), (ben, "inadequate")):
        new = NewOverride(assessment=where, pack="ics", band=band, rationale="Why", approver="B. Chief")
        laptop.vault.perform(lambda uow, new=new: override(uow, ICS, new))  # type: ignore[misc]
    exchange()
    assert [board(one).overrides[""].is_open for one in (ann, ben)] == [True, True]
    back = NewOverride(assessment=where, pack="ics", band=None, rationale="Neither", approver="B. Chief")
    ann.vault.perform(lambda uow: override(uow, ICS, back))
    exchange()
    assert board(ann).overrides == board(ben).overrides == {}
