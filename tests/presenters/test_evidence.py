"""The evidence list without a screen: finding while typing, selecting, tagging together, one undo, live changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fieldkit.app.entries import NewEntry, file_evidence, record_entry, withdraw_entry
from fieldkit.app.findings import NewCitation, NewFinding, add_finding
from fieldkit.app.lanes import Lanes
from fieldkit.app.restrictions import NewRestriction, restrict
from fieldkit.app.rows import EntryFilter
from fieldkit.app.workspace import Workspace
from fieldkit.domain.evidence import Acquisition, Bearing, EvidenceItem
from fieldkit.domain.triangulation import Side
from fieldkit.kernel.errors import Mistake
from tests.presenters.evidence_desk import Desk, evidence_desk
from tests.presenters.room import failing
from tests.storage.office import Office
from ui.presenters.evidence import found_rows
from ui.presenters.evidence.board import PAUSE
from ui.presenters.evidence.opening import read_board
from ui.presenters.log.tag_picker import TagPicker


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The board over five notes."""
    with evidence_desk(tmp_path) as made:
        yield made


def test_all_notes_are_there_newest_first_with_their_counts(desk: Desk) -> None:
    assert desk.texts == [
        "The rota is full of gaps", "No cover at night", "We said we would come back on falls", "Papers came late",
        "Who owns the recovery plan?",
    ]  # fmt: skip
    state = desk.board.state
    assert state.summary == "5 notes"
    assert {one.words: one.count for one in state.quick} == {
        "Untagged": 2, "Follow-ups": 1, "Exact words": 1, "My view": 1, "Contradicted": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("is:untagged", 2), ("qs:lc", 2), ("qs:lc from:interview", 1), ("who:ch", 2), ("recov", 1), ("-who:ch", 3),
        ("on:today", 5), ("on:11nov", 0), ('visit:"Visit 1"', 5), ("by:AO", 5), ("is:mine", 5), ("falls", 1),
    ],
)  # fmt: skip
def test_what_is_typed_is_found(desk: Desk, text: str, found: int) -> None:
    assert len(desk.find(text)) == found
    assert desk.board.state.summary == f"{found} of 5 notes"


def test_results_come_while_somebody_types_and_nothing_is_wrong_before_a_pause(desk: Desk) -> None:
    seen = []
    for end in range(1, len("qs:xy rota") + 1):
        desk.board.typed("qs:xy rota"[:end])
        assert desk.board.state.problems == ()
        seen.append(len(desk.texts))
    assert seen[-3:] == [1, 1, 1]
    desk.room.later.pass_seconds(PAUSE)
    assert desk.board.state.problems[0].startswith("‘qs:xy’ is not a statement of this pack")
    assert desk.texts == []
    desk.board.typed("rota")
    assert desk.board.state.problems == ()
    assert desk.texts == ["The rota is full of gaps"]


def test_enter_means_it_at_once(desk: Desk) -> None:
    desk.board.typed("is:untaged")
    desk.board.settle()
    assert desk.board.state.problems == ("‘is:untaged’ is not a kind of note. Did you mean ‘untagged’?",)


def test_boxes_quick_filters_and_words_are_one_and_the_same(desk: Desk) -> None:
    by_words = desk.find("is:untagged from:interview")
    desk.board.clear_filter()
    groups = {group.heading: {choice.words: choice for choice in group.choices} for group in desk.board.groups}
    for heading, words in (("Kind of note", "Untagged"), ("From", "Interview")):
        choice = groups[heading][words]
        desk.board.tick(choice.key, choice.value, is_on=True)
    assert (desk.board.state.filter, desk.texts) == ("is:untagged from:interview", by_words)
    desk.board.quick("Untagged")
    assert desk.board.state.filter == "from:interview"
    desk.board.quick("Follow-ups")
    desk.board.quick("My view")
    assert desk.board.state.filter == "from:interview is:view"
    assert [one.words for one in desk.board.state.quick if one.is_on] == ["My view"]


def test_every_box_finds_what_its_words_say(desk: Desk) -> None:
    for group in desk.board.groups:
        for choice in group.choices:
            desk.board.clear_filter()
            desk.board.tick(choice.key, choice.value, is_on=True)
            assert desk.board.state.problems == ()
            by_box = desk.texts
            assert desk.find(choice.typed) == by_box
            assert desk.board.is_ticked(choice.key, choice.value)


