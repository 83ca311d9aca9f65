"""T16 and T27: nothing is said by colour alone, and nothing moves while nobody does anything."""

from __future__ import annotations

import colorsys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QTableView

from tests.gui import worlds
from tests.gui.stage import Stage
from tests.gui.support.inspector import Inspector
from tests.gui.support.looks import Look
from tests.gui.support.meaning import every_word, moving
from tests.gui.support.shot import Shot
from tests.gui.tour import PARTS
from tests.support.vaults import quick_keys
from ui.presenters.workbench import Page
from ui.qt import theme
from ui.qt.theme import Appearance
from ui.qt.tokens import ThemeName, Tokens, tokens

_PAGES = (Page.HOME, Page.VISIT, Page.EVIDENCE, Page.COVERAGE, Page.SEND, Page.EXPOSURE, Page.SETTINGS, Page.HELP)


_SETTINGS = ("31", "33")
"""Their pages show secrets that are different in every vault, and what was read from the disk when it comes."""


def _turned(colour: str) -> str:
    """The opposite hue, as light and as strong as before."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    hue, light, strength = colorsys.rgb_to_hls(red, green, blue)
    parts = colorsys.hls_to_rgb((hue + 0.5) % 1, light, strength)
    return "#" + "".join(f"{round(part * 255):02X}" for part in parts)


def _turned_tokens(name: ThemeName) -> Tokens:
    found = tokens(name)
    return replace(found, colours={key: _turned(value) for key, value in found.colours.items()})


def _words(home: Path, part: str) -> dict[str, list[str]]:
    PARTS[part].prepare(home)
    with Stage(home) as stage:
        inspector = Inspector(stage, Look())
        PARTS[part].walk(_Reader(inspector))
        return {name: words for name, words in inspector.words.items() if not name.startswith(_SETTINGS)}


class _Reader:
    """Only reads: the rest of the kit has looked at these screens already."""

    def __init__(self, inspector: Inspector) -> None:
        self.stage = inspector.stage
        self._words = inspector.words

    def take(self, name: str) -> None:
        self.stage.settle()
        self._words[name] = [line for line in every_word(self.stage.window) if "status." not in line]


@pytest.mark.slow
@pytest.mark.parametrize("part", ["sample", "own"])
def test_every_word_stays_when_all_hues_are_turned_round(
    look: Appearance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    with quick_keys():
        plain = _words(tmp_path / "plain", part)
        monkeypatch.setattr(theme, "tokens", _turned_tokens)
        turned = _words(tmp_path / "turned", part)
    assert len(plain) >= 5
    assert {name: sorted(set(plain[name]) ^ set(turned[name])) for name in plain if plain[name] != turned[name]} == {}


@pytest.fixture
def practising(look: Appearance, tmp_path: Path) -> Callable[[], Stage]:
    def start() -> Stage:
        worlds.practice(tmp_path)
        stage = Stage(tmp_path)
        stage.open_practice()
        return stage

    return start


def test_neighbouring_cells_of_coverage_differ_in_words_and_in_grey(practising: Callable[[], Stage]) -> None:
    with quick_keys(), practising() as stage:
        stage.bench.go(Page.COVERAGE)
        stage.until(lambda: stage.shows("coverage.matrix"))
        stage.settle()
        table = stage.find("coverage.matrix")
        assert isinstance(table, QTableView)
        model = table.model()
        cells = [
            [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]
        assert len({words for row in cells for words in row}) > 3, "states of several kinds"
        assert all(words.strip() for row in cells for words in row), "no cell is a colour and nothing else"
        grey = Shot(stage.window).grey()
        assert grey.allGray()


def test_nothing_moves_while_nobody_does_anything(practising: Callable[[], Stage]) -> None:
    with quick_keys(), practising() as stage:
        stage.until(lambda: "Sending" not in stage.find("status.office").accessibleName(), 30)
        for page in _PAGES:
            stage.bench.go(page)
            stage.settle()
            stage.pass_seconds(0.3)
            stage.focus.clearFocus()  # the caret is the one thing that may blink
            stage.settle()
            before = Shot(stage.window)
            stage.pass_seconds(0.2)
            assert Shot(stage.window).is_same(before), page
            assert moving(stage.window) == [], page
