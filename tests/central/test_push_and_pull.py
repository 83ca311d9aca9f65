"""What is handed in comes out for the team, byte for byte, once, and only for the team."""

from __future__ import annotations

import pytest

from central import pull, push
from fieldkit.domain.revision import Revision
from fieldkit.kernel.ids import new_id
from tests.central.kit import Laptop, Office


@pytest.fixture
def place() -> str:
    return new_id()


@pytest.fixture
def ada(office: Office) -> Laptop:
    return office.laptop("Ada")


def test_a_note_reaches_the_team_mate_byte_for_byte(office: Office, ada: Laptop, place: str) -> None:
    note = ada.write(place, "The rota was short")
    assert ada.push().outcomes([note]) == ["accepted"]
    ben = office.laptop("Ben", place)
    pulled = ben.pull({place: 0})
    assert pulled.revisions == [note]
    assert [model.public for model in pulled.pages[-1].devices] == [ada.key.public.hex()]


def test_the_same_push_again_is_answered_with_the_original_sheet_byte_for_byte(ada: Laptop, place: str) -> None:
    ada.write(place)
    ada.write(place)
    first, again = ada.push(), ada.push()
    assert again.sheets == first.sheets
    assert [line.seq for line in first.read[0].lines] == [1, 2]


def test_a_push_that_is_half_known_gets_the_old_sheet_and_a_new_one(ada: Laptop, place: str) -> None:
    old = ada.write(place)
    first = ada.push()
    new = ada.write(place)
    both = ada.push()
    assert len(both.sheets) == 2
    assert first.sheets[0] in both.sheets
    assert both.outcomes([old, new]) == ["accepted", "accepted"]


def test_the_same_revision_twice_in_one_push_is_kept_once(ada: Laptop, place: str) -> None:
    note = ada.write(place)
    assert [line.seq for line in ada.push(note, note).read[0].lines] == [1]


def test_a_sheet_tells_of_one_assessment_only(ada: Laptop) -> None:
    one, other = new_id(), new_id()
    for place in (one, other, one):
        ada.write(place)
    pushed = ada.push()
    assert [len(sheet.lines) for sheet in sorted(pushed.read, key=lambda sheet: len(sheet.lines))] == [1, 2]


def test_an_untagged_note_travels_sealed_and_its_content_follows_when_it_is_disclosed(
    office: Office, ada: Laptop, place: str
) -> None:
    note = ada.write(place)
    sealed = ada.push(note.sealed())
    assert [line.has_content for line in sealed.read[0].lines] == [False]
    ben = office.laptop("Ben", place)
    before = ben.pull({place: 0})
    assert before.revisions == [note.sealed()]
    opened = ada.push(note)
    assert [(line.has_content, line.outcome.value) for line in opened.read[0].lines] == [(True, "accepted")]
    assert ben.pull(before.cursors).revisions == [note]
    assert ada.push(note.sealed()).sheets == sealed.sheets
    assert ada.push(note).sheets == opened.sheets


def test_concurrent_revisions_are_both_kept_and_the_second_is_a_branch(ada: Laptop, place: str) -> None:
    root = ada.write(place, kind="visit")
    record, parent = root.envelope.record, [root.envelope.id]
    one = ada.write(place, kind="visit", record=record, parents=parent)
    other = ada.write(place, kind="visit", record=record, parents=parent)
    heads = [one.envelope.id, other.envelope.id]
    merge = ada.write(place, kind="visit", record=record, parents=heads)
    expected = ["accepted", "accepted", "accepted_as_branch", "accepted"]
    assert ada.push().outcomes([root, one, other, merge]) == expected


@pytest.mark.parametrize("together", [True, False])
def test_a_child_that_arrives_before_its_parent_makes_no_branch(ada: Laptop, place: str, together: bool) -> None:
    root = ada.write(place, kind="visit")
    child = ada.write(place, kind="visit", record=root.envelope.record, parents=[root.envelope.id])
    later = ada.write(place, kind="visit", record=root.envelope.record, parents=[child.envelope.id])
    batches = [[child, root, later]] if together else [[child], [root], [later]]
    outcomes = [ada.push(*batch).outcomes(batch) for batch in batches]
    assert {outcome for batch in outcomes for outcome in batch} == {"accepted"}


