"""Send by keys in the real window: the lists, why, stop, the log after a restart, the certificate; for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QWidget

from fieldkit.kernel.errors import Trouble
from tests.gui import worlds
from tests.gui.stage import PASSPHRASE, Stage
from tests.gui.support.keyboard import tab_cycle, unreachable
from tests.gui.support.paint import clipped, small_targets
from tests.gui.support.tree import identifier_faults, label_not_in_name, unnamed
from ui.presenters.display import Colours
from ui.presenters.services import Connection, OfficeState
from ui.presenters.workbench import Page
from ui.qt.theme import Appearance
from ui.views.send import SendView

_Key = Qt.Key


@pytest.fixture
def stage(look: Appearance, tmp_path: Path) -> Iterator[Stage]:
    """The sample visit with its office, on Send."""
    worlds.practice(tmp_path)
    made = Stage(tmp_path)
    made.open_practice()
    made.bench.go(Page.SEND)
    made.until(lambda: made.bench.send.state.is_all_there, 60)
    made.settle()
    yield made
    made.close()


def _view(stage: Stage) -> SendView:
    view = stage.desk.view
    assert isinstance(view, SendView)
    return view


def _become(stage: Stage, state: OfficeState) -> None:
    """The office stands so, as the worker would tell it."""
    stage.bench.session.office.changed.tell(state)
    stage.bench.session.office._state = state  # type: ignore[attr-defined]
    stage.bench.send._compose()
    stage.settle()


def _spoken(widget: QWidget, kind: QAccessible.Text = QAccessible.Text.Name) -> str:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found.text(kind)


def test_ctrl_tab_goes_through_the_lists_and_back(stage: Stage) -> None:
    lists = _view(stage).lists
    seen = []
    for _ in range(4):
        seen.append(lists.tabText(lists.currentIndex()).partition(" (")[0])
        stage.press(_Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert seen == ["Waiting", "Staying on this laptop", "Sent", "Log"]
    stage.press(_Key.Key_Tab, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert lists.currentWidget() is lists.log


def test_enter_on_a_note_opens_it_where_it_was_written(stage: Stage) -> None:
    stage.press(_Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert stage.focus.objectName() == "send.staying"
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.bench.state.page is Page.LOG)


def test_rows_and_lists_are_whole_sentences_for_a_screen_reader(stage: Stage) -> None:
    lists = _view(stage).lists
    lists.setCurrentWidget(lists.sent)
    stage.settle()
    row = lists.sent.rows[0]
    index = lists.sent.table.model().index(0, 2)
    assert index.data(int(Qt.ItemDataRole.AccessibleTextRole)) == row.sentence
    assert "Sent and confirmed" in row.sentence
    assert "Ref " in row.sentence
    assert _spoken(lists.sent.table) == f"Sent and confirmed by central store, {len(lists.sent.rows)} items"


def test_why_opens_with_details_for_it_and_esc_gives_the_focus_back(stage: Stage) -> None:
    again = stage.clock.now() + timedelta(minutes=17)
    trouble = Trouble("send.certificate", reason="expired")
    _become(
        stage,
        OfficeState(connection=Connection.TROUBLE, office="Office", problem=trouble, next_try_at=again, rounds=9),
    )
    view = _view(stage)
    assert stage.find("send.problem").accessibleName().startswith("The central store could not prove its identity")
    stage.tab_to("send.why_round")
    stage.press(_Key.Key_Return)
    assert stage.focus.objectName() == "send.why.details"
    stage.press(_Key.Key_Return)
    assert any("expired" in one.text() for one in view.why_box.findChildren(type(view.why_box._details)))
    stage.press(_Key.Key_Escape)
    assert stage.focus.objectName() == "send.why_round"
    assert not stage.shows("send.why_box")


def test_after_ten_seconds_a_bar_with_its_name_and_stop(stage: Stage) -> None:
    _become(stage, OfficeState(connection=Connection.SENDING, office="Office", sent=6, total=12))
    assert not stage.shows("send.progress")
    stage.bench.send.progress._show_bar()
    bar = stage.find("send.progress")
    assert _spoken(bar) == "Sending, 6 of 12 confirmed"
    assert stage.shows("send.stop")


def test_the_certificate_is_saved_with_its_web_copy(stage: Stage, tmp_path: Path) -> None:
    target = tmp_path / "hand-in.pdf"
    _view(stage).ask_path = lambda: str(target)
    stage.tab_to("send.certificate")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.shows("send.saved"))
    assert stage.find("send.saved").accessibleName() == ("Certificate of hand-in saved as hand-in.pdf, and a web copy")
    assert target.read_bytes().startswith(b"%PDF")
    assert "Certificate of hand-in" in target.with_suffix(".html").read_text(encoding="utf-8")


def test_the_log_of_rounds_is_there_after_locking_and_opening_again(stage: Stage) -> None:
    stage.bench.send.load()
    stage.settle()
    before = stage.bench.send.state.log
    assert any("confirmed" in row.outcome for row in before)
    stage.window.lock()
    stage.until(lambda: stage.window.desk is None)
    stage.open_practice()
    stage.bench.go(Page.SEND)
    stage.until(lambda: stage.bench.send.state.loaded)
    assert before[-1] in stage.bench.send.state.log


@pytest.mark.parametrize(
    ("colours", "percent", "size"),
    [
        (Colours.LIGHT, 100, (1366, 688)),
        (Colours.HIGH_CONTRAST, 150, (1280, 640)),
        (Colours.DARK, 200, (1366, 688)),
        (Colours.LIGHT, 100, (1092, 534)),
    ],
)
def test_every_list_can_be_used_by_everybody(
    stage: Stage, colours: Colours, percent: int, size: tuple[int, int]
) -> None:
    stage.show_as(colours, percent, size)
    window, lists = stage.window, _view(stage).lists
    faults = []
    for place in range(lists.count()):
        if not lists.isTabVisible(place):
            continue
        lists.setCurrentIndex(place)
        stage.settle()
        stage.pass_seconds(0.05)
        lists.take_focus()
        faults += [
            f"{lists.tabText(place)}: {fault}"
            for fault in (
                *unnamed(window), *label_not_in_name(window), *identifier_faults(window), *small_targets(window),
                *clipped(window), *unreachable(window, tab_cycle(stage.focus)),
            )
        ]  # fmt: skip
    assert not faults, "\n".join(faults)


def test_on_a_laptop_of_its_own_the_export_of_the_screens_is_one_key_away(look: Appearance, tmp_path: Path) -> None:
    worlds.own(tmp_path)
    with Stage(tmp_path) as stage:
        stage.type(PASSPHRASE)
        stage.press(_Key.Key_Return)
        stage.until(lambda: stage.window.desk is not None)
        stage.until(lambda: stage.bench.home.state.loaded)
        stage.settle()
        stage.bench.go(Page.SEND)
        stage.settle()
        stage.until(lambda: stage.shows("send.export"))
        assert not stage.shows("send.now")
        said = "\n".join(label.text() for label in _view(stage).findChildren(QLabel) if label.isVisible())
        assert "export it to a file" in said
        assert "fieldkit export" not in said
        stage.tab_to("send.export")
        stage.press(_Key.Key_Return)
        stage.until(lambda: stage.shows("take_out.go"))
