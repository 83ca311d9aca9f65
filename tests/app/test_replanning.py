"""A programme that changes every day: revised, moved, called off and brought back, with its history kept."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.app.assessments import ARCHIVED, cancel_activity, plan_activity, plan_visit, read_agenda
from fieldkit.app.entries import NewEntry, record_entry
from fieldkit.app.programme_text import plan_programme, read_programme, without_time
from fieldkit.app.replanning import (
    archive_visit,
    change_activity,
    change_item,
    change_visit,
    move_activity,
    move_item,
    remove_item,
)
from fieldkit.domain.assessment import Activity, ActivityKind, Visit
from fieldkit.domain.programme import fresh_places, in_order, is_place, place_between
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Mistake
from storage.vault import OpenVault

DAY = date(2026, 11, 12)


def _plan(vault: OpenVault, visit: Visit, *titles: str, starts: str = "") -> list[Activity]:
    return [
        vault.perform(lambda uow, t=title: plan_activity(uow, visit, ActivityKind.INTERVIEW, t, starts=starts))[0]  # type: ignore[misc]
        for title in titles
    ]


def _titles(vault: OpenVault, visit: Visit) -> list[str]:
    return [one.title for one in in_order(row.activity for row in vault.questions.activities(visit.id))]


def _revisions(vault: OpenVault, record: str) -> int:
    return sum(str(one.envelope.record) == record for one in vault.questions.revisions())


@given(st.lists(st.integers(0, 60), max_size=40))
def test_there_is_always_a_place_between_two_others(where: list[int]) -> None:
    places = fresh_places(3)
    for pick in where:
        at = pick % (len(places) + 1)
        before = places[at - 1] if at else ""
        after = places[at] if at < len(places) else ""
        places.insert(at, place_between(before, after))
    assert places == sorted(set(places))
    assert all(map(is_place, places))


def test_nothing_lies_between_equal_places() -> None:
    with pytest.raises(ValueError, match="nothing lies between"):
        place_between("i", "i")


def test_activities_without_a_time_are_moved_and_only_the_moved_one_is_revised(vault: OpenVault, visit: Visit) -> None:
    made = _plan(vault, visit, "One", "Two", "Three")
    vault.perform(lambda uow: move_activity(uow, made[2].id, -1))
    assert _titles(vault, visit) == ["One", "Three", "Two"]
    before = sum(_revisions(vault, one.id) for one in made)
    vault.perform(lambda uow: move_activity(uow, made[0].id, 1))
    assert _titles(vault, visit) == ["Three", "One", "Two"]
    assert sum(_revisions(vault, one.id) for one in made) == before + 1


def test_time_comes_before_any_order_and_says_so(vault: OpenVault, visit: Visit) -> None:
    _plan(vault, visit, "Late", starts="11:00")
    early, twin = _plan(vault, visit, "Early", "Twin", starts="09:00")
    assert _titles(vault, visit) == ["Early", "Twin", "Late"]
    with pytest.raises(Mistake, match=r"activity\.in_time_order"):
        vault.perform(lambda uow: move_activity(uow, twin.id, 1))
    vault.perform(lambda uow: move_activity(uow, early.id, 1))
    assert _titles(vault, visit) == ["Twin", "Early", "Late"]


def test_at_the_ends_nothing_is_saved(vault: OpenVault, visit: Visit) -> None:
    (only,) = _plan(vault, visit, "Only")
    assert vault.perform(lambda uow: move_activity(uow, only.id, -1))[0] == []
    assert _revisions(vault, only.id) == 1


def test_a_change_tells_what_was_before_and_an_equal_value_saves_nothing(vault: OpenVault, board: Activity) -> None:
    done, _ = vault.perform(lambda uow: change_activity(uow, board.id, title="  Board in public ", starts="10.00"))
    assert (done.activity.title, done.activity.starts) == ("Board in public", "10:00")
    assert set(done.before) == {"title", "starts"}
    again, _ = vault.perform(lambda uow: change_activity(uow, board.id, title="Board in public"))
    assert again.before == {}
    assert _revisions(vault, board.id) == 2


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": " "}, "activity.no_title"),
        ({"starts": "soon"}, "activity.starts"),
        ({"ends": "9"}, "activity.ends"),
        ({"starts": "10:00", "ends": "09:30"}, "activity.ends_before_start"),
    ],
)
def test_a_change_is_checked_as_a_plan_is(vault: OpenVault, board: Activity, fields: dict[str, str], code: str) -> None:
    with pytest.raises(Mistake) as caught:
        vault.perform(lambda uow: change_activity(uow, board.id, **fields))
    assert caught.value.code == code
    assert _revisions(vault, board.id) == 1


def test_items_are_renamed_moved_and_taken_off_and_their_notes_stay(vault: OpenVault, board: Activity) -> None:
    vault.perform(lambda uow: change_activity(uow, board.id, items=read_agenda("09:30 Welcome\nQuality report")))
    board = vault.questions.activity(board.id)
    first, second = board.items[0].id, board.items[1].id
    vault.perform(lambda uow: record_entry(uow, board, NewEntry(text="Kept", agenda_item=second)))
    vault.perform(lambda uow: change_item(uow, board.id, first, "Opening", "9.35"))
    vault.perform(lambda uow: move_item(uow, board.id, second, -1))
    assert [(one.title, one.id) for one in vault.questions.activity(board.id).items][:2] == [
        (board.items[1].title, second), ("Opening", first),
    ]  # fmt: skip
    gone, _ = vault.perform(lambda uow: remove_item(uow, board.id, second))
    (row,) = vault.questions.activities(board.visit)
    assert second not in [one.id for one in row.activity.items]
    assert row.by_item == {second: 1}
    vault.perform(lambda uow: change_activity(uow, board.id, **gone.before))
    assert second in [one.id for one in vault.questions.activity(board.id).items]
    with pytest.raises(Mistake, match=r"item\.no_title"):
        vault.perform(lambda uow: change_item(uow, board.id, first, " ", ""))


def test_an_activity_goes_to_another_visit_only_without_notes(vault: OpenVault, board: Activity) -> None:
    other, _ = vault.perform(lambda uow: plan_visit(uow, board.assessment, "Visit 9", starts_on=DAY))
    vault.perform(lambda uow: change_activity(uow, board.id, visit=other.id))
    assert [row.activity.id for row in vault.questions.activities(other.id)] == [board.id]
    moved = vault.questions.activity(board.id)
    vault.perform(lambda uow: record_entry(uow, moved, NewEntry(text="Here")))
    with pytest.raises(Mistake, match=r"activity\.has_notes"):
        vault.perform(lambda uow: change_activity(uow, board.id, visit=board.visit))
    assert [row.activity.id for row in vault.questions.activities(other.id)] == [board.id]


def test_calling_off_keeps_the_notes(vault: OpenVault, board: Activity) -> None:
    vault.perform(lambda uow: record_entry(uow, board, NewEntry(text="Kept")))
    vault.perform(lambda uow: cancel_activity(uow, board.id))
    (row,) = vault.questions.activities(board.visit)
    assert (row.activity.is_cancelled, row.entries) == (True, 1)


def test_a_visit_is_renamed_and_its_name_stays_its_own(vault: OpenVault, visit: Visit) -> None:
    other, _ = vault.perform(lambda uow: plan_visit(uow, visit.assessment, "Visit 9", starts_on=DAY))
    with pytest.raises(Mistake, match=r"visit\.name_taken_on") as caught:
        vault.perform(lambda uow: change_visit(uow, other.id, name=visit.name))
    assert caught.value.details["day"] == "12 November 2026"
    before, _ = vault.perform(lambda uow: change_visit(uow, visit.id, name="First visit"))
    assert before == {"name": "Visit 1"}
    assert vault.questions.visit(visit.id).name == "First visit"
    assert vault.perform(lambda uow: change_visit(uow, visit.id, name="First visit"))[0] == {}


def test_archiving_is_a_view_of_this_laptop_and_no_revision(vault: OpenVault, visit: Visit) -> None:
    before = _revisions(vault, visit.id)
    vault.perform(lambda uow: archive_visit(uow, visit.id))
    assert vault.questions.setting(f"{ARCHIVED}{visit.id}") == "yes"
    vault.perform(lambda uow: archive_visit(uow, visit.id, archived=False))
    assert vault.questions.setting(f"{ARCHIVED}{visit.id}") is None
    assert _revisions(vault, visit.id) == before


PASTE = """Thursday 12 November 2026
09:30 - 12:30 ICB board
Welcome
2. Quality report
13.30 Interview: matron

