"""Interviews and drop-ins in the real window, by keys alone: how many keys, what is read, who is never named."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QWidget

from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.rows import EntryFilter, EntryRow
from fieldkit.domain.assessment import Activity, ActivityKind
from fieldkit.domain.consent import Attribution
from tests.gui import worlds
from tests.gui.stage import Stage
from tests.gui.tour_interview import agree, choose_first, open_it, plan, unlock
from tests.support.consents import agree as agreed
from tests.support.vaults import quick_keys
from ui.presenters.interview.page import InterviewPage
from ui.presenters.interview.state import Step
from ui.presenters.page import Page
from ui.qt.theme import Appearance
from ui.views.log.suggestion_list import SuggestionList
from ui.widgets.fields import Field

_Key, _Held = Qt.Key, Qt.KeyboardModifier
_HELD = {Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt}


@pytest.fixture
def stage(look: Appearance, tmp_path: Path) -> Iterator[Stage]:
    """A vault with one visit."""
    with quick_keys():
        worlds.own(tmp_path)
        with Stage(tmp_path) as made:
            unlock(made)
            yield made


class Keys(QObject):
    """Counts the key events that reach the program; a chord counts each of its keys."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_first = watched is QApplication.focusWidget()  # the same event goes up from the field to its page
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or not is_first:
            return False
        if Qt.Key(event.key()) not in _HELD:
            held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            self.count += 1 + bin(held.value).count("1")
        return False

    def taken(self) -> int:
        """How many since the last time this was asked."""
        count, self.count = self.count, 0
        return count

    def close(self) -> None:
        """Count no more."""
        app = QApplication.instance()
        assert app is not None
        app.removeEventFilter(self)


@pytest.fixture
def keys(stage: Stage) -> Iterator[Keys]:
    """A counter over the window."""
    made = Keys()
    yield made
    made.close()


def notes(stage: Stage, activity: Activity) -> list[EntryRow]:
    """The notes of an activity, as the vault has them."""
    stage.settle()
    return stage.bench.session.workspace.ask(lambda q: q.entries(EntryFilter(activity=activity.id))).result()


def page(stage: Stage) -> InterviewPage:
    """The presenter of the page that is up."""
    found = stage.bench.presenter(Page.INTERVIEW)
    assert isinstance(found, InterviewPage)
    return found


def everything_said(stage: Stage) -> str:
    """Every word of the window: title, names, descriptions, what lists say of their rows."""
    found = [stage.window.windowTitle()]
    for widget in stage.window.findChildren(QWidget):
        text = getattr(widget, "text", None)
        found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        found += [str(text())] if callable(text) else []
        model = getattr(widget, "model", None)
        rows = model() if callable(model) else None
        if isinstance(rows, QAbstractItemModel):
            for row in range(rows.rowCount()):
                for column in range(rows.columnCount() if isinstance(rows, QAbstractTableModel) else 1):
                    index = rows.index(row, column)
                    for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                        found.append(str(index.data(role) or ""))
    return "\n".join(found)


def test_an_answer_is_saved_and_the_next_question_is_up_in_one_chord(stage: Stage, keys: Keys) -> None:
    talk = plan(stage, "Interview: matron", ActivityKind.INTERVIEW)
    open_it(stage, talk)
    agree(stage)
    choose_first(stage)
    for number in (1, 2, 3):
        words = f"Answer {number}"
        stage.type(words)
        keys.taken()
        stage.chord(_Key.Key_Return)
        assert keys.taken() == 2  # ux, section 4, row 2
        stage.settle()
        assert stage.focus.objectName() == "interview.answer"
        current = page(stage).state.current
        assert current is not None
        assert current.number == number + 1
    found = notes(stage, talk)
    assert [row.entry.text for row in found] == ["Answer 1", "Answer 2", "Answer 3"]
    assert all(row.evidence for row in found)  # the questions' own statements


def test_the_question_is_read_while_tags_are_offered_for_its_answer(stage: Stage) -> None:
    talk = plan(stage, "Interview: matron", ActivityKind.INTERVIEW)
    open_it(stage, talk)
    agree(stage)
    choose_first(stage)
    stage.type("Nobody rang back #a")
    stage.settle()
    listed = next(one for one in stage.window.findChildren(SuggestionList) if one.isVisible())
    corner = listed.mapTo(stage.window, listed.rect().topLeft())
    for name in ("interview.question", "interview.answer"):
        words = stage.find(name)
        assert words.mapTo(stage.window, words.rect().bottomLeft()).y() < corner.y(), name
    assert stage.window.rect().contains(listed.mapTo(stage.window, listed.rect().bottomRight()))


