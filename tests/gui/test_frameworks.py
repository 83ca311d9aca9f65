"""A second framework is known at once on the pages that were open, and what was being typed is not lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from fieldkit.app.rows import EntryFilter
from tests.gui.stage import Stage
from tests.gui.tour_frameworks import choose, presenter
from tests.support.vaults import quick_keys
from ui.presenters.workbench import Page
from ui.qt.theme import Appearance


@pytest.fixture
def stage(look: Appearance, tmp_path: Path) -> Iterator[Stage]:
    """A vault with one visit and its log open."""
    with quick_keys():
        made = Stage(tmp_path)
        made.set_up()
        made.finish_set_up()
        made.create_visit()
        made.open_log()
        yield made
        made.close()


def test_the_open_log_knows_a_framework_that_was_added_and_keeps_what_was_typed(stage: Stage) -> None:
    stage.note("Papers came late #lc")
    stage.window.commands.run("evidence")
    stage.settle()
    stage.window.commands.run("coverage")
    stage.settle()
    log = stage.bench.log
    assert log is not None
    stage.bench.open_log(log.facts.activity.id)
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    stage.type("Bed rails loose")
    stage.settle()
    stage.window.commands.run("frameworks")
    stage.until(lambda: stage.focus.objectName() == "frameworks.list")
    choose(stage, "provider@2026.1")
    presenter(stage).add()
    stage.settle()
    stage.bench.back()
    stage.until(lambda: stage.bench.state.page is Page.LOG and stage.bench.log is not log)
    stage.settle()
    stage.type(" #pr/ip-")
    stage.press(Qt.Key.Key_Return)
    stage.settle()
    rows = stage.bench.session.workspace.ask(lambda questions: questions.entries(EntryFilter())).result()
    (row,) = [one for one in rows if one.entry.text == "Bed rails loose"]
    assert [(one.pack, one.statement) for one in row.evidence] == [("provider", "infection-prevention")]
    for page in (Page.EVIDENCE, Page.COVERAGE):
        stage.window.commands.run(page.name.lower())
        stage.settle()
    for one in (stage.bench.evidence, stage.bench.coverage):
        assert one is not None
        assert [each.id for each in one.facts.frameworks] == ["ics", "provider"]