def test_selecting_one_by_one_as_a_range_and_all(desk: Desk) -> None:
    desk.board.toggle(1)
    assert desk.board.state.selected == "1 selected"
    desk.board.extend(3)
    assert desk.board.state.selected == "3 selected"
    desk.board.extend(2)
    assert desk.board.state.selected == "2 selected"
    desk.board.toggle(2)
    assert desk.room.said[-1] == "Not selected"
    desk.board.choose_all()
    assert desk.board.state.selected == "5 selected"
    desk.board.choose_none()
    assert (desk.board.state.selected, desk.room.said[-1]) == ("", "Not selected")


def test_what_leaves_the_list_is_no_longer_selected(desk: Desk) -> None:
    desk.board.choose_all()
    desk.find("who:ch")
    assert desk.board.state.selected == "2 selected"
    assert {row.entry.id for row in desk.board.targets(None)} == {desk.who.id, desk.falls.id}


def test_ten_notes_are_tagged_together_and_one_undo_takes_it_back(desk: Desk) -> None:
    desk.find("is:untagged")
    desk.board.choose_all()
    desk.board.tag(None)
    picker = desk.board.panels.state.panel
    assert isinstance(picker, TagPicker)
    desk.room.session.workspace.perform(lambda uow: file_evidence(uow, desk.late.id, [_tag("safeguarding")]))
    assert len(desk.texts) == 2, "nothing leaves while something is done to it"
    picker.filtered("lc")
    picker.save()
    assert desk.texts == []
    desk.room.session.undo.undo()
    desk.room.later.pass_seconds(1)
    assert desk.texts == ["The rota is full of gaps"]
    assert len(desk.find("qs:lc")) == 2
    desk.room.session.undo.redo()
    assert len(desk.find("qs:lc")) == 4


def test_alt_and_a_number_files_the_tags_of_the_selection_with_one_undo(desk: Desk) -> None:
    desk.board.choose_all()
    desk.board.categorise(5, None)
    assert {tag.category for row in desk.board.rows.rows for tag in row.evidence} == {"processes"}
    assert desk.room.session.undo.state.done == "3 notes filed under Processes"
    assert len(desk.find("qs:lc ec:pr")) == 2
    desk.room.session.undo.undo()
    assert desk.texts == []
    assert len(desk.find("qs:lc ec:ob")) == 2


def test_what_the_tags_of_a_selection_say_and_how_they_came_is_changed_with_one_undo_each(desk: Desk) -> None:
    undo = desk.room.session.undo
    desk.board.choose_all()
    desk.board.bear(Bearing.SHORTFALL, None)
    desk.board.came(Acquisition.REQUESTED, None)
    assert _said(desk) == {(Bearing.SHORTFALL, Acquisition.REQUESTED, "observation")}
    desk.board.categorise(5, None)
    assert _said(desk) == {(Bearing.SHORTFALL, Acquisition.REQUESTED, "processes")}
    undo.undo()
    undo.undo()
    assert _said(desk) == {(Bearing.SHORTFALL, Acquisition.COLLECTED, "observation")}
    assert undo.state.done.endswith("a shortfall")
    undo.undo()
    assert _said(desk) == {(Bearing.NEUTRAL, Acquisition.COLLECTED, "observation")}
    desk.board.choose_none()
    desk.board.bear(Bearing.STRENGTH, desk.rota.id)
    assert desk.room.said[-1] == "Tag the notes first. What they say goes with a tag"


def _said(desk: Desk) -> set[tuple[Bearing, Acquisition, str]]:
    rows = desk.room.vault.questions.entries(EntryFilter())
    return {(tag.bearing, tag.acquisition, tag.category) for row in rows for tag in row.evidence}


def test_without_a_note_there_is_nothing_to_tag(desk: Desk) -> None:
    desk.board.tag(None)
    assert desk.room.said[-1] == "Select at least one note to tag"
    desk.board.categorise(4, desk.rota.id)
    assert desk.room.said[-1] == "Tag the notes first. The evidence category goes with a tag"


def test_sent_notes_among_several_are_asked_about_once(desk: Desk) -> None:
    office = Office()
    office.enrol(desk.room.vault)
    desk.room.vault.sync_store.meet_epoch(office.epoch)
    desk.room.vault.sync_store.offered_all()
    office.take_all(desk.room.vault)
    desk.board.filter_by("status:sent,stays")
    desk.board.choose_all()
    desk.board.tag(None)
    question = desk.board.state.question
    assert question is not None
    assert question.words == "3 of these have been sent. Changing them sends an update."
    assert (question.all_of_them, question.only_the_others) == ("Tag all 5", "Tag only the 2 not sent")
    desk.board.answer(only_unsent=True)
    picker = desk.board.panels.state.panel
    assert isinstance(picker, TagPicker)
    assert {row.entry.id for row in picker.rows} == {desk.late.id, desk.rota.id}
    desk.board.panels.close()
    desk.board.tag(None)
    desk.board.forget_question()
    assert desk.board.panels.state.panel is None


