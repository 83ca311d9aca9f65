"""Scores by keys: from one judgement straight on to the next."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from fieldkit.app.records import keep
from fieldkit.domain.judgement import Judged, Moderation
from fieldkit.kernel.ids import RecordId, new_id
from tests.gui import worlds
from tests.gui.stage import Stage
from tests.gui.tour_interview import unlock
from tests.gui.tour_scores import fill, presenter
from ui.presenters.home import Need
from ui.presenters.page import Page
from ui.qt.theme import Appearance

_Key = Qt.Key


def test_control_enter_goes_on_to_the_next_statement_and_types_into_its_form(look: Appearance, tmp_path: Path) -> None:
    worlds.own(tmp_path)
    with Stage(tmp_path) as stage:
        unlock(stage)
        stage.chord(_Key.Key_5)
        stage.until(lambda: stage.focus.objectName() == "scores.list")
        stage.settle()
        fill(stage, place=3)
        page = presenter(stage)
        first, before = page.state.line, page.state.panel
        stage.press(_Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        stage.until(lambda: page.state.panel not in (None, before))
        stage.settle()
        assert page.state.chosen == page.state.lines[4].key
        assert page.state.lines[3].title == (first.title if first else "")
        assert not page.state.lines[3].is_open
        assert stage.find("scores.list").currentRow() == 4  # type: ignore[attr-defined]
        assert stage.focus.objectName() == "scores.judge.text"
        stage.type("Too few hours")
        assert page.state.panel is not None
        assert page.state.panel.form.state.values["text"] == "Too few hours"


def test_home_leads_by_key_to_the_score_that_exists_twice(look: Appearance, tmp_path: Path) -> None:
    worlds.own(tmp_path)
    with Stage(tmp_path) as stage:
        unlock(stage)
        stage.chord(_Key.Key_1)
        stage.until(lambda: stage.bench.state.page is Page.HOME)
        where = stage.bench.home.state.groups[0].assessment.id
        place = Judged(pack="ics", subject="learning-culture")
        for value in (2, 3):  # as on two laptops that did not know of each other
            made = Moderation(
                id=RecordId(new_id()), assessment=where, judged=place, text="Agreed", reason="Talked", value=value
            )
            stage.bench.session.workspace.perform(lambda uow, made=made: keep(uow, made))  # type: ignore[misc]
        stage.until(lambda: any(one.need is Need.SCORES for one in stage.bench.home.state.needs))
        stage.settle()
        number = next(at for at, one in enumerate(stage.bench.home.state.needs) if one.need is Need.SCORES)
        stage.tab_to(f"home.need_{number}")
        stage.press(_Key.Key_Return)
        stage.until(lambda: stage.focus.objectName() == "scores.list")
        stage.settle()
        line = presenter(stage).state.line
        assert line is not None
        assert (line.subject, line.is_asked) == (place.subject, True)
        listed = stage.find("scores.list")
        assert listed.currentRow() == [one.key for one in presenter(stage).state.lines].index(line.key)  # type: ignore[attr-defined]
