"""Counts of evidence: what SQL answers is what a person gets who goes through the log's revisions one by one."""

from __future__ import annotations

import itertools
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.app.assessments import plan_activity, plan_visit
from fieldkit.app.coverage import coverage, enough_of_needed
from fieldkit.app.entries import NewEntry, file_evidence, record_entry, restore_entry, withdraw_entry
from fieldkit.domain.assessment import Activity, ActivityKind
from fieldkit.domain.coverage import Count, Place
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.domain.revision import heads
from fieldkit.frameworks.library import Library
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.ids import AssessmentId, VisitId
from storage.vault import OpenVault
from tests.storage.team import Teammate, a_tag
from tests.storage.waiting import pull
from tests.support.consents import agree_by_name
from tests.support.vaults import a_meeting, do, new_vault, note, quick_keys, tag

LC, OBSERVED = "learning_culture", "observation"
STATEMENTS, CATEGORIES, SPEAKERS = ("lc", "st", "sg"), ("ob", "pr"), (None, "ch", "dn")


def counted(vault: OpenVault, activity: Activity, visit: VisitId | None = None) -> dict[Place, Count]:
    return vault.questions.coverage(activity.assessment, "ics", visit)


def test_a_note_counts_once_in_each_cell_its_tags_point_to(vault: OpenVault) -> None:
    board = a_meeting(vault)
    note(vault, board, "twice in one cell", tag(), tag())
    note(vault, board, "in two cells", tag(), tag("safe_systems"))
    assert counted(vault, board) == {
        (LC, OBSERVED): Count(items=2, sources=1, activities=1),
        ("safe_systems", OBSERVED): Count(items=1, sources=1, activities=1),
    }


def test_numbers_of_a_group_are_other_people_in_another_group_and_merged_codes_are_one(vault: OpenVault) -> None:
    ann = Teammate("ann")
    pull(vault, ann, *ann.sets_out(), ann.note("a", "one", a_tag("1"), speaker="1"))
    pull(vault, ann, ann.note("b", "two", a_tag("2"), speaker="p1"), ann.note("c", "three", a_tag("3"), speaker="p2"))
    board = vault.questions.activities(vault.questions.assessments()[0].visits[0].id)[0].activity
    assert counted(vault, board)[LC, OBSERVED].sources == 3
    second = ann.person("p2")
    pull(vault, ann, ann.person("p1"), second, ann.person("p2", merged_into="p1", over=[second]))
    assert counted(vault, board)[LC, OBSERVED].sources == 2
    group = do(
        vault,
        lambda uow: plan_activity(uow, vault.questions.visit(board.visit), ActivityKind.OBSERVATION, "Another"),
    )
    said = NewEntry(text="x", speaker="1", evidence=(tag(),))
    do(vault, partial(record_entry, activity=group, new=said))
    assert counted(vault, board)[LC, OBSERVED] == Count(items=4, sources=3, activities=2)


def test_people_are_sources_and_where_nobody_is_named_the_activity_is(vault: OpenVault) -> None:
    board = a_meeting(vault)
    visit = vault.questions.visit(board.visit)
    later = do(vault, lambda uow: plan_visit(uow, board.assessment, "Visit 2"))
    ward = do(vault, lambda uow: plan_activity(uow, visit, ActivityKind.OBSERVATION, "Ward"))
    again = do(vault, lambda uow: agree_by_name(uow, plan_activity(uow, later, ActivityKind.INTERVIEW, "Chair")))
    for where, speaker in ((board, None), (board, "ch"), (board, "ch"), (ward, None), (again, "ch"), (again, "dn")):
        wanted = NewEntry(text="x", speaker=speaker, evidence=(tag(),))
        do(vault, partial(record_entry, activity=where, new=wanted))
    # The board, the ward, the Chair (once, although met on two visits) and the director of nursing.
    assert counted(vault, board)[LC, OBSERVED] == Count(items=6, sources=4, activities=3)
    assert counted(vault, board, visit.id)[LC, OBSERVED] == Count(items=4, sources=3, activities=2)
    assert counted(vault, board, later.id)[LC, OBSERVED] == Count(items=2, sources=2, activities=1)