def test_a_new_note_comes_to_its_place_and_moves_nothing_else(desk: Desk) -> None:
    desk.board.toggle(0)
    new = desk.note("The rota again")
    assert desk.texts[0] == "The rota again"
    assert desk.board.state.chosen == {desk.rota.id}
    desk.room.later.pass_seconds(1)
    assert desk.board.state.summary == "6 notes"
    desk.find("plan")
    desk.note("About the rota")
    assert desk.texts == ["Who owns the recovery plan?"]
    assert desk.board.rows.place(new.id) is None


def test_what_changes_while_nobody_looks_is_there_when_somebody_does(desk: Desk) -> None:
    desk.board.look(is_up=False)
    desk.note("Written in the log")
    desk.room.later.pass_seconds(2)
    assert desk.board.state.summary == "5 notes"
    desk.board.look(is_up=True)
    assert desk.texts[0] == "Written in the log"
    assert desk.board.state.summary == "6 notes"


def test_what_stops_matching_goes_and_comes_back(desk: Desk) -> None:
    workspace = desk.room.session.workspace
    desk.find("is:untagged")
    workspace.perform(
        lambda uow: file_evidence(uow, desk.late.id, [EvidenceItem.new("ics", "governance", "processes")])
    )
    assert desk.texts == ["The rota is full of gaps"]
    workspace.perform(lambda uow: withdraw_entry(uow, desk.rota.id, "twice"))
    assert desk.texts == []
    assert desk.find("is:withdrawn") == ["The rota is full of gaps"]


def test_pages_come_as_somebody_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found_rows, "PAGE", 10)
    for n in range(28):
        desk.note(f"number {n} item")
    assert len(desk.find("item")) == 10
    assert not desk.board.rows.is_complete
    assert desk.board.state.summary == "28 of 33 notes"
    desk.board.rows.more()
    assert len(desk.texts) == 20
    desk.board.choose_all()
    assert desk.board.state.selected == "28 selected"
    assert len(set(desk.texts)) == 28


def test_a_page_of_a_team_mate_is_walked_again_without_losing_the_selection(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(found_rows, "_ONE_BY_ONE", 3)
    desk.board.toggle(desk.place(desk.falls))
    perform = desk.room.session.workspace.perform
    perform(lambda uow: [record_entry(uow, desk.talk, NewEntry(text=f"many {n}")) for n in range(10)])
    perform(lambda uow: withdraw_entry(uow, desk.late.id, "twice"))
    desk.room.later.pass_seconds(2)
    assert len(desk.texts) == 14
    assert desk.texts[0] == "many 9"
    assert desk.board.state.chosen == {desk.falls.id}


def test_an_answer_to_an_overtaken_question_is_dropped(desk: Desk) -> None:
    answers: list[Callable[[], None]] = []
    lanes = Lanes.inline()
    lanes.deliver = answers.append
    late = desk.room.session.workspace
    slow = Workspace(desk.room.vault, lanes)
    desk.board.rows._workspace = slow
    desk.board.typed("rota")
    desk.board.typed("falls")
    desk.board.rows._workspace = late
    for answer in answers:
        answer()
    assert desk.texts == ["We said we would come back on falls"]


def test_filters_are_saved_used_renamed_and_deleted_and_each_can_be_undone(desk: Desk) -> None:
    desk.board.filter_by("who:ch is:quote")
    desk.board.saved.save("Chair, exactly", "who:ch is:quote")
    desk.board.clear_filter()
    desk.board.use_saved("Chair, exactly")
    assert desk.texts == ["We said we would come back on falls"]
    desk.board.saved.rename("Chair, exactly", "Said by the Chair")
    again = read_board(desk.room.session, desk.room.vault.questions, desk.room.activity.assessment)
    assert [(one.name, one.text) for one in again.saved] == [("Said by the Chair", "who:ch is:quote")]
    desk.board.saved.delete("Said by the Chair")
    assert _names(desk) == []
    undo = desk.room.session.undo
    undo.undo()
    assert _names(desk) == ["Said by the Chair"]
    undo.undo()
    assert _names(desk) == ["Chair, exactly"]
    undo.undo()
    assert _names(desk) == []


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [("", "qs:lc", "filter.no_name"), ("x", " ", "filter.nothing_to_save"), ("mine", "qs:lc", "filter.name_taken")],
)
def test_a_filter_needs_a_name_of_its_own(desk: Desk, name: str, text: str, code: str) -> None:
    desk.board.saved.save("Mine", "is:mine")
    with pytest.raises(Mistake, match=code.replace(".", r"\.")):
        desk.board.saved.save(name, text)


