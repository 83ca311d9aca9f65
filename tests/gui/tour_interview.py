"""The tour's stops at interviews: consent, choosing a guide, asking, a focus group, withdrawing; all by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt

from fieldkit.app.assessments import plan_activity
from fieldkit.app.guides import add_guide
from fieldkit.domain.assessment import Activity, ActivityKind
from tests.gui.stage import PASSPHRASE, Stage
from tests.support.guides import ruled
from ui.presenters.page import Page

_Key = Qt.Key


def unlock(stage: Stage) -> None:
    """Into the vault of one's own."""
    stage.until(lambda: stage.focus.objectName() == "unlock.passphrase")
    stage.type(PASSPHRASE)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.window.desk is not None)
    stage.until(lambda: stage.bench.home.state.loaded)
    stage.settle()


def plan(stage: Stage, title: str, kind: ActivityKind) -> Activity:
    """An activity on the first visit."""
    workspace, visit = stage.bench.session.workspace, stage.bench.home.state.first
    assert visit is not None
    return workspace.perform(lambda uow: plan_activity(uow, uow.questions.visit(visit), kind, title)).result()[0]


def open_it(stage: Stage, activity: Activity) -> None:
    """As Enter on the agenda does."""
    stage.bench.open_activity(activity.id)
    stage.until(lambda: stage.bench.state.page in (Page.INTERVIEW, Page.DROP_IN))
    stage.settle()


def agree(stage: Stage) -> None:
    """Yes to taking part, and to quotations without a name."""
    stage.tab_to("consent.agreed.given")
    stage.press(_Key.Key_Space)
    stage.tab_to("consent.quoting.unnamed")
    stage.press(_Key.Key_Space)
    stage.chord(_Key.Key_Return)
    stage.settle()


def choose_first(stage: Stage) -> None:
    """The first guide of the list."""
    stage.until(lambda: stage.focus.objectName() == "interview.choose.guide")
    stage.press(_Key.Key_Return)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "interview.answer")
    stage.settle()


def interview(visitor: object) -> None:
    """One interview from consent to withdrawal, and a focus group."""
    stage: Stage = visitor.stage  # type: ignore[attr-defined]
    take = visitor.take  # type: ignore[attr-defined]
    unlock(stage)
    open_it(stage, plan(stage, "Interview: matron", ActivityKind.INTERVIEW))
    take("60-interview-consent")
    stage.tab_to("consent.save")
    stage.press(_Key.Key_Return)
    stage.settle()
    take("60b-interview-consent-mistake")
    agree(stage)
    take("61-interview-choose")
    choose_first(stage)
    take("62-interview")
    stage.type('"I put it on the system and heard nothing for six weeks" #lc-')
    take("63-interview-answer")
    stage.chord(_Key.Key_Return)
    stage.settle()
    stage.alt(_Key.Key_K)
    stage.settle()
    stage.press(_Key.Key_F8)
    stage.settle()
    take("64-interview-skipped")
    stage.chord(_Key.Key_I)
    stage.type("And at night? #sp")
    take("65-interview-own-question")
    stage.press(_Key.Key_Return)
    stage.settle()
    stage.window.commands.run("interview_stop")
    stage.settle()
    take("66-interview-stop")
    stage.tab_to("interview.wants_withdraw")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.shows("interview.withdraw.do"))
    take("67-interview-withdraw")
    stage.tab_to("interview.withdraw.do")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.shows("interview.withdrawn.visit"))
    stage.settle()
    take("68-interview-withdrawn")
    _group(visitor)


def _group(visitor: object) -> None:
    stage: Stage = visitor.stage  # type: ignore[attr-defined]
    open_it(stage, plan(stage, "Carers", ActivityKind.FOCUS_GROUP))
    agree(stage)
    choose_first(stage)
    stage.window.commands.run("interview_joined")
    stage.settle()
    stage.window.commands.run("interview_joined")
    stage.settle()
    stage.type("2: nobody rings back #lc-\n")
    stage.settle()
    visitor.take("69-focus-group")  # type: ignore[attr-defined]
    _ruled(visitor)
    open_it(stage, plan(stage, "Interview: chair", ActivityKind.INTERVIEW))
    stage.tab_to("consent.agreed.given")
    stage.press(_Key.Key_Down)
    stage.chord(_Key.Key_Return)
    stage.settle()
    visitor.take("69b-interview-refused")  # type: ignore[attr-defined]


def _ruled(visitor: object) -> None:
    """Questions that do not apply, one of them asked all the same."""
    stage: Stage = visitor.stage  # type: ignore[attr-defined]
    talk = plan(stage, "Interview: carer", ActivityKind.INTERVIEW)
    adding = stage.bench.session.workspace.perform(lambda uow: add_guide(uow, talk.assessment, ruled(talk.assessment)))
    guide = adding.result()[0].guide
    open_it(stage, talk)
    agree(stage)
    page = stage.bench.presenter(Page.INTERVIEW)
    page.choose_guide(guide.id)  # type: ignore[union-attr]
    stage.until(lambda: stage.shows("interview.answer"))
    stage.tab_to("interview.answer")
    stage.chord(_Key.Key_Return)
    stage.settle()
    stage.type("No")
    stage.chord(_Key.Key_Return)
    stage.settle()
    visitor.take("69c-interview-passed-by")  # type: ignore[attr-defined]
    stage.chord(_Key.Key_J)
    stage.type("4\n")
    stage.settle()
    visitor.take("69d-interview-does-not-apply")  # type: ignore[attr-defined]


def drop_in(visitor: object) -> None:
    """A drop-in from its first conversation to a mistake."""
    stage: Stage = visitor.stage  # type: ignore[attr-defined]
    take = visitor.take  # type: ignore[attr-defined]
    unlock(stage)
    open_it(stage, plan(stage, "Drop-in: staff restaurant", ActivityKind.DROP_IN))
    stage.until(lambda: stage.focus.objectName() == "dropin.who")
    take("70-dropin-empty")
    for who, words in (("3s", "Nobody answers the bell at night #st-"), ("p", ""), ("2c10", "Rings every day #sp")):
        stage.type(who)
        stage.press(_Key.Key_Return)
        stage.type(words)
        stage.press(_Key.Key_Return)
        stage.settle()
        stage.pass_seconds(0.1)
        stage.settle()
    stage.type("s")
    stage.press(_Key.Key_Return)
    stage.type("The rota #ss")
    take("71-dropin")
    stage.press(_Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    stage.type("x")
    stage.press(_Key.Key_Return)
    take("72-dropin-mistake")
    stage.press(_Key.Key_Backspace)
    stage.type("s9")
    stage.alt(_Key.Key_W)
    stage.press(_Key.Key_Return)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "dropin.time")
    take("72b-dropin-on-paper")
    stage.press(_Key.Key_Escape)