def test_a_speaker_named_like_an_activity_is_another_source(vault: OpenVault) -> None:
    board = a_meeting(vault)
    for speaker in (None, str(board.id)):
        do(vault, partial(record_entry, activity=board, new=NewEntry(text="x", speaker=speaker, evidence=(tag(),))))
    assert counted(vault, board)[LC, OBSERVED].sources == 2


def test_what_was_withdrawn_or_taken_off_does_not_count_until_it_is_back(vault: OpenVault) -> None:
    board, first = a_meeting(vault), tag()
    entry = note(vault, board, "said", first)
    do(vault, lambda uow: withdraw_entry(uow, entry.id, "twice"))
    assert counted(vault, board) == {}
    do(vault, lambda uow: restore_entry(uow, entry.id))
    assert counted(vault, board)[LC, OBSERVED].items == 1
    do(vault, lambda uow: file_evidence(uow, entry.id, removed=[first.id]))
    assert counted(vault, board) == {}


def test_other_assessments_and_other_packs_are_not_counted(vault: OpenVault) -> None:
    here, there = a_meeting(vault), a_meeting(vault, name="South")
    note(vault, there, "elsewhere", tag())
    note(vault, here, "another pack", EvidenceItem.new("local-authority", LC, OBSERVED))
    assert counted(vault, here) == {}
    assert vault.questions.coverage(here.assessment, "local-authority")[LC, OBSERVED].items == 1


def test_what_team_mates_shared_counts_as_what_was_noted_here(vault: OpenVault) -> None:
    ann = Teammate("ann")
    shared = [*ann.sets_out(), ann.note("one", "hers", a_tag("1")), ann.files("one", a_tag("2", "safe_systems"))]
    pull(vault, ann, *shared)
    found = vault.questions.coverage(AssessmentId(str(shared[0].envelope.assessment)), "ics")
    assert {place: one.items for place, one in found.items()} == {(LC, OBSERVED): 1, ("safe_systems", OBSERVED): 1}


def test_enough_of_needed_is_one_question_for_other_screens(vault: OpenVault) -> None:
    framework = Library().load("ics", "2023.1")
    board = a_meeting(vault)
    assessment = vault.questions.assessment(board.assessment)
    assert enough_of_needed(vault.questions, assessment, framework) == (0, 102)
    for speaker in (None, "ch", "dn"):
        found = EvidenceItem.new("ics", "learning-culture", OBSERVED)
        do(vault, partial(record_entry, activity=board, new=NewEntry(text="x", speaker=speaker, evidence=(found,))))
    assert enough_of_needed(vault.questions, assessment, framework) == (1, 102)
    assert coverage(vault.questions, assessment, framework, board.visit).enough == 1


# The same from the log, one revision after the other ---------------------------------------------------------

_tags = st.lists(st.tuples(st.sampled_from(STATEMENTS), st.sampled_from(CATEGORIES)), max_size=3)
_steps = st.lists(
    st.one_of(
        st.tuples(st.just("note"), st.integers(0, 3), st.sampled_from(SPEAKERS), _tags),
        st.tuples(st.just("file"), st.integers(0, 20), _tags, st.integers(0, 3)),
        st.tuples(st.just("withdraw"), st.integers(0, 20)),
        st.tuples(st.just("restore"), st.integers(0, 20)),
    ),
    max_size=14,
)


@contextmanager
def a_vault() -> Iterator[OpenVault]:
    with tempfile.TemporaryDirectory(prefix="fieldkit-coverage-") as folder, quick_keys():
        vault = new_vault(Path(folder) / "vault", FixedClock(datetime(2026, 11, 12, 9, 0, tzinfo=UTC)))
        try:
            yield vault
        finally:
            vault.close()


