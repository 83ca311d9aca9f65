"""Coverage without a screen: what is counted and when, where the cursor goes, what a cell says of itself."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from fieldkit.app.assessments import open_assessment, plan_activity, plan_visit
from fieldkit.app.entries import NewEntry, record_entry, withdraw_entry
from fieldkit.app.filter_names import Known, understand
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.rows import EntryFilter
from fieldkit.domain.assessment import Activity, ActivityKind, SubjectKind
from fieldkit.domain.coverage import State
from fieldkit.domain.entry import Entry
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.kernel.errors import Trouble
from fieldkit.kernel.ids import AssessmentId, VisitId
from tests.presenters.room import SHELF, Room
from tests.support.consents import agree_by_name
from tests.support.vaults import do
from ui.presenters.assessment_facts import read_assessment
from ui.presenters.coverage.counting import PATIENCE, REST
from ui.presenters.coverage.matrix import CoverageMatrix
from ui.presenters.coverage.words import CellWords
from ui.presenters.evidence.board import EvidenceBoard
from ui.presenters.evidence.opening import read_board

LC, OB, PE = "learning-culture", "observation", "peoples-experience"


def _open(room: Room, assessment: AssessmentId | None = None) -> CoverageMatrix:
    facts = read_assessment(room.session, room.vault.questions, assessment or room.activity.assessment)
    return CoverageMatrix(room.session, facts)


@pytest.fixture
def matrix(room: Room) -> Iterator[CoverageMatrix]:
    made = _open(room)
    made.look(is_up=True)
    yield made
    made.close()


def _note(room: Room, *tags: tuple[str, str], speaker: str | None = None, visit: VisitId | None = None) -> Entry:
    evidence = tuple(EvidenceItem.new("ics", *tag) for tag in tags)
    new = NewEntry(text="said", speaker=speaker, evidence=evidence)
    found: list[Entry] = []
    room.session.workspace.perform(lambda uow: record_entry(uow, room.activity, new), done=found.append)
    return found[0]


def _cell(matrix: CoverageMatrix, statement: str = LC, category: str = OB) -> CellWords:
    cells = (cell for row in matrix.state.rows for cell in row.cells)
    return next(cell for cell in cells if cell.place == (statement, category))


def test_it_counts_when_it_comes_up_and_again_once_changes_rest(room: Room, matrix: CoverageMatrix) -> None:
    assert (_cell(matrix).text, matrix.state.coverage and matrix.state.coverage.is_empty) == ("Gap 0", True)
    for speaker in (None, "ch", "dn"):
        _note(room, (LC, OB), speaker=speaker)
        room.later.pass_seconds(REST / 2)
    assert _cell(matrix).text == "Gap 0"  # three notes in a row are one recount
    room.later.pass_seconds(REST)
    assert _cell(matrix).text == "Enough 3"
    assert _cell(matrix).sentence == "Learning culture, Observation, enough, 3 items"


def test_a_note_taken_elsewhere_waits_for_no_recount_and_counts_on_the_way_back(
    room: Room, matrix: CoverageMatrix
) -> None:
    matrix.look(is_up=False)
    entry = _note(room, (LC, OB))
    room.later.pass_seconds(60)
    assert _cell(matrix).text == "Gap 0"
    matrix.look(is_up=True)
    assert _cell(matrix).text == "Thin 1"
    room.session.workspace.perform(lambda uow: withdraw_entry(uow, entry.id, "twice"))
    room.later.pass_seconds(REST)
    assert _cell(matrix).text == "Gap 0"


def test_old_numbers_stay_with_the_word_counting_while_a_count_takes_long(
    room: Room, matrix: CoverageMatrix, monkeypatch: pytest.MonkeyPatch
) -> None:
    _note(room, (LC, OB))
    room.later.pass_seconds(REST)
    answers: list[Any] = []
    monkeypatch.setattr(room.session.workspace, "ask_then", lambda *asked: answers.append(asked))
    _note(room, (LC, OB))
    room.later.pass_seconds(REST)
    assert not matrix.state.is_counting
    room.later.pass_seconds(PATIENCE)
    assert (matrix.state.is_counting, _cell(matrix).text) == (True, "Thin 1")
    question, done, _ = answers[0]
    done(question(room.vault.questions))
    assert (matrix.state.is_counting, _cell(matrix).text) == (False, "Thin 2")


def test_a_count_that_was_overtaken_is_not_shown(
    room: Room, matrix: CoverageMatrix, monkeypatch: pytest.MonkeyPatch
) -> None:
    _note(room, (LC, OB))
    asked: list[Any] = []
    monkeypatch.setattr(room.session.workspace, "ask_then", lambda *one: asked.append(one))
    matrix.choose_visit(room.activity.visit)
    matrix.choose_visit(None)
    (first, first_done, _), (second, second_done, _) = asked
    early = first(room.vault.questions)
    second_done(second(room.vault.questions))
    shown = matrix.state
    first_done(early)
    assert matrix.state is shown


def test_what_cannot_be_counted_is_said_and_tried_again(room: Room, matrix: CoverageMatrix) -> None:
    _note(room, (LC, OB))

    def refuse(*_: object) -> object:
        raise Trouble("vault.disk", folder="vault")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(room.vault.questions), "coverage", refuse)
        room.later.pass_seconds(REST)
        assert matrix.state.fault
        assert _cell(matrix).text == "Gap 0"
    matrix.look(is_up=True)
    assert (matrix.state.fault, _cell(matrix).text) == ("", "Thin 1")


def test_next_gap_goes_through_every_gap_once_and_says_where_it_is(room: Room, matrix: CoverageMatrix) -> None:
    _note(room, ("healthier-lives", PE), ("healthier-lives", OB))
    room.later.pass_seconds(REST)
    found = matrix.state.coverage
    assert found is not None
    seen = []
    for _ in found.gaps():
        matrix.next_gap()
        seen.append(matrix.state.at)
    assert seen == [gap.place for gap in found.gaps()]
    assert room.said[0] == "Supporting people to live healthier lives, Staff, gap, 0 items"
    matrix.next_gap()
    assert matrix.state.at == seen[0]
    matrix.next_gap(-1)
    assert matrix.state.at == seen[-1]


def test_a_key_that_leads_nowhere_says_why_until_one_moves_on(room: Room, matrix: CoverageMatrix) -> None:
    framework = matrix.state.pack
    _note(room, *((one.id, other.id) for one in framework.statements for other in framework.categories))
    room.later.pass_seconds(REST)
    matrix.next_gap()
    assert (matrix.state.remark, matrix.state.at) == ("No gaps. Every needed cell has evidence", None)
    assert room.said[-1] == matrix.state.remark
    matrix.not_needed()
    assert matrix.state.remark.startswith("Not needed for this statement")
    matrix.move_to(LC, OB)
    assert matrix.state.remark == ""


def test_a_gap_that_is_asked_for_before_the_first_count_is_gone_to_after_it(room: Room) -> None:
    matrix = _open(room)
    matrix.next_gap()
    then: list[object] = []
    matrix.once_counted(lambda: then.append(matrix.state.at))
    assert (matrix.state.at, then) == (None, [])
    matrix.look(is_up=True)
    assert matrix.state.at == ("healthier-lives", PE)
    assert then == [("healthier-lives", PE)]  # what was asked for after it is done after it
    matrix.close()


def test_from_a_whole_row_of_the_list_its_own_gaps_come_first(room: Room, matrix: CoverageMatrix) -> None:
    matrix.move_to(LC, None)
    matrix.next_gap()
    assert matrix.state.at == (LC, PE)
    matrix.move_to(LC, None)
    matrix.next_gap(-1)
    assert matrix.state.at == ("healthier-lives", "outcomes")
    matrix.move_to("healthier-lives", None)
    matrix.next_gap()
    assert matrix.state.at == ("healthier-lives", PE)


def test_gaps_only_leaves_out_rows_without_one(room: Room, matrix: CoverageMatrix) -> None:
    framework = matrix.state.pack
    _note(room, *((LC, one.id) for one in framework.categories))
    room.later.pass_seconds(REST)
    matrix.show_gaps_only(is_wanted=True)
    assert LC not in [row.statement for row in matrix.state.shown]
    assert len(matrix.state.shown) == 16


def test_one_visit_is_counted_alone_and_a_new_visit_is_offered(room: Room, matrix: CoverageMatrix) -> None:
    _note(room, (LC, OB))
    room.later.pass_seconds(REST)
    room.session.workspace.perform(lambda uow: plan_visit(uow, room.activity.assessment, "Visit 2"))
    assert [visit.name for visit in matrix.state.visits] == ["Visit 1", "Visit 2"]
    matrix.choose_visit(matrix.state.visits[1].id)
    assert _cell(matrix).text == "Gap 0"
    matrix.choose_visit(room.activity.visit)
    assert _cell(matrix).text == "Thin 1"


def test_a_place_and_an_organisation_are_counted_alone_and_lead_to_as_many_notes(room: Room) -> None:
    def plan(uow: UnitOfWork) -> tuple[Activity, Activity]:
        there = plan_visit(uow, room.activity.assessment, "Visit 2", place="Moor  town")
        trust = plan_activity(uow, there, ActivityKind.OBSERVATION, "Ward", organisation='The "Acute" Trust')
        home = plan_activity(uow, there, ActivityKind.OBSERVATION, "Home", organisation='the "acute"  trust')
        return trust, home

    tag = EvidenceItem.new("ics", LC, OB)
    for activity in do(room.vault, plan):
        do(room.vault, partial(record_entry, activity=activity, new=NewEntry(text="seen", evidence=(tag,))))
    _note(room, (LC, OB))
    matrix = _open(room)
    matrix.look(is_up=True)
    assert [one.words for one in matrix.state.parts][-2:] == ["Place: Moor town", 'Organisation: The "Acute" Trust']
    assert _cell(matrix).text == "Enough 3"
    facts = read_board(room.session, room.vault.questions, room.activity.assessment)
    for part in matrix.state.parts[-2:]:
        matrix.choose_part(part)
        assert _cell(matrix).text == "Thin 2"
        matrix.move_to(LC, OB)
        words = matrix.filter_words()
        assert words.endswith(f'{part.kind.value}:"{part.name.replace(chr(34), "")}"')
        board = EvidenceBoard(room.session, facts)
        board.filter_by(words)
        assert (board.state.count, board.state.problems) == (2, ())
        board.close()
    matrix.close()


def test_a_cell_explains_itself(room: Room, matrix: CoverageMatrix) -> None:
    _note(room, (LC, OB), speaker="ch")
    room.later.pass_seconds(REST)
    matrix.move_to(LC, OB)
    details = matrix.details()
    assert details is not None
    assert (details.title, details.category, details.there) == (
        "Q2 Learning culture", "Observation", "1 note, 1 source, 1 activity",
    )  # fmt: skip
    assert details.missing == "Enough with 2 more notes and 1 more source."
    assert details.working == (
        "Enough needs 3 notes: 1 here, 2 short",
        "Enough needs 2 sources: 1 here, 1 short",
        "Strong needs 5 notes: 1 here, 4 short",
        "Strong needs 2 activities: 1 here, 1 short",
        "Strong needs people's experience for this statement: none yet",
    )
    assert details.need == "Expected for this statement"
    assert [remark.startswith("Unconfirmed: ") for remark in details.remarks] == [True, True]
    matrix.move_to(LC, PE)
    people = matrix.details()
    assert people is not None
    assert (people.need, people.ideas_heading) == ("Required for this statement", "Ask whether people can say")
    assert people.ideas[0] == "When something went wrong I was told the truth about it, and early."


def test_a_row_of_the_list_says_what_is_missing(room: Room, matrix: CoverageMatrix) -> None:
    for speaker in ("ch", "dn", None):
        _note(room, *((LC, one) for one in (PE, "staff-and-leaders", OB, "processes")), speaker=speaker)
    _note(room, (LC, "partners"))
    room.later.pass_seconds(REST)
    row = next(row for row in matrix.state.rows if row.statement == LC)
    assert row.sentence == "Q2 Learning culture: 1 gap (Outcomes), 1 thin (Partners)"


def test_a_council_s_framework_needs_nothing_of_observation(room: Room) -> None:
    pin = next(offer.pin for offer in SHELF.offers() if offer.pin.id == "local-authority")
    moor = room.vault.perform(lambda uow: open_assessment(uow, "Moor", SubjectKind.LOCAL_AUTHORITY, [pin]))[0]
    matrix = _open(room, moor.id)
    matrix.look(is_up=True)
    assert len(matrix.state.rows) == 9
    row = matrix.state.rows[0]
    assert [cell.state for cell in row.cells] == [
        State.GAP, State.GAP, State.GAP, State.NOT_NEEDED, State.GAP, State.NOT_NEEDED,
    ]  # fmt: skip
    assert (row.cells[3].text, row.cells[3].sentence) == ("Not needed", "Assessing needs, Observation, not needed")
    matrix.move_to(row.statement, OB)
    details = matrix.details()
    assert details is not None
    assert (details.missing, details.working, matrix.tag_words()) == ("The framework asks for nothing here.", (), "")
    matrix.close()


def test_a_second_framework_is_shown_by_choice_and_its_tags_name_it(room: Room) -> None:
    pins = [offer.pin for offer in sorted(SHELF.offers(), key=lambda offer: offer.pin.id)]
    both = room.vault.perform(lambda uow: open_assessment(uow, "Both", SubjectKind.INTEGRATED_CARE_SYSTEM, pins))[0]
    matrix = _open(room, both.id)
    matrix.look(is_up=True)
    matrix.move_to("safeguarding", PE)
    assert (matrix.filter_words(), matrix.tag_words()) == ("qs:sg ec:pe", " #sg @pe")
    matrix.choose_framework(1)
    assert (len(matrix.state.rows), matrix.state.at) == (9, None)
    matrix.move_to("safeguarding", PE)
    assert (matrix.filter_words(), matrix.tag_words()) == ("qs:la/sg ec:pe", " #la/sg @pe")
    matrix.close()


def test_every_cell_counts_what_its_filter_finds_in_the_evidence_list(room: Room, matrix: CoverageMatrix) -> None:
    chance = random.Random(7)
    visit = room.vault.perform(lambda uow: plan_visit(uow, room.activity.assessment, "Visit 2, north"))[0]
    ward = room.vault.perform(lambda u: agree_by_name(u, plan_activity(u, visit, ActivityKind.INTERVIEW, "Ward")))[0]
    framework = matrix.state.pack
    made: list[Entry] = []
    for _ in range(60):
        tags = {(chance.choice(framework.statements[:4]).id, chance.choice(framework.categories).id) for _ in range(2)}
        evidence = tuple(EvidenceItem.new("ics", *tag) for tag in tags for _ in range(chance.choice((1, 1, 2))))
        new = NewEntry(text="said", speaker=chance.choice(("ch", None)), evidence=evidence)
        place = chance.choice((room.activity, ward))
        made.append(room.vault.perform(lambda uow, place=place, new=new: record_entry(uow, place, new))[0])  # type: ignore[misc]
    for entry in made[::7]:
        room.vault.perform(lambda uow, entry=entry: withdraw_entry(uow, entry.id, "twice"))  # type: ignore[misc]
    facts = read_board(room.session, room.vault.questions, room.activity.assessment)
    known = Known(today=room.clock.now().date(), frameworks=facts.frameworks, visits=facts.visits)
    for scope in (None, visit.id):
        matrix = _open(room)
        matrix.look(is_up=True)
        matrix.choose_visit(scope)
        assert matrix.state.coverage is not None
        for cell in matrix.state.coverage:
            matrix.move_to(cell.statement, cell.category)
            understood = understand(matrix.filter_words(), known)
            assert understood.problems == ()
            wanted = EntryFilter(
                assessment=room.activity.assessment, words=understood.words, terms=understood.terms, limit=1000
            )
            assert len(room.vault.questions.entries(wanted)) == cell.count.items
        matrix.close()
