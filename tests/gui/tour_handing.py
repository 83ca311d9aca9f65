"""The tour's stop at Hand in: a vault that works on its own, and one that was handed in whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt

from fieldkit.app.escalation_policy import policy_of
from fieldkit.app.escalations import NewEscalation, escalate
from fieldkit.domain.escalation import Danger
from fieldkit.kernel.ids import AssessmentId
from fieldkit.reports.qr import encode
from tests.gui.stage import Stage
from tests.gui.tour_interview import unlock
from ui.presenters.hand_over_service import Addressee, UrgentCode
from ui.presenters.handing.page import HandInPage
from ui.presenters.handing_over.page import HandOverPage
from ui.presenters.handing_over.urgent import UrgentPage
from ui.presenters.page import Page


def handing(visitor: object) -> None:
    """By the command, as Ctrl+K does."""
    stage: Stage = visitor.stage  # type: ignore[attr-defined]
    take = visitor.take  # type: ignore[attr-defined]
    unlock(stage)
    stage.window.commands.run("hand_in")
    stage.until(lambda: stage.focus.objectName() == "hand_in.list")
    stage.settle()
    take("90-hand-in")
    page = stage.bench.presenter(Page.HAND_IN)
    assert isinstance(page, HandInPage)
    # What an office's receipts show, without an office.
    due = "Your office asks you to erase this vault, since 10 November 2026"
    page._show(replace(page.state, obstacles=(), due=due))
    stage.settle()
    stage.find("hand_in.typed").setFocus()
    take("90b-hand-in-ready")
    hand_over(stage, take)


def hand_over(stage: Stage, take: Callable[[str], None]) -> None:
    """Hand over without a network: nobody known yet, a code that is shown, wrong words, and a vault with a team."""
    stage.window.commands.run("hand_over")
    stage.until(lambda: stage.shows("hand_over.read"))
    stage.settle()
    take("91-hand-over")
    page = stage.bench.presenter(Page.HAND_OVER)
    assert isinstance(page, HandOverPage)
    page.join("nonsense", "")
    stage.until(lambda: not page.state.busy)
    take("91b-hand-over-wrong-code")
    known = (Addressee(key="centre", name="Central store of Northmoor office"), Addressee(key="x", name="Ben Ode"))
    handed = (
        "12 November 09:00  8 records for Northmoor office: carried by Ben Ode but for part 2, not yet at the office",
        "11 November 17:30  41 records for Ben Ode: at the office, confirmed 11 November 18:02",
    )
    carried = (
        "09:05  A sealed file, 3.5 MB: goes to the central store with your next sending",
        "08:10  A sealed file, 1.2 MB: handed on 08:40; its receipts are to be given back",
    )
    told = ("8 records for Northmoor office written. Only they can open it.",)
    page._show(replace(page.state, to=known, handed=handed, carried=carried, has_receipts=True, told=told, fault=""))
    take("91c-hand-over-written")
    code, where = "42-anchor-beach-cobalt", ("192.0.2.20:8471",)
    page._show(replace(page.state, busy="Waiting for the other laptop…", code=code, addresses=where, told=()))
    take("91d-hand-over-code")
    page._show(replace(page.state, busy="", code="", addresses=()))
    cards(stage, page, take)
    urgent(stage, take)


def cards(stage: Stage, page: HandOverPage, take: Callable[[str], None]) -> None:
    """My card as a code, and a card that somebody else gave."""
    stage.find("hand_over.my_card").setFocus()
    stage.press(Qt.Key.Key_Space)
    stage.until(lambda: page.cards.state.mine is not None)
    stage.settle()
    take("91e-hand-over-my-card")
    mine = page.cards.state.mine
    assert mine is not None
    page.cards.toggle_mine()
    page.cards.read(mine.text)
    stage.until(lambda: stage.shows("hand_over.same_words"))
    stage.settle()
    take("91f-hand-over-compare")
    page.cards.refuse()


def urgent(stage: Stage, take: Callable[[str], None]) -> None:
    """Nothing to show yet, an item of a laptop that works on its own, and the code that an office's laptop shows."""
    stage.window.commands.run("urgent")
    stage.until(lambda: stage.bench.presenter(Page.URGENT) is not None and stage.bench.state.page is Page.URGENT)
    stage.settle()
    take("92-urgent-none")
    work, places, done = stage.bench.session.workspace, list[AssessmentId](), list[object]()
    work.ask_then(lambda questions: questions.assessments()[0].assessment.id, places.append)
    stage.until(lambda: bool(places))
    new = NewEscalation(assessment=places[0], danger=Danger.YES, what="A resident fell in the lounge", place="Room 4")
    work.perform(lambda uow: escalate(uow, new, policy_of(None)), initiator="tour", done=done.append)
    stage.until(lambda: bool(done))
    stage.bench.go(Page.HOME)
    stage.settle()
    stage.window.commands.run("urgent")
    stage.until(lambda: stage.shows("urgent.fault"))
    take("92b-urgent-alone")
    page = stage.bench.presenter(Page.URGENT)
    assert isinstance(page, UrgentPage)
    words = ("gravel", "lantern", "orbit", "velvet", "maple", "harbour")
    code = UrgentCode(text="FKURGENT1." + "MFRGGZDF" * 90, words=words, office="Northmoor office")
    page._show(replace(page.state, code=code, cells=encode(code.text), fault=""))
    stage.settle()
    take("92c-urgent")