def test_a_conversation_is_started_and_finished_in_four_keys(stage: Stage, keys: Keys) -> None:
    where = plan(stage, "Staff restaurant", ActivityKind.DROP_IN)
    open_it(stage, where)
    for _ in range(3):
        keys.taken()
        stage.type("3s")
        stage.press(_Key.Key_Return)
        words = "Nobody rang back"
        stage.type(words)
        stage.press(_Key.Key_Return)
        assert keys.taken() - len(words) == 4
        stage.settle()
        assert stage.focus.objectName() == "dropin.who"
    assert [row.entry.text for row in notes(stage, where)] == ["Nobody rang back"] * 3
    stage.until(lambda: len(stage.bench.presenter(Page.DROP_IN).state.rows) == 3)  # type: ignore[union-attr]
    stage.tab_to("dropin.list")
    stage.press(_Key.Key_Delete)
    stage.until(lambda: len(stage.bench.presenter(Page.DROP_IN).state.rows) == 2)  # type: ignore[union-attr]
    stage.chord(_Key.Key_Z)
    stage.until(lambda: len(stage.bench.presenter(Page.DROP_IN).state.rows) == 3)  # type: ignore[union-attr]


def test_a_mistake_of_who_stands_at_its_field_whole(stage: Stage) -> None:
    open_it(stage, plan(stage, "Staff restaurant", ActivityKind.DROP_IN))
    stage.until(lambda: stage.focus.objectName() == "dropin.who")
    stage.type("three of them\n")
    stage.settle()
    who = stage.focus
    field = who.parentWidget()
    assert isinstance(field, Field)
    assert field.error.startswith("Who must be like 3s")
    assert (who.property("error"), who.accessibleDescription()) == ("true", f"Error: {field.error}")
    labels = field.findChildren(QLabel)
    assert [one.text() for one in labels if one.height() < one.heightForWidth(one.width())] == []
    stage.type("3")
    assert field.error == who.accessibleDescription() == ""


def test_enter_on_the_agenda_opens_the_interview_and_nothing_can_be_typed_before_consent(stage: Stage) -> None:
    plan(stage, "Interview: matron", ActivityKind.INTERVIEW)
    stage.bench.go(Page.VISIT)
    stage.until(lambda: stage.focus.objectName() == "visit.agenda")
    day = stage.bench.visit
    assert day is not None
    line = next(one for one in day.state.lines if one.activity and one.activity.kind is ActivityKind.INTERVIEW)
    while day.state.chosen != line.key:
        stage.press(_Key.Key_Down)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.shows("consent.limit"))
    assert not stage.shows("interview.answer")
    assert stage.window.windowTitle().startswith("Interview 01")
    assert "matron" not in stage.window.windowTitle()


def test_no_role_stands_anywhere_on_the_screen_of_what_is_not_attributable(stage: Stage) -> None:
    open_it(stage, plan(stage, "Interview: matron on Ward 4", ActivityKind.INTERVIEW))
    agree(stage)
    choose_first(stage)
    stage.type("They hand over on paper #lc\n")
    stage.settle()
    for where in (Page.INTERVIEW, Page.VISIT, Page.EVIDENCE, Page.COVERAGE, Page.SEND, Page.HOME):
        if where is not Page.INTERVIEW:
            stage.bench.go(where)
            stage.until(lambda where=where: stage.bench.state.page is where)  # type: ignore[misc]
            stage.settle()
            stage.pass_seconds(0.3)
        assert "matron" not in everything_said(stage).casefold(), where
    stage.chord(_Key.Key_K)
    stage.type("matron")
    stage.pass_seconds(0.3)
    listed = stage.find("palette.results") if stage.shows("palette.results") else stage.window
    assert "Ward 4" not in everything_said(stage), listed


def test_nothing_that_can_be_copied_from_a_list_tells_who_is_not_named_any_more(stage: Stage) -> None:
    talk = plan(stage, "Interview: head pharmacist", ActivityKind.INTERVIEW)
    workspace = stage.bench.session.workspace
    workspace.perform(lambda uow: agreed(uow, talk, Attribution.ROLE, "Matron")).result()
    new = NewEntry(text="They hand over on paper", speaker="zq7")
    workspace.perform(lambda uow: record_entry(uow, uow.questions.activity(talk.id), new)).result()
    open_it(stage, talk)
    choose_first(stage)
    assert "zq7" in _copied(stage, Page.INTERVIEW)
    workspace.perform(lambda uow: agreed(uow, talk)).result()
    stage.settle()
    words = "".join(_copied(stage, where) for where in (Page.INTERVIEW, Page.VISIT, Page.EVIDENCE, Page.SEND))
    assert "They hand over on paper" in words
    assert not {one for one in ("zq7", "Matron", "pharmacist") if one.casefold() in words.casefold()}