13 November
8:30 Drop-in for staff
10:30 Case C01"""


def test_a_pasted_programme_becomes_activities_of_their_days(vault: OpenVault, visit: Visit, clock: FixedClock) -> None:
    lines = read_programme(PASTE, 2026)
    assert without_time(lines) == (3, 4)
    made, _ = vault.perform(lambda uow: plan_programme(uow, visit, lines, visit.starts_on))
    assert [(one.on, one.starts, one.ends, one.kind.value, one.title) for one in made] == [
        (DAY, "09:30", "12:30", "observation", "ICB board"), (DAY, "13:30", "", "interview", "Interview: matron"),
        (date(2026, 11, 13), "08:30", "", "drop_in", "Drop-in for staff"),
        (date(2026, 11, 13), "10:30", "", "case_track", "Case C01"),
    ]  # fmt: skip
    assert [item.title for item in made[0].items] == ["Welcome", "Quality report"]


def test_nothing_of_a_programme_with_a_mistake_is_planned(vault: OpenVault, visit: Visit) -> None:
    lines = read_programme("09:30 One\n11:00-10:00 Two", 2026)
    with pytest.raises(Mistake, match=r"activity\.ends_before_start"):
        vault.perform(lambda uow: plan_programme(uow, visit, lines, None))
    assert vault.questions.activities(visit.id) == []


@given(st.text(max_size=200))
def test_no_line_that_says_something_is_lost(text: str) -> None:
    lines = read_programme(text, 2026)
    assert [one.number for one in lines] == [
        at for at, line in enumerate(text.splitlines(), start=1) if line.strip()
    ]  # fmt: skip
    assert all(one.title for one in lines)
