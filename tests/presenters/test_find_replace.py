"""Find and replace in one's own drafts: open ones where they are typed, the rest on disk, saved notes never."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldkit.app.drafts import capture_place, drop_draft, keep_draft
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.rows import Draft
from fieldkit.capture.replacing import Sought, changed, edits, hits
from fieldkit.capture.typed_line import TypedLine
from fieldkit.domain.assessment import ActivityKind
from fieldkit.kernel.errors import Trouble
from fieldkit.kernel.topic import Topic
from tests.presenters.interviews import asking, drop_in_of, planned, type_into
from tests.presenters.room import Room, failing, type_line
from ui.presenters.forms import Entry, Form, FormField
from ui.presenters.log.amend import AddWords
from ui.presenters.writing.replacing import FindReplace


class Finder(FindReplace):
    """With what a desk would give it; ``up`` is the activity on the screen."""

    def __init__(self, room: Room) -> None:
        self.up = ""
        self.led: list[str] = []
        self.moved: Topic[Any] = Topic()
        super().__init__(room.session, self.moved, lambda: self.up, self.led.append)

    def seek(self, words: str, instead: str = "", **more: bool) -> None:
        self.open(words)
        self.look(words, same_case=more.get("same_case", False), whole_words=more.get("whole_words", False))
        self.put(instead)


@pytest.fixture
def finder(room: Room) -> Iterator[Finder]:
    made = Finder(room)
    yield made
    made.close()


def keep(room: Room, place: str, text: str, extra: str = "") -> None:
    """A draft of a page that is not open."""
    draft = Draft(place=place, text=text, caret=len(text), noticed_at=None, kept_at=room.clock.now(), extra=extra)
    room.vault.perform(lambda uow: keep_draft(uow, draft))


def text_of(room: Room, place: str) -> str:
    found = room.vault.questions.draft(place)
    return found.text if found is not None else ""


def test_every_hit_is_shown_with_where_it_is_and_saved_notes_are_none(room: Room, finder: Finder) -> None:
    log = room.open_log()
    type_line(log, "The rota was saved #lc")
    log.save()
    type_line(log, "st: Rota gaps, the rota again #st")
    other = planned(room, ActivityKind.OBSERVATION, "Ward round")
    keep(room, f"{capture_place(other.id)}/x", "No rota on the wall")
    finder.seek("rota")
    assert [(hit.before, hit.words, hit.where) for hit in finder.state.hits] == [
        ("st: ", "Rota", "ICB board, Note being typed"), ("st: Rota gaps, the ", "rota", "ICB board, Note being typed"),
        ("No ", "rota", "Ward round, Note being typed"),
    ]  # fmt: skip
    assert finder.state.summary == "3 hits in 2 places"
    finder.seek("rota", same_case=True, whole_words=True)
    assert finder.state.total == 2
    finder.seek("st")
    assert finder.state.total == 0  # codes of the line are no words
    log.close()


def test_all_are_replaced_and_one_undo_takes_all_of_it_back_with_what_was_typed_since(
    room: Room, finder: Finder
) -> None:
    log = room.open_log()
    type_line(log, "Rota gaps 🙂 rota #lc")
    log.line.caret_moved(12)  # behind the emoji's space
    place = f"{capture_place(planned(room).id)}/q1/x"
    keep(room, place, "rota, rota", TypedLine(text="rota, rota", pasted=(("Word", "rota, rota"),)).to_extra())
    finder.seek("rota", "duty list")
    finder.replace_all()
    assert log.line.state.text == "duty list gaps 🙂 duty list #lc"
    assert log.line.state.caret == 17
    assert [tag.code for tag in log.line.state.captured.tags] == ["lc"]
    assert text_of(room, place) == "duty list, duty list"
    kept = room.vault.questions.draft(place)
    assert kept is not None
    assert TypedLine.from_extra(kept.text, kept.extra).pasted == (("Word", "rota, rota"),)
    assert room.session.undo.state.message == "‘rota’ replaced by ‘duty list’ in 4 places"
    type_line(log, " ok")
    assert room.session.undo.undo()
    assert log.line.state.text == "Rota gaps 🙂 rota #lc ok"
    assert text_of(room, place) == "rota, rota"
    assert room.session.undo.redo()
    assert (log.line.state.text, text_of(room, place)) == ("duty list gaps 🙂 duty list #lc ok", "duty list, duty list")
    room.later.pass_seconds(1)
    assert (
        text_of(room, next(d.place for d in room.vault.questions.drafts() if d.place != place)) == log.line.state.text
    )
    log.close()


def test_one_at_a_time_goes_on_to_the_next(room: Room, finder: Finder) -> None:
    log = room.open_log()
    type_line(log, "rota rota rota")
    finder.seek("rota", "list")
    finder.step(1)
    finder.replace_one()
    assert log.line.state.text == "rota list rota"
    assert finder.state.hit is not None
    assert finder.state.hit.span.start == 10
    finder.replace_one()
    assert log.line.state.text == "rota list list"
    room.session.undo.undo()
    assert log.line.state.text == "rota list rota"
    log.close()


def test_what_was_saved_or_written_over_since_stays_and_is_told(room: Room, finder: Finder) -> None:
    log = room.open_log()
    type_line(log, "rota here")
    place = f"{capture_place(planned(room).id)}/q1/x"
    keep(room, place, "rota there")
    finder.seek("rota", "list")
    finder.replace_all()
    log.save()
    assert room.session.undo.undo()  # of the note that was saved last
    assert room.session.undo.undo()
    assert room.rows()[0].entry.text == "list here"
    assert text_of(room, place) == "rota there"
    assert room.said[-1] == "1 of 2 changed. The rest was written on or saved since, and stays"
    log.close()


def test_a_note_that_the_disk_did_not_take_is_changed_where_it_waits(room: Room, finder: Finder) -> None:
    log = room.open_log()
    mend = failing(room.vault, Trouble("vault.disk_full"))
    type_line(log, "rota on the ward #lc")
    log.save()
    (stuck,) = log.hand_over.waiting.stuck
    finder.seek("rota", "list")
    finder.replace_all()
    assert log.hand_over.waiting.stuck[0].line.text == "list on the ward #lc"
    mend()
    log.save_again()
    (row,) = room.rows()
    assert (row.entry.text, len(row.evidence)) == ("list on the ward", 1)
    assert stuck.note.text == "rota on the ward"
    log.close()


def test_a_draft_that_is_opened_while_it_is_rewritten_shows_the_new_words(room: Room, finder: Finder) -> None:
    place = f"{capture_place(room.activity.id)}/x"
    keep(room, place, "the rota")
    finder.seek("rota", "list")
    opened: list[Any] = []
    good = room.vault.perform

    def perform(action: Any, origin: str = "") -> Any:
        if origin == "replace" and not opened:
            opened.append(room.open_log())  # it read the old words, and its owner types on at once
            opened[0].line.typed("the rota!", 9)
        return good(action, origin)

    room.vault.perform = perform  # type: ignore[method-assign]
    finder.replace_all()
    assert opened[0].line.state.text == "the list!"
    opened[0].close()
    assert text_of(room, place) == "the list!"


def test_the_conversation_of_a_drop_in_is_searched_and_who_it_is_with_is_not(room: Room, finder: Finder) -> None:
    page = drop_in_of(room, planned(room, ActivityKind.DROP_IN, "Staff restaurant"))
    page.type_who("3s")
    type_into(page.box.line, "3s is what the bleep said")
    room.later.pass_seconds(1)
    finder.seek("3s", "4s")
    assert [hit.where for hit in finder.state.hits] == ["Staff restaurant, What was said"]
    page.close()


def test_a_hit_elsewhere_is_led_to_once_its_page_is_up(room: Room, finder: Finder) -> None:
    keep(room, f"{capture_place(room.activity.id)}/x", "words and the rota")
    finder.seek("rota")
    finder.go()
    assert finder.led == [room.activity.id]
    log = room.open_log()
    finder.up = room.activity.id
    finder.moved.tell(None)
    assert (log.line.state.pointed, log.line.state.point.of(log.line.state.text)) == (1, "rota")
    log.close()


FIELDS = (
    FormField(name="danger", label="In danger", entry=Entry.CHOICE), FormField(name="who", label="Who"),
    FormField(name="what", label="What is happening", entry=Entry.LONG),
)  # fmt: skip


def a_form(room: Room) -> Form:
    form = Form(
        room.session, FIELDS, place="form/case/1", submit=lambda _: lambda uow: None, done=lambda _: None,
        first={"who": "rota as it was"},
    )  # fmt: skip
    form.start()
    return form


def test_words_of_a_form_are_found_open_or_closed_and_what_it_began_with_or_was_chosen_is_not(
    room: Room, finder: Finder
) -> None:
    form = a_form(room)
    form.put("danger", "rota")
    form.put("what", "the rota 🙂 rota")
    finder.seek("rota", "list")
    assert [hit.where for hit in finder.state.hits] == ["A case, What is happening"] * 2
    finder.replace_one()
    assert form.state.values == {"danger": "rota", "who": "rota as it was", "what": "the list 🙂 rota"}
    form.close()
    finder.replace_all()
    finder.dismiss()
    again = a_form(room)
    assert again.state.values == {"danger": "rota", "who": "rota as it was", "what": "the list 🙂 list"}
    again.close()
    room.session.undo.undo()
    room.session.undo.undo()
    again = a_form(room)
    assert again.state.values["what"] == "the rota 🙂 rota"
    again.close()


def test_what_is_added_to_a_note_is_a_draft_and_the_note_itself_is_not(room: Room, finder: Finder) -> None:
    log = room.open_log()
    type_line(log, "the rota")
    log.save()
    panel = AddWords(room.session, room.rows()[0], lambda: None, log.troubled)
    panel.typed("rota of May", "rota misheard")
    finder.seek("rota", "list")
    assert [hit.where.partition(", ")[2] for hit in finder.state.hits] == ["Words to add", "Why"]
    finder.replace_all()
    assert (panel.state.text, panel.state.reason) == ("list of May", "list misheard")
    panel.close()
    room.session.undo.undo()
    kept = room.vault.questions.draft(f"addendum/{room.rows()[0].entry.id}")
    assert kept is not None
    assert (kept.text, kept.extra, room.rows()[0].entry.text) == ("rota of May", "rota misheard", "the rota")
    log.close()


def test_nothing_behind_a_passphrase_of_its_own_is_searched(room: Room, finder: Finder) -> None:
    class Veiled:
        def hidden(self, place: str, text: str) -> str:
            return "x"

        def keep(self, uow: UnitOfWork, hidden: str) -> None: ...

        def draft(self, place: str) -> str:
            return ""

    form = Form(
        room.session, FIELDS, place="form/case/2", submit=lambda _: lambda uow: None, done=lambda _: None, veil=Veiled()
    )
    form.put("what", "the rota in confidence")
    finder.seek("rota")
    assert finder.state.total == 0
    form.close()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.text(alphabet="ab 🙂\u0301'\n#", min_size=1, max_size=12), min_size=2, max_size=4),
    words=st.text(alphabet="ab🙂", min_size=1, max_size=2), instead=st.text(alphabet="a🙂 x", max_size=3),
)  # fmt: skip
def test_nothing_but_the_hits_changes_in_any_draft_and_undo_is_exact(
    room: Room, texts: list[str], words: str, instead: str
) -> None:
    first, *others = texts
    finder, log = Finder(room), room.open_log()
    log.line.typed(first, len(first))
    places = [f"{capture_place(room.activity.id)}x/{number}" for number in range(len(others))]
    for place, text in zip(places, others, strict=True):
        keep(room, place, text)
    finder.seek(words, instead)
    finder.replace_all()

    def expected(text: str) -> str:
        return changed(text, edits(text, hits(text, Sought(words=words), has_codes=True), instead))

    assert log.line.state.text == expected(first)
    assert [text_of(room, place) for place in places] == [expected(text) for text in others]
    if room.session.undo.state.can_undo:
        room.session.undo.undo()
    assert log.line.state.text == first
    assert [text_of(room, place) for place in places] == others
    log.line.typed("", 0)
    log.close()
    finder.close()
    for draft in room.vault.questions.drafts():
        room.vault.perform(partial(drop_draft, place=draft.place))


def test_both_boxes_of_an_interview_and_answers_begun_for_other_questions_are_changed(
    room: Room, finder: Finder
) -> None:
    page = asking(room)
    asked = page.asking
    type_into(asked.answer.line, "the rota of one")
    page.step(1)
    type_into(asked.answer.line, "the rota of two")
    type_into(asked.free.line, "rota beside")
    finder.seek("rota", "list")
    assert [hit.where for hit in finder.state.hits] == [
        "Interview 01, Answer to question 2", "Interview 01, Free notes", "Interview 01, Answer to question 1",
    ]  # fmt: skip
    finder.replace_all()
    assert (asked.answer.line.state.text, asked.free.line.state.text) == ("the list of two", "list beside")
    page.step(-1)
    assert asked.answer.line.state.text == "the list of one"
    room.session.undo.undo()
    assert asked.answer.line.state.text == "the rota of one"
    finder.up = page.activity
    finder.look("of two", same_case=False, whole_words=False)
    finder.go()
    assert page.asking.question == "q2"
    line = asked.answer.line.state
    assert line.point.of(line.text) == "of two"
    page.close()