def test_the_same_id_with_another_content_is_a_collision_and_both_are_kept(ada: Laptop, place: str) -> None:
    first = ada.write(place)
    other = ada.write(place, record=first.envelope.record)
    assert other.envelope.id == first.envelope.id
    assert ada.push(first).outcomes([first]) == ["accepted"]
    pushed = ada.push(other)
    assert [line.outcome.value for line in pushed.lines.values()] == ["collision"]
    assert ada.push(first).outcomes([first]) == ["accepted"]
    assert ada.certificate()[:2] == (2, other.hash)


def test_records_of_no_assessment_are_kept_for_their_author_and_shown_to_nobody(office: Office, ada: Laptop) -> None:
    custody = ada.write(None, kind="custody").sealed()
    assert ada.push(custody).outcomes([custody]) == ["accepted"]
    assert ada.missing([custody]) == []
    assert office.laptop("Ben").missing([custody]) == [0]


def test_own_revisions_come_back_only_where_a_restored_laptop_asks_for_them(ada: Laptop, place: str) -> None:
    notes = [ada.write(place) for _ in range(4)]
    ada.push()
    assert ada.pull({place: 0}).revisions == []
    assert ada.pull({place: 0}, own_after=2).revisions == notes[2:]


def test_lost_receipts_are_sent_again_on_request(ada: Laptop, place: str) -> None:
    for _ in range(3):
        ada.write(place)
        ada.push(ada.held[-1])
    sheets = ada.pull({}, receipts_after=2).sheets
    assert sheets == [ada.push(note).sheets[0] for note in ada.held[1:]]


def test_long_histories_come_in_pages_and_every_cursor_goes_on_where_the_last_ended(
    office: Office, ada: Laptop, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pull, "PAGE_ROWS", 3)
    notes = [ada.write(place) for _ in range(7)]
    ada.push()
    ben = office.laptop("Ben", place)
    whole = ben.pull({place: 0})
    assert whole.revisions == notes
    assert [(page.cursor, page.more) for page in whole.pages] == [(3, True), (6, True), (7, False)]
    rest = ben.pull({place: whole.pages[0].cursor})
    assert rest.revisions == notes[3:]


def test_a_page_ends_early_where_revisions_are_large(
    office: Office, ada: Laptop, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pull, "PAGE_BYTES", 50_000)
    notes = [ada.write(place, "x" * size) for size in (10, 60_000, 10, 20_000, 20_000, 20_000)]
    ada.push()
    pages = office.laptop("Ben", place).pull({place: 0}).pages
    assert [page.cursor for page in pages] == [1, 2, 5, 6]
    assert len(notes) == 6


def test_what_is_more_than_one_sheet_holds_gets_more_than_one_in_step(ada: Laptop, place: str) -> None:
    notes = [ada.write(place) for _ in range(501)]
    pushed = ada.push()
    assert [len(sheet.lines) for sheet in pushed.read] == [500, 1]
    assert pushed.read[0].chain == pushed.read[1].before
    assert ada.certificate() == (501, notes[-1].hash, 501)


@pytest.mark.parametrize(("name", "value"), [("GROUP_ROWS", 3), ("GROUP_BYTES", 1700)])
def test_more_than_one_group_is_kept_one_after_another(
    office: Office, ada: Laptop, place: str, monkeypatch: pytest.MonkeyPatch, name: str, value: int
) -> None:
    monkeypatch.setattr(push, name, value)
    notes = [ada.write(place) for _ in range(8)]
    pushed = ada.push()
    assert [len(sheet.lines) for sheet in pushed.read] == [3, 3, 2]
    assert [sheet.before for sheet in pushed.read[1:]] == [sheet.chain for sheet in pushed.read[:-1]]
    assert office.laptop("Ben", place).pull({place: 0}).revisions == notes
    assert ada.push().sheets == pushed.sheets


def test_a_team_mate_who_offers_again_what_they_hold_is_answered_like_its_author(
    office: Office, ada: Laptop, place: str
) -> None:
    note = ada.write(place)
    ada.push()
    ben = office.laptop("Ben", place)
    held: list[Revision] = ben.pull({place: 0}).revisions
    assert ben.push(*held).sheets == ada.push(note).sheets


def test_a_team_mate_can_hand_in_what_the_author_never_could(office: Office, ada: Laptop, place: str) -> None:
    ada.push(ada.write(place))
    ben = office.laptop("Ben", place)
    carried = ada.write(place, "from a stick")
    assert ben.push(carried).outcomes([carried]) == ["accepted"]
    assert ada.push(carried).outcomes([carried]) == ["accepted"]
    assert ada.certificate() == (2, carried.hash, 2)