@settings(max_examples=60)
@given(_steps)
def test_counts_are_those_of_the_revisions_and_a_rebuild_changes_nothing(steps: list[tuple[Any, ...]]) -> None:
    with a_vault() as vault:
        places = _two_visits(vault)
        notes: list[str] = []
        for step in steps:
            _take(vault, places, notes, step)
        for visit in (None, places[0].visit, places[-1].visit):
            assert counted(vault, places[0], visit) == _recount(vault, visit)
        before = counted(vault, places[0])
        vault.rebuild()
        assert counted(vault, places[0]) == before


def _two_visits(vault: OpenVault) -> list[Activity]:
    board = a_meeting(vault)
    first = vault.questions.visit(board.visit)
    second = do(vault, lambda uow: plan_visit(uow, board.assessment, "Visit 2"))
    kinds = itertools.cycle((ActivityKind.INTERVIEW, ActivityKind.OBSERVATION))
    rest = [(first, "Ward"), (second, "Chair"), (second, "Board again")]
    planned = [do(vault, partial(plan_activity, visit=v, kind=next(kinds), title=title)) for v, title in rest]
    for one in planned:
        if one.kind is ActivityKind.INTERVIEW:
            do(vault, partial(agree_by_name, activity=one))
    return [board, *planned]


def _take(vault: OpenVault, places: list[Activity], notes: list[str], step: tuple[Any, ...]) -> None:
    match step:
        case ("note", place, speaker, tags):
            new = NewEntry(text="x", speaker=speaker, evidence=tuple(tag(*one) for one in tags))
            notes.append(do(vault, partial(record_entry, activity=places[place], new=new)).id)
        case ("file", place, tags, off) if notes:
            entry: Any = notes[place % len(notes)]
            row = vault.questions.entry(entry)
            standing = [item.id for item in row.evidence]
            if row.withdrawal is None and (tags or standing[:off]):
                added = [tag(*one) for one in tags]
                do(vault, partial(file_evidence, entry=entry, added=added, removed=standing[:off]))
        case ("withdraw", place) if notes:
            entry = notes[place % len(notes)]
            if vault.questions.entry(entry).withdrawal is None:
                do(vault, partial(withdraw_entry, entry=entry, reason="twice"))
        case ("restore", place) if notes:
            entry = notes[place % len(notes)]
            if vault.questions.entry(entry).withdrawal is not None:
                do(vault, partial(restore_entry, entry=entry))


def _recount(vault: OpenVault, visit: VisitId | None) -> dict[Place, Count]:
    """By hand: read every revision, apply tags and withdrawals, look at each note, count."""
    notes: dict[str, dict[str, Any]] = {}
    tags: dict[str, dict[str, Place]] = defaultdict(dict)
    off: set[str] = set()
    said: dict[str, list[tuple[Any, bool]]] = defaultdict(list)
    for revision in vault.questions.revisions():
        body, envelope = revision.body(), revision.envelope
        if envelope.kind == "entry":
            notes[envelope.record] = body
            tags[envelope.record] |= {one["id"]: (one["statement"], one["category"]) for one in body["evidence"]}
        elif envelope.kind == "filing":
            tags[body["entry"]] |= {one["id"]: (one["statement"], one["category"]) for one in body["added"]}
            off |= set(body["removed"])
        elif envelope.kind == "withdrawal":
            said[body["entry"]].append((envelope, body["stands"]))
    found: dict[Place, list[dict[str, Any]]] = defaultdict(list)
    for record, body in notes.items():
        last = heads({envelope.id: envelope.parents for envelope, _ in said[record]})
        gone = any(stands for envelope, stands in said[record] if envelope.id in last)
        if not gone and visit in (None, body["visit"]):
            for place in {one for id_, one in tags[record].items() if id_ not in off}:
                found[place].append(body)
    return {place: _count(bodies) for place, bodies in found.items()}


def _count(bodies: list[dict[str, Any]]) -> Count:
    sources = {("person", one["speaker"]) if one["speaker"] else ("activity", one["activity"]) for one in bodies}
    return Count(items=len(bodies), sources=len(sources), activities=len({one["activity"] for one in bodies}))
