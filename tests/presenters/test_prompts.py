"""Prompts of a guide beside the live log: there for an adviser, one key for anybody, taken as headings, undoable."""

from __future__ import annotations

from fieldkit.app.guide_library import built_in
from fieldkit.app.guides import add_built_in
from fieldkit.app.policies import call_myself_adviser
from tests.presenters.interviews import notes_of
from tests.presenters.room import SHELF, Room, type_line


def test_an_adviser_has_prompts_at_once_and_anybody_else_by_one_key(room: Room) -> None:
    log = room.open_log()
    assert not log.prompts.state.is_shown
    log.prompts.toggle()
    state = log.prompts.state
    assert (state.is_shown, [title for _, title in state.guides]) == (True, ["Observing a meeting"])
    assert state.rows[1].text == "Did the papers come in time, and do they say what is asked of the meeting?"
    assert state.rows[1].codes == "#gm"
    log.close()
    again = room.open_log()
    assert again.prompts.state.is_shown, "what was shown before is there again"
    again.prompts.toggle()
    again.close()
    room.vault.perform(lambda uow: call_myself_adviser(uow, is_one=True))
    hidden = room.open_log()
    assert not hidden.prompts.state.is_shown, "who put them away has them away"
    hidden.close()
    room.vault.perform(lambda uow: uow.set_setting(f"prompts/{room.activity.id}", None))
    fresh = room.open_log()
    assert fresh.prompts.state.is_shown
    fresh.close()


def test_a_prompt_becomes_a_heading_and_the_next_note_stands_under_it(room: Room) -> None:
    log = room.open_log()
    log.prompts.toggle()
    prompt = log.prompts.state.rows[3]
    log.prompts.point(prompt.key)
    assert log.prompts.state.prompt is not None
    assert log.prompts.state.prompt.more == ("Note the exact words of what was decided.",)
    log.prompts.take(prompt.key)
    assert (log.state.item_title, len(log.state.items)) == (prompt.text, 4)
    assert log.prompts.state.rows[3].is_heading
    type_line(log, "The medical director took it, by March")
    log.save()
    (note,) = notes_of(room, room.activity.id)
    assert note.entry.agenda_item == prompt.key
    log.move_item(-1)
    log.prompts.take(prompt.key)  # again: it is gone to, not added
    assert (log.state.item_title, len(log.state.items)) == (prompt.text, 4)
    room.session.undo.undo()  # the note
    room.session.undo.undo()
    assert len(room.vault.questions.activity(room.activity.id).items) == 3
    room.session.undo.redo()
    assert len(room.vault.questions.activity(room.activity.id).items) == 4
    log.close()


def test_the_assessments_own_guide_comes_before_the_programs_and_may_be_chosen(room: Room) -> None:
    frameworks = [SHELF.framework(pin) for pin in room.vault.questions.assessment(room.activity.assessment).packs]
    guide = room.vault.perform(lambda uow: add_built_in(uow, room.activity.assessment, built_in("meeting"), frameworks))
    log = room.open_log()
    log.prompts.toggle()
    assert [key for key, _ in log.prompts.state.guides] == [guide[0].guide.id]
    log.close()
