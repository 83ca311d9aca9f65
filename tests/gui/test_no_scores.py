"""Every screen over a visit whose one framework has ratings in words: none is empty, none speaks of scores."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QListView, QWidget

from fieldkit.kernel.clock import FixedClock
from tests.cli.conftest import NINE, OPENS, Shell
from tests.gui.stage import PASSPHRASE, Stage
from tests.gui.tour_interview import unlock
from tests.support.rated import WORDS, rate
from tests.support.vaults import quick_keys
from ui.presenters.page import Page
from ui.presenters.scores.page import ScoresPage
from ui.qt.theme import Appearance

_NOT_HERE = {
    Page.SETTINGS,
    Page.HELP,
    Page.INTERVIEW,
    Page.DROP_IN,
    Page.CASE,
    Page.RECORD_REVIEW,
    Page.URGENT,
    Page.TEXTS,
    Page.LOG,
}
"""What is the same under every framework, and what wants a record to be named."""
_MEANT = re.compile(
    r"no scores|score trace|\bScores\b|instead of scores|which quality statement|words and scores", re.IGNORECASE
)
"""The page's name in menus, and what the pack says of itself."""


@pytest.fixture
def stage(look: Appearance, tmp_path: Path) -> Iterator[Stage]:
    with quick_keys():
        opens = {**OPENS, "FIELDKIT_PASSPHRASE": PASSPHRASE}
        rate(Shell(home=tmp_path / "home", clock=FixedClock(NINE), environ=opens), tmp_path)
        with Stage(tmp_path / "home") as made:
            unlock(made)
            yield made


def _said(window: QWidget) -> list[str]:
    found = [one.text() for one in window.findChildren(QLabel) if one.isVisible()]
    found += [one.text() for one in window.findChildren(QAbstractButton) if one.isVisible()]
    for box in window.findChildren(QComboBox):
        found += [box.itemText(at) for at in range(box.count())] if box.isVisible() else []
    for rows in window.findChildren(QListView):
        model = rows.model()
        if rows.isVisible() and model is not None:
            role = Qt.ItemDataRole.AccessibleTextRole
            found += [str(model.index(at, 0).data(role) or model.index(at, 0).data()) for at in range(model.rowCount())]
    return [one for one in found if one]


def _wrong(window: QWidget) -> list[str]:
    return [one for one in _said(window) if WORDS.search(_MEANT.sub("", one))]


def test_no_screen_is_empty_or_speaks_of_scores(stage: Stage) -> None:
    found = {}
    for page in Page:
        if page in _NOT_HERE:
            continue
        stage.bench.go(page)
        stage.settle()
        found[page.name] = _wrong(stage.window)
        assert stage.bench.state.page is page
    assert {name: words for name, words in found.items() if words} == {}


def test_a_rating_is_chosen_by_its_characteristic_and_nothing_is_tried_out(stage: Stage) -> None:
    stage.chord(Qt.Key.Key_5)
    stage.until(lambda: stage.focus.objectName() == "scores.list")
    stage.settle()
    page = stage.bench.presenter(Page.SCORES)
    assert isinstance(page, ScoresPage)
    stage.press(Qt.Key.Key_Down)
    stage.press(Qt.Key.Key_F2)
    stage.until(lambda: page.state.panel is not None)
    stage.settle()
    assert _wrong(stage.window) == []
    assert any(one.startswith("Inadequate: Abuse or neglect is missed") for one in _said(stage.window))
    assert not any(re.match(r"\d  ", one) for one in _said(stage.window)), "a step of a rating has no number"
    stage.press(Qt.Key.Key_Escape)
    stage.until(lambda: page.state.panel is None)
    assert not stage.shows("scores.try")
    page.try_out(4)
    assert page.state.tried == ()
    page.score_blind(is_on=True)
    stage.until(lambda: page.state.read.is_blind)
    stage.settle()
    assert _wrong(stage.window) == []
