"""An urgent item as a code in the real window, from the card and by Ctrl+K; and a team-mate's card on Hand over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from fieldkit.domain.key_card import KeyCard
from fieldkit.domain.urgent_phrase import WORDS
from fieldkit.kernel.ids import AuthorId, DeviceId, new_id
from fieldkit.kernel.signing import SigningKey
from fieldkit.reports.qr import QUIET, encode
from tests.gui import worlds
from tests.gui.stage import Stage
from tests.support.vaults import quick_keys
from ui.presenters.handing_over.page import HandOverPage
from ui.presenters.handing_over.urgent import UrgentPage
from ui.presenters.page import Page
from ui.qt.theme import Appearance
from ui.views.handing_over.urgent import UrgentView

_Key = Qt.Key
WHAT = "A resident fell and nobody is near"


@pytest.fixture
def stage(look: Appearance, tmp_path: Path) -> Iterator[Stage]:
    """The sample visit, whose vault has an office."""
    with quick_keys():
        worlds.practice(tmp_path)
        with Stage(tmp_path) as made:
            made.open_practice()
            yield made


def _recorded(stage: Stage) -> None:
    stage.chord(_Key.Key_E, shift=True)
    stage.settle()
    stage.find("escalate.danger.0").setFocus()
    stage.press(_Key.Key_Space)
    stage.press(_Key.Key_Tab)
    stage.type(WHAT)
    assert not stage.shows("escalate.code"), "nothing is recorded yet"
    stage.chord(_Key.Key_Return)
    stage.until(lambda: stage.shows("escalate.code"))


def _page(stage: Stage) -> UrgentPage:
    page = stage.bench.presenter(Page.URGENT)
    assert isinstance(page, UrgentPage)
    return page


def _code_is_up(stage: Stage) -> bool:
    return stage.bench.state.page is Page.URGENT and stage.shows("urgent.code")


def test_a_recorded_risk_leaves_as_a_code_from_the_card_and_f9_hides_it(stage: Stage, tmp_path: Path) -> None:
    _recorded(stage)
    stage.find("escalate.code").setFocus()
    stage.press(_Key.Key_Space)
    stage.until(lambda: _code_is_up(stage))
    page = _page(stage)
    code, value = page.state.code, page.state.value
    assert code is not None
    assert value is not None
    assert (value.what, len(code.words)) == (WHAT, WORDS)
    view = stage.desk.view
    assert isinstance(view, UrgentView)
    shot, cell = view.code.grab().toImage(), view.code.cell
    dark = encode(code.text).rows
    for at in range(0, len(dark), 5):
        x, y = (QUIET + at) * cell + cell // 2, (QUIET + at // 2) * cell + cell // 2
        scale = shot.devicePixelRatio()
        assert (shot.pixelColor(int(x * scale), int(y * scale)).lightness() < 128) is dark[at // 2][at]
    sheet = tmp_path / "urgent.html"
    page.save_sheet(sheet, view._sheets)
    stage.until(lambda: page.state.notice.startswith("Sheet saved"))
    said = sheet.read_text(encoding="utf-8")
    assert " ".join(code.words) in said
    assert WHAT not in said, "the page passes through strange hands"
    stage.press(_Key.Key_F9)
    assert not stage.shows("urgent.code")
    assert stage.shows("hidden.show")
    stage.press(_Key.Key_F9)
    stage.until(lambda: stage.shows("urgent.code"))


def test_the_most_urgent_item_comes_by_the_command_too(stage: Stage) -> None:
    _recorded(stage)
    stage.press(_Key.Key_Escape)
    stage.settle()
    stage.window.commands.run("urgent")
    stage.until(lambda: _code_is_up(stage))
    assert _page(stage).state.value is not None


def test_a_team_mates_card_is_kept_once_its_words_are_the_same(stage: Stage) -> None:
    key = SigningKey.generate()
    card = KeyCard(
        device=DeviceId(new_id()), author=AuthorId(new_id()), name="Cal Reed", initials="CR", public=key.public
    )
    stage.window.commands.run("hand_over")
    stage.until(lambda: stage.shows("hand_over.read"))
    page = stage.bench.presenter(Page.HAND_OVER)
    assert isinstance(page, HandOverPage)
    for answer in ("hand_over.words_differ", "hand_over.same_words"):
        page.cards.read(card.to_text(key))
        stage.until(lambda: stage.shows("hand_over.same_words"))
        theirs = page.cards.state.theirs
        assert theirs is not None
        assert (theirs.name, len(theirs.words)) == ("Cal Reed", 6)
        stage.find(answer).setFocus()
        stage.press(_Key.Key_Space)
        stage.until(lambda: page.cards.state.theirs is None)
        stage.settle()
        if answer == "hand_over.same_words":
            stage.until(lambda: "Cal Reed" in [one.name for one in page.state.to])
        else:
            assert "Cal Reed" not in [one.name for one in page.state.to]
    page.cards.read("FKCARD1.nonsense")
    stage.until(lambda: bool(page.cards.state.fault))
    assert page.cards.state.theirs is None