def test_a_full_disk_stops_a_bulk_change_half_way_and_what_was_done_can_be_undone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.presenters.log.note_actions.BATCH", 1)
    desk.board.choose_all()
    mend = failing(desk.room.vault, OSError(28, "No space left on device"))
    desk.board.categorise(5, None)
    assert desk.board.state.fault
    assert desk.board.state.doing == ""
    mend()
    desk.board.dismiss_fault()
    desk.board.categorise(5, None)
    assert len(desk.find("ec:pr")) == 3


def _tag(statement: str) -> EvidenceItem:
    return EvidenceItem.new("ics", statement, "observation")


def _names(desk: Desk) -> list[str]:
    return [one.name for one in desk.board.state.saved]


def test_a_strength_and_a_shortfall_of_one_statement_contradict_one_another(desk: Desk) -> None:
    board = desk.board
    assert board.state.quick[[one.words for one in board.state.quick].index("Contradicted")].count == 0
    board.bear(Bearing.STRENGTH, desk.who.id)
    board.bear(Bearing.SHORTFALL, desk.night.id)
    desk.room.later.pass_seconds(PAUSE)
    board.quick("Contradicted")
    assert desk.texts == ["No cover at night", "Who owns the recovery plan?"]
    words = board.reader.words(board.rows.rows[0])
    assert words.contradicted == "Contradicted under Learning culture"
    assert "Contradicted under Learning culture. " in words.sentence
    assert desk.find("qs:lc bearing:shortfall") == ["No cover at night"]
    assert desk.find("bearing:neutral -is:contradicted") == ["We said we would come back on falls"]
    desk.find("qs:lc")
    board.bear(Bearing.STRENGTH, desk.night.id)
    desk.room.later.pass_seconds(PAUSE)
    assert desk.find("is:contradicted") == []


def test_restricted_notes_are_found_and_the_others(desk: Desk) -> None:
    desk.room.session.workspace.perform(lambda u: restrict(u, desk.night.id, NewRestriction()))
    assert desk.find("is:restricted") == ["No cover at night"]
    assert len(desk.find("-is:restricted")) == 4


def test_what_a_finding_cites_for_and_against_is_contradicted(desk: Desk) -> None:
    home = desk.room.activity.assessment
    pack = desk.board.facts.frameworks[0]
    draft = NewFinding(statement="learning-culture", claim="Cover is thin", bearing=Bearing.SHORTFALL)
    cited = (NewCitation(note=desk.night.id), NewCitation(note=desk.who.id, side=Side.CONTRADICTS))
    desk.room.session.workspace.perform(lambda u: add_finding(u, pack, home, draft, cited))
    assert desk.find("is:contradicted") == ["No cover at night", "Who owns the recovery plan?"]
    assert desk.board.reader.words(desk.board.rows.rows[0]).contradicted == "Contradicted in a finding"


def test_untagged_notes_are_gone_through_oldest_first(desk: Desk) -> None:
    board, shown = desk.board, list[int]()
    board.triage.at.listen(shown.append)
    board.triage.go()
    assert board.state.filter == "is:untagged"
    picker = board.panels.state.panel
    assert isinstance(picker, TagPicker)
    assert [row.entry.text for row in picker.rows] == ["Papers came late"]
    picker.filtered("lc")
    picker.save()
    desk.room.later.pass_seconds(PAUSE)
    picker = board.panels.state.panel
    assert isinstance(picker, TagPicker)
    assert [row.entry.text for row in picker.rows] == ["The rota is full of gaps"]
    board.triage.go()
    assert board.panels.state.panel is None
    assert desk.room.said[-1] == "No more notes without a tag"
    desk.room.later.pass_seconds(PAUSE)
    assert desk.texts == ["The rota is full of gaps"]
    assert shown[0] == 1


def test_esc_ends_going_through_untagged_notes(desk: Desk) -> None:
    desk.board.triage.go()
    desk.board.panels.close()
    desk.room.later.pass_seconds(PAUSE)
    assert desk.board.panels.state.panel is None
    assert len(desk.texts) == 2
