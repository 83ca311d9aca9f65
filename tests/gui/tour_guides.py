"""The tour's stops at interview guides: none yet, a built-in one, a form's report, changing questions; all by keys."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt

from fieldkit.domain.assessment import ActivityKind
from tests.exchange.forms import KOBO, survey, workbook
from tests.gui.stage import Stage
from tests.gui.tour_interview import plan, unlock

_Key = Qt.Key


def open_guides(stage: Stage) -> None:
    """As Ctrl+K and the page's name do."""
    stage.window.commands.run("guides")
    stage.until(lambda: stage.focus.objectName() in ("guides.built_in", "guides.here"))
    stage.settle()


def use_second(stage: Stage) -> None:
    """The second of the built-in guides, copied into the assessment."""
    stage.press(_Key.Key_Down)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "guides.use")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.shows("guides.change"))
    stage.settle()


def look_at(stage: Stage, path: Path) -> None:
    """Bring in a form, as far as its report."""
    stage.tab_to("guides.bring_in")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "guides.bring_in.file")
    stage.type(f"{path}\n")
    stage.until(lambda: stage.focus.objectName() in ("guides.report", "empty"), 30)
    stage.settle()


def guides(visitor: object) -> None:
    """From an empty page to a guide that is changed."""
    stage: Stage = visitor.stage  # type: ignore[attr-defined]
    take = visitor.take  # type: ignore[attr-defined]
    unlock(stage)
    open_guides(stage)
    take("80-guides-empty")
    use_second(stage)
    take("80b-guides")
    with TemporaryDirectory() as folder:
        form, wrong = Path(folder) / "Walk round.xlsx", Path(folder) / "Wrong.xlsx"
        form.write_bytes(workbook(KOBO))
        wrong.write_bytes(survey(["text", "two words", "What?"], ["select_one x", "b", "Which?"]))
        stage.press(_Key.Key_Escape)
        stage.settle()
        stage.tab_to("guides.bring_in")
        stage.press(_Key.Key_Return)
        stage.until(lambda: stage.focus.objectName() == "guides.bring_in.file")
        stage.press(_Key.Key_Return)
        stage.settle()
        take("81-guides-file-mistake")
        stage.press(_Key.Key_Escape)
        stage.settle()
        look_at(stage, form)
        take("82-guides-report")
        stage.tab_to("guides.leave_report")
        stage.press(_Key.Key_Return)
        stage.settle()
        look_at(stage, wrong)
        take("82b-guides-report-blocked")
        stage.tab_to("guides.leave_report")
        stage.press(_Key.Key_Return)
        stage.settle()
    _change(visitor)


def _change(visitor: object) -> None:
    stage: Stage = visitor.stage  # type: ignore[attr-defined]
    take = visitor.take  # type: ignore[attr-defined]
    stage.tab_to("guides.here")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "guides.change")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "guides.questions")
    stage.settle()
    take("83-guides-change")
    stage.tab_to("guides.questions")
    stage.press(_Key.Key_Down)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "guides.question.text")
    stage.settle()
    take("84-guides-question")
    stage.tab_to("guides.question.statements")
    stage.type(", zz")
    stage.chord(_Key.Key_Return)
    stage.settle()
    take("84b-guides-question-mistake")
    stage.press(_Key.Key_Escape)
    stage.settle()
    stage.press(_Key.Key_Delete)
    stage.settle()
    take("85-guides-changed")
    _prompts(visitor)


def _prompts(visitor: object) -> None:
    """A guide's prompts beside the live log, one of them taken as a heading."""
    stage: Stage = visitor.stage  # type: ignore[attr-defined]
    take = visitor.take  # type: ignore[attr-defined]
    stage.bench.open_log(plan(stage, "Partnership board", ActivityKind.OBSERVATION).id)
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    stage.press(_Key.Key_F8)
    stage.until(lambda: stage.bench.log is not None and stage.bench.log.prompts.state.is_shown)
    stage.settle()
    take("87-log-prompts")
    stage.press(_Key.Key_F6)
    if stage.focus.objectName() != "log.prompts":
        stage.tab_to("log.prompts")
    for _ in range(3):
        stage.press(_Key.Key_Down)
    stage.settle()
    take("87a-log-prompts-read")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    stage.settle()
    take("87b-log-prompt-heading")
