"""One word of 10,000 letters, in any label of any page or side: the buttons beside it stay where they can be seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from fieldkit.app.cases import CaseFacts, add_case
from fieldkit.app.requests import add_request
from tests.gui import worlds
from tests.gui.stage import Stage
from tests.gui.tour_interview import unlock
from tests.support.vaults import quick_keys
from ui.presenters.page import Page
from ui.qt.theme import Appearance
from ui.views.scrolling import Scrolling

PAGES = (Page.HOME, Page.VISIT, Page.EVIDENCE, Page.COVERAGE, Page.ESCALATIONS, Page.SEND, Page.SETTINGS, Page.HELP)
OF_AN_ASSESSMENT = (Page.REQUESTS, Page.CASES, Page.GUIDES, Page.FILES)


@pytest.fixture
def stage(look: Appearance, tmp_path: Path) -> Iterator[Stage]:
    """A vault with one visit, a request and a case."""
    with quick_keys():
        worlds.own(tmp_path)
        with Stage(tmp_path) as made:
            unlock(made)
            yield made


def test_no_word_makes_a_page_or_side_wider_than_its_room(stage: Stage) -> None:
    workspace = stage.bench.session.workspace
    assessment = workspace.ask(lambda q: q.assessments()[0].assessment.id).result()
    workspace.perform(lambda uow: add_request(uow, assessment, "Falls audit", "To see it " * 190)).result()
    workspace.perform(lambda uow: add_case(uow, assessment, CaseFacts(description="Woman, 80s"))).result()
    seen = 0
    for page in (*PAGES, *OF_AN_ASSESSMENT):
        if page in OF_AN_ASSESSMENT:
            stage.bench.open_page(page, assessment)
        else:
            stage.bench.go(page)
        stage.until(lambda page=page: stage.bench.state.page is page)  # type: ignore[misc]
        stage.settle()
        seen += _widen(stage)
        assert _pushed_away(stage) == [], page
    assert seen > len(PAGES), "there were labels to widen"


def _widen(stage: Stage) -> int:
    labels = [
        label
        for area in stage.window.findChildren(Scrolling)
        if area.isVisible()
        for label in area.viewport().findChildren(QLabel)
        if label.wordWrap() and label.isVisible() and label.text()
    ]
    for label in labels:
        label.setText("n" * 10_000)
    stage.settle()
    return len(labels)


def _pushed_away(stage: Stage) -> list[str]:
    found = []
    for area in stage.window.findChildren(Scrolling):
        page = area.widget()
        if page is None or not area.isVisible():
            continue
        room = area.viewport().width()
        if page.width() > room:
            found.append(f"{page.width()} in {room}")
        for press in page.findChildren(QPushButton):
            if press.isVisible():
                left = press.mapTo(page, press.rect().topLeft()).x()
                if left < 0 or left + press.width() > room:
                    found.append(f"{press.objectName()} {left} to {left + press.width()} in {room}")
    return found
