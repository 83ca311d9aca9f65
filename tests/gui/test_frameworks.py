"""A second framework is known at once on the pages that were open, and what was being typed is not lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

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


def test_a_crosswalk_of_each_kind_is_seen_taken_and_undone_by_keys(stage: Stage) -> None:
    for line in ("Alarms unheard #sg-", "One plan #sd+ #cl+", "Two teams #ci-", "Neighbours meet #pc+"):
        stage.note(line)
    stage.settle()
    before = _tags(stage)
    stage.window.commands.run("frameworks")
    stage.until(lambda: stage.focus.objectName() == "frameworks.list")
    choose(stage, "provider@2026.1")
    page = presenter(stage)
    stage.tab_to("frameworks.carry")
    stage.press(Qt.Key.Key_Return)
    stage.until(lambda: page.state.panel is not None)
    stage.settle()
    said = " | ".join(one.text() for one in stage.window.findChildren(QLabel) if one.isVisible())
    assert "2 tags would be added to 2 notes. Old tags stay." in said
    assert "1 tag: several could follow, so a person chooses." in said
    assert re.search(r"Nothing follows [A-Z]\d Partnerships and communities: The draft asks one service", said), said
    assert _tags(stage) == before, "a preview writes nothing"
    stage.tab_to("frameworks.crosswalk.choose/care-provision.planned-around-me")
    stage.press(Qt.Key.Key_Space)
    stage.chord(Qt.Key.Key_Return)
    stage.until(lambda: page.state.panel is None and len(page.assessment.packs) == 2)
    stage.settle()
    carried = {"Alarms unheard": ["safeguarding"], "One plan": ["shared-direction"],
               "Two teams": ["planned-around-me"], "Neighbours meet": []}  # fmt: skip
    assert _tags(stage, "provider") == carried
    assert _tags(stage) == before
    stage.chord(Qt.Key.Key_Z)
    stage.until(lambda: not any(_tags(stage, "provider").values()))
    assert _tags(stage) == before


def _tags(stage: Stage, pack: str = "ics") -> dict[str, list[str]]:
    rows = stage.bench.session.workspace.ask(lambda questions: questions.entries(EntryFilter())).result()
    return {row.entry.text: sorted(one.statement for one in row.evidence if one.pack == pack) for row in rows}
