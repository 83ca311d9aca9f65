"""Short texts and abbreviations: put in where they are asked for, and nothing is ever changed unasked."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldkit.app.ports import UnitOfWork
from fieldkit.app.short_texts import drop_text, put_text, short_texts
from fieldkit.capture.short_texts import ShortText
from fieldkit.kernel.errors import Mistake
from tests.presenters.room import Room, type_line
from ui.presenters.writing.texts_page import TextsPage


def test_tab_writes_an_abbreviation_out_and_the_list_says_what_it_means(room: Room) -> None:
    log = room.open_log()
    type_line(log, "the ;icb")
    candidate = log.line.state.candidate
    assert candidate is not None
    assert candidate.choice.title == "integrated care board"
    assert log.line.accept()
    assert log.line.state.text == "the integrated care board"


def test_what_is_no_pack_s_own_is_known_too(room: Room) -> None:
    log = room.open_log()
    type_line(log, "under ;s117")
    assert log.line.accept()
    assert log.line.state.text == "under section 117 aftercare"


def test_a_text_of_ones_own_comes_before_the_packs_and_tags_in_it_are_read(room: Room) -> None:
    room.session.texts.own = (ShortText(name="icb", words="the board\nof the ICB #lc", is_own=True),)
    log = room.open_log()
    type_line(log, "Told ;icb")
    assert log.line.accept()
    assert log.line.state.text == "Told the board\nof the ICB #lc"
    assert [tag.code for tag in log.line.state.captured.tags] == ["lc"]


def test_enter_and_space_never_take_one(room: Room) -> None:
    log = room.open_log()
    type_line(log, "so ;icb")
    assert log.line.state.candidate is not None
    assert not log.line.accept_exact()
    assert not log.line.accept_or_save()
    log.save()
    assert [row.entry.text for row in room.rows()] == ["so ;icb"]


_PROSE = st.lists(
    st.sampled_from(
        ["icb", ";icb", ";mca,", "and;", "; then", ";-)", ";;", ";s117", "a;b", "ICB;", "the", "שלום", "🙂", ";é", "\n"]
    ),
    min_size=1, max_size=8,
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=_PROSE)
def test_prose_is_never_changed_unasked(room: Room, words: list[str]) -> None:
    log = room.open_log()
    room.session.texts.own = (ShortText(name="then", words="WRONG", is_own=True),)
    text = "Said " + " ".join(words)
    typed = ""
    for char in text:
        if char == " ":
            log.line.accept_exact()  # as the space bar does
        typed += char
        log.line.typed(typed, len(typed))
        assert log.line.state.text == typed
    assert not log.line.accept_or_save()
    assert log.line.state.text == text
    assert log.line.state.captured.text == text.strip()
    log.close()


@pytest.mark.parametrize(
    ("name", "words", "code"),
    [
        ("", "x", "writing.text_name"), ("two words", "x", "writing.text_name"), ("n" * 21, "x", "writing.text_name"),
        ("ok", "  ", "writing.text_empty"), ("ok", "x" * 5_001, "writing.text_long"),
        ("Taken", "x", "writing.text_taken"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_said_beside_its_field(room: Room, name: str, words: str, code: str) -> None:
    perform = room.session.workspace.perform
    perform(lambda uow: put_text(uow, "taken", "y")).result()
    with pytest.raises(Mistake) as caught:
        perform(lambda uow: put_text(uow, name, words)).result()
    assert caught.value.code == code
    assert [one.name for one in room.session.workspace.ask(short_texts).result()] == ["taken"]


def test_the_page_adds_changes_and_takes_off_and_undoes(room: Room) -> None:
    page = TextsPage(room.session, (), ())
    page.add()
    assert page.state.panel is not None
    form = page.state.panel.form
    form.put("name", "thanks")
    form.put("words", "Thank you 🙂 שלום")
    form.submit()
    assert [one.words for one in page.state.own] == ["Thank you 🙂 שלום"]
    assert room.session.texts.own == page.state.own
    page.choose("thanks")
    page.change()
    assert page.state.panel is not None
    page.state.panel.form.put("name", "ta")
    page.state.panel.form.submit()
    assert [one.name for one in page.state.own] == ["ta"]
    page.choose("ta")
    page.take_off()
    assert not page.state.own
    room.session.undo.undo()
    assert [one.name for one in page.state.own] == ["ta"]
    room.session.undo.redo()
    assert room.session.workspace.ask(short_texts).result() == ()


def _put_raw(kept: str, uow: UnitOfWork) -> None:
    uow.set_setting("writing/texts", kept)


def test_damaged_settings_count_as_none(room: Room) -> None:
    for kept in ("{", "[1]", '{"a": 3}', "null"):
        room.session.workspace.perform(partial(_put_raw, kept)).result()
        assert room.session.workspace.ask(short_texts).result() == ()
    assert room.session.workspace.perform(partial(_drop, "x")).result()[0] == ()


def _drop(name: str, uow: UnitOfWork) -> tuple[ShortText, ...]:
    return drop_text(uow, name)
