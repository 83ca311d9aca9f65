"""The tour's stops at Factual accuracy: nothing sent, a draft with its clock, a comment, a mistake in its answer."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt

from fieldkit.app.findings import NewFinding, add_finding
from tests.gui.stage import Stage
from tests.gui.tour_interview import unlock
from ui.presenters.accuracy.page import AccuracyPageOf
from ui.presenters.page import Page

_Key = Qt.Key
_CTRL = Qt.KeyboardModifier.ControlModifier


def accuracy(visitor: object) -> None:
    """From the e-mail to an answered comment and an action."""
    stage: Stage = visitor.stage  # type: ignore[attr-defined]
    take = visitor.take  # type: ignore[attr-defined]
    unlock(stage)
    open_page(stage)
    take("99j-accuracy-empty")
    send(stage)
    take("99k-accuracy-draft")
    comment(stage)
    take("99l-accuracy-comment")
    page = presenter(stage)
    go(stage, next(at for at, one in enumerate(page.state.lines) if one.kind == "comment"))
    page.attach()
    stage.until(lambda: page.state.panel is not None)
    stage.settle()
    take("99n-accuracy-attach")
    page.close_panel()
    stage.settle()
    page.answer()
    stage.until(lambda: page.state.panel is not None)
    stage.settle()
    stage.press(_Key.Key_Return, _CTRL)
    stage.settle()
    take("99m-accuracy-mistake")


def accuracy_change(visitor: object) -> None:
    """Somebody who was not on the visit accepts a comment, and the finding that it speaks of changes."""
    stage: Stage = visitor.stage  # type: ignore[attr-defined]
    take = visitor.take  # type: ignore[attr-defined]
    unlock(stage)
    open_page(stage)
    finding(stage)
    send(stage)
    comment(stage)
    accept(stage)
    page = presenter(stage)
    page.change_text()
    stage.until(lambda: stage.focus.objectName() == "accuracy.text_form.target")
    stage.press(_Key.Key_Down)
    stage.settle()
    take("99o-accuracy-change")
    panel = page.state.panel
    assert panel is not None
    panel.form.put("text", "The plan for winter was renewed in May, before the visit.")
    panel.form.submit()
    stage.until(lambda: bool(page.changed_texts))
    stage.settle()
    take("99p-accuracy-changed")


def open_page(stage: Stage) -> None:
    """From Home."""
    stage.window.commands.run("accuracy")
    stage.until(lambda: stage.focus.objectName() in ("accuracy.send", "accuracy.list"))
    stage.settle()


def finding(stage: Stage) -> None:
    """One that the comment will speak of."""
    page = presenter(stage)
    framework, assessment = page.framework, page.assessment.id
    assert framework is not None
    new = NewFinding(
        statement=framework.statements[1].id, claim="The plan came late",
        sentence="The plan for winter was renewed in October, after the visit.",
    )  # fmt: skip
    stage.bench.session.workspace.perform(
        lambda uow: add_finding(uow, framework, assessment, new), initiator="findings"
    )
    stage.settle()


def accept(stage: Stage) -> None:
    """The comment under the cursor."""
    page = presenter(stage)
    page.answer()
    stage.until(lambda: page.state.panel is not None)
    panel = page.state.panel
    assert panel is not None
    for name, words in {"accepted": "yes", "reason": "The minutes show it"}.items():
        panel.form.put(name, words)
    panel.form.submit()
    stage.until(lambda: page.may_change_text)
    stage.settle()


def presenter(stage: Stage) -> AccuracyPageOf:
    """The open page's."""
    page = stage.bench.presenter(Page.ACCURACY)
    assert isinstance(page, AccuracyPageOf)
    return page


def send(stage: Stage) -> None:
    """A draft to two bodies, on the day of the e-mail."""
    page = presenter(stage)
    page.send()
    stage.until(lambda: stage.focus.objectName() == "accuracy.send_form.bodies")
    panel = page.state.panel
    assert panel is not None
    with TemporaryDirectory() as folder:
        draft = Path(folder) / "Draft report v1.docx"
        draft.write_text("The draft", encoding="utf-8")
        panel.form.put("bodies", "Northshire ICB\nNorthshire ICP")
        panel.form.put("report", str(draft))
        stage.press(_Key.Key_Return, _CTRL)
        stage.until(lambda: len(page.state.facts.sent) == 2)
    stage.settle()
    go(stage, 0)


def comment(stage: Stage) -> None:
    """Of the draft under the cursor."""
    page = presenter(stage)
    stage.press(_Key.Key_N, _CTRL)
    stage.until(lambda: page.state.panel is not None)
    panel = page.state.panel
    assert panel is not None
    values = {
        "paragraph": "3.2", "says": "contested", "text": "The plan was renewed in May, before the visit.",
        "evidence": "Minutes of the board", "evidence_on": "12 May 2026",
    }  # fmt: skip
    for name, words in values.items():
        panel.form.put(name, words)
    panel.form.submit()
    stage.until(lambda: bool(page.state.facts.comments))
    stage.settle()
    go(stage, 2)


def go(stage: Stage, place: int) -> None:
    """Put the cursor on a line."""
    page = presenter(stage)
    rows = stage.find("accuracy.list")
    rows.setFocus(Qt.FocusReason.OtherFocusReason)
    rows.setCurrentRow(place)  # type: ignore[attr-defined]
    stage.until(lambda: page.state.chosen == page.state.lines[place].key)
    stage.settle()