def _copied(stage: Stage, where: Page) -> str:
    """What Ctrl+C puts on the clipboard in each cell of each list of a page."""
    if stage.bench.state.page is not where:
        stage.bench.go(where)
        stage.until(lambda: stage.bench.state.page is where)
    stage.settle()
    stage.pass_seconds(0.3)
    found = []
    for view in stage.window.findChildren(QAbstractItemView):
        model = view.model()
        if not view.isVisible() or model is None:
            continue
        columns = model.columnCount() if isinstance(model, QAbstractTableModel) else 1
        for row, column in product(range(model.rowCount()), range(columns)):
            QApplication.clipboard().clear()
            view.setCurrentIndex(model.index(row, column))
            QApplication.sendEvent(view, QKeyEvent(QEvent.Type.KeyPress, _Key.Key_C, _Held.ControlModifier))
            found.append(QApplication.clipboard().text())
    return "\n".join(found)


def test_keys_skip_jump_prompt_and_add_and_the_focus_stays_in_the_answer(stage: Stage) -> None:
    open_it(stage, plan(stage, "Interview: matron", ActivityKind.INTERVIEW))
    agree(stage)
    choose_first(stage)
    stage.alt(_Key.Key_K)
    stage.settle()
    assert stage.shows("interview.why")
    assert stage.focus.objectName() == "interview.answer"
    stage.chord(_Key.Key_J)
    stage.type("5\n")
    stage.settle()
    current = page(stage).state.current
    assert current is not None
    assert (current.number, stage.focus.objectName()) == (5, "interview.answer")
    stage.press(_Key.Key_F8)
    assert page(stage).state.shows_prompts
    stage.chord(_Key.Key_I)
    stage.type("And at night?\n")
    stage.settle()
    current = page(stage).state.current
    assert current is not None
    assert (current.number, current.text, stage.focus.objectName()) == (6, "And at night?", "interview.answer")
    stage.chord(_Key.Key_PageUp)
    stage.settle()
    assert page(stage).state.current.number == 5  # type: ignore[union-attr]


def test_an_interview_that_is_opened_again_has_the_keys_and_no_part_of_it_was_a_window(stage: Stage) -> None:
    talk, other = (plan(stage, f"Interview: {who}", ActivityKind.INTERVIEW) for who in ("matron", "chair"))
    for one in (talk, other):
        open_it(stage, one)
        agree(stage)
        choose_first(stage)
    open_it(stage, talk)
    stage.until(lambda: stage.focus.objectName() == "interview.answer")
    assert QApplication.activeWindow() is stage.window


def test_words_in_any_script_and_of_any_length_are_kept_to_the_character(stage: Stage) -> None:
    talk = plan(stage, "Interview: matron", ActivityKind.INTERVIEW)
    open_it(stage, talk)
    agree(stage)
    choose_first(stage)
    words = "لا أحد يرد 🙂 " + "x" * 10_000
    QApplication.clipboard().setText(words)
    stage.chord(_Key.Key_V)
    stage.chord(_Key.Key_Return)
    stage.until(lambda: notes(stage, talk))
    assert notes(stage, talk)[0].entry.text == words


def test_stopping_by_keys_ends_with_what_the_withdrawal_means(stage: Stage) -> None:
    talk = plan(stage, "Interview: matron", ActivityKind.INTERVIEW)
    open_it(stage, talk)
    agree(stage)
    choose_first(stage)
    stage.type("One\n")
    stage.window.commands.run("interview_stop")
    stage.tab_to("interview.wants_withdraw")
    stage.press(_Key.Key_Space)
    stage.until(lambda: stage.shows("interview.withdraw.do"))
    stage.tab_to("interview.withdraw.do")
    stage.press(_Key.Key_Space)
    stage.until(lambda: page(stage).state.step is Step.WITHDRAWN)
    assert "will not be sent" in stage.focus.accessibleName()
    assert {row.barred for row in notes(stage, talk)} == {"withdrawn"}


def test_a_note_found_elsewhere_opens_in_its_interview_with_the_cursor_on_it(stage: Stage) -> None:
    talk = plan(stage, "Interview: matron", ActivityKind.INTERVIEW)
    open_it(stage, talk)
    agree(stage)
    choose_first(stage)
    for words in ("One #lc", "Two #lc", "Three #lc"):
        stage.type(f"{words}\n")
        stage.settle()
    entry = next(row.entry.id for row in notes(stage, talk) if row.entry.text == "Two")
    stage.bench.go(Page.EVIDENCE)
    stage.until(lambda: stage.bench.state.page is Page.EVIDENCE)
    stage.bench.open_note(entry)
    stage.until(lambda: stage.focus.objectName() == "interview.notes")
    assert stage.bench.state.page is Page.INTERVIEW
    table = stage.find("interview.notes")
    assert table.current_row().entry.text == "Two"  # type: ignore[attr-defined]
