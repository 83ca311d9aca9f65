"""Every filter finds exactly the notes that a plain look at each note would find, page by page and counted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.app.assessments import open_assessment, plan_activity, plan_visit
from fieldkit.app.entries import NewEntry, add_addendum, file_evidence, record_entry, restore_entry, withdraw_entry
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.rows import EntryFilter, EntryRow, Facet, SendStatus, Tally, Term, Word
from fieldkit.domain.assessment import Activity, ActivityKind, SubjectKind
from fieldkit.domain.entry import Entry, Risk
from fieldkit.domain.evidence import Acquisition, Bearing, EvidenceItem
from fieldkit.domain.secondary import SecondaryTag
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.ids import EntryId, RecordId
from storage import search
from storage.vault import OpenVault
from tests.storage.office import Office
from tests.storage.team import Teammate, a_tag
from tests.storage.waiting import pull
from tests.support.consents import agree_by_name
from tests.support.vaults import PIN, do, new_vault, quick_keys

DAYS = 4
CASE = "0192f0a0-0000-7000-8000-00000000c001"
_STATEMENTS, _CATEGORIES = ("a", "b", "c"), ("ob", "pe", "pr")
_WORDS = ("rota", "waits fell", "café", "plan for winter")
_MARKS: dict[str, Callable[[EntryRow], bool]] = {
    "untagged": lambda row: not row.evidence, "question": lambda row: row.entry.follow_up,
    "risk": lambda row: row.entry.risk is not Risk.NONE, "quote": lambda row: row.entry.exact,
    "view": lambda row: row.entry.own_view, "mark": lambda row: row.entry.is_mark,
    "withdrawn": lambda row: row.withdrawal is not None, "mine": lambda row: row.is_mine,
}  # fmt: skip
_STATUSES = {
    "waiting": SendStatus.WAITING, "sent": SendStatus.CONFIRMED, "stays": SendStatus.STAYS,
    "team": SendStatus.FROM_TEAM,
}  # fmt: skip


def _tag(n: int) -> EvidenceItem:
    made = EvidenceItem.new("ics", _STATEMENTS[n % 3], _CATEGORIES[(n // 2) % 3], list(Bearing)[n % 5 % 4])
    return replace(made, acquisition=list(Acquisition)[n % 7 % 3])


_ON_TAGS: dict[Facet, Callable[[EvidenceItem], str]] = {
    Facet.CATEGORY: lambda tag: tag.category, Facet.BEARING: lambda tag: tag.bearing.value,
    Facet.CAME: lambda tag: tag.acquisition.value,
}  # fmt: skip
_PURPOSES = ("value", "equity", "jobs")


class World:
    """Fifty notes of three assessments that differ in everything a filter can ask, and how it looks from outside."""

    def __init__(self, vault: OpenVault, clock: FixedClock) -> None:
        self.vault = vault
        self.activities = [
            do(vault, partial(self._plan, name=f"{name} {kind.value}", kind=kind))
            for name in ("North", "South")
            for kind in (ActivityKind.OBSERVATION, ActivityKind.INTERVIEW)
        ]
        office = Office()
        office.enrol(vault)
        vault.sync_store.meet_epoch(office.epoch)
        vault.sync_store.offered_all()
        notes = []
        for n in range(48):
            clock.advance(24 * 60 * 60 / 12)
            notes.append(do(vault, partial(self._record, n=n)))
            if n == 30:
                office.take_all(vault)
        for n in (3, 5, 7, 35):
            do(vault, partial(self._tag, entry=notes[n].id))
        for n in range(2, 48, 3):
            do(vault, partial(self._say_more, entry=notes[n].id, n=n))
        do(vault, lambda uow: add_addendum(uow, notes[8].id, "and the rota", "left out"))
        for n in (9, 11, 40):
            do(vault, lambda uow, n=n: withdraw_entry(uow, notes[n].id, "twice"))  # type: ignore[misc]
        do(vault, lambda uow: restore_entry(uow, notes[11].id))
        mate = Teammate("Bea")
        notes_of_mate = (mate.note(f"n{n}", f"team rota {n}", *([a_tag(f"t{n}", "a")] * (n % 2))) for n in range(3))
        pull(vault, mate, *mate.sets_out(), *notes_of_mate)
        self.rows = vault.questions.entries(EntryFilter(limit=1000))

    def _plan(self, uow: UnitOfWork, name: str, kind: ActivityKind) -> Activity:
        assessment = open_assessment(uow, name, SubjectKind.LOCAL_AUTHORITY, [PIN])
        activity = plan_activity(uow, plan_visit(uow, assessment.id, name), kind, name)
        return activity if kind is ActivityKind.OBSERVATION else agree_by_name(uow, activity)

    def _record(self, uow: UnitOfWork, n: int) -> Entry:
        tags = [_tag(n)] if n % 4 else []
        tags += [EvidenceItem.new("la", "a", "ob")] if n % 7 == 0 else []
        return record_entry(
            uow, self.activities[n % 4],
            NewEntry(
                text=f"{_WORDS[n % 4]} number{n}", speaker=("ch", "dn", None)[n % 3], exact=n % 5 == 0,
                follow_up=n % 6 == 0, own_view=n % 8 == 0, is_mark=n % 9 == 0,
                risk=Risk.TODAY if n % 10 == 0 else Risk.NONE, category=_CATEGORIES[n % 3], evidence=tuple(tags),
                agenda_item=(None, "welcome", "winter")[n % 3],
                about=(None, RecordId(CASE), None, None, None)[n % 5],
            ),
        )  # fmt: skip

    def _say_more(self, uow: UnitOfWork, entry: EntryId, n: int) -> None:
        """Secondary tags, of some notes two, of some one taken off again."""
        tags = [SecondaryTag.new("ics", "purposes", _PURPOSES[one % 3]) for one in (n, n // 3)[: 1 + n % 2]]
        file_evidence(uow, entry, secondary=tags)
        if n % 4 == 0:
            file_evidence(uow, entry, secondary_removed=[tags[0].id])

    def _tag(self, uow: UnitOfWork, entry: EntryId) -> object:
        return file_evidence(uow, entry, [EvidenceItem.new("ics", "c", "pe")])


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One vault for all filters."""
    clock = FixedClock(datetime(2026, 11, 9, 9, 0, tzinfo=UTC))
    with quick_keys():
        vault = new_vault(tmp_path_factory.mktemp("filters") / "vault", clock)
        yield World(vault, clock)
        vault.close()


def _tokens(text: str) -> list[str]:
    plain = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return re.findall(r"\w+", plain.casefold())


def _has_word(row: EntryRow, word: Word) -> bool:
    wanted = _tokens(word.text)
    for text in (row.entry.text, "\n".join(one.text for one in row.addenda)):
        found = _tokens(text)
        for start in range(len(found) - len(wanted) + 1):
            *whole, last = zip(found[start:], wanted, strict=False)
            ends = last[0].startswith(last[1]) if word.is_prefix else last[0] == last[1]
            if ends and all(one == other for one, other in whole):
                return True
    return False


def _has(row: EntryRow, facet: Facet, value: str) -> bool:
    entry = row.entry
    match facet:
        case Facet.STATEMENT:
            return any(f"{tag.pack}/{tag.statement}" == value for tag in row.evidence)
        case Facet.CATEGORY:
            return value in ([tag.category for tag in row.evidence] or [entry.category or ""])
        case Facet.BEARING:
            return any(tag.bearing == value for tag in row.evidence)
        case Facet.CAME:
            return any(tag.acquisition == value for tag in row.evidence)
        case Facet.SECONDARY:
            return any("/".join(tag.key) == value for tag in row.secondary)
        case Facet.MARK:
            return _MARKS[value](row)
        case Facet.STATUS:
            return row.status is _STATUSES[value]
        case Facet.DAY:
            first, _, last = value.partition("/")
            return first <= entry.noticed_at.date().isoformat() <= (last or first)
        case Facet.ABOUT:
            return value in (entry.about, entry.activity)
        case _:
            facts = {
                Facet.VISIT: entry.visit, Facet.ACTIVITY: entry.activity, Facet.SPEAKER: entry.speaker,
                Facet.AUTHOR: row.author, Facet.ITEM: entry.agenda_item,
            }  # fmt: skip
            return facts[facet] == value


def _matches(row: EntryRow, wanted: EntryFilter) -> bool:
    """A statement and a category that are both asked for have to be on one tag; every other condition stands alone."""
    asked = [term for term in wanted.terms if not term.negated]
    statements = [term for term in asked if term.facet is Facet.STATEMENT]
    beside = [[term for term in asked if term.facet is facet] for facet in _ON_TAGS] if statements else []
    paired = all(
        any(
            f"{tag.pack}/{tag.statement}" in one.values
            and all(_ON_TAGS[other.facet](tag) in other.values for other in others)
            for tag in row.evidence
        )
        for one in statements for others in product(*(some for some in beside if some))
    )  # fmt: skip
    of_tags = [term for some in beside for term in some]
    alone = [term for term in wanted.terms if term not in of_tags]
    return (
        paired
        and (wanted.assessment is None or row.entry.assessment == wanted.assessment)
        and (wanted.activity is None or row.entry.activity == wanted.activity)
        and all(any(_has(row, term.facet, value) for value in term.values) is not term.negated for term in alone)
        and all(_has_word(row, word) is not word.negated for word in wanted.words)
    )


@st.composite
def _filters(draw: st.DrawFn, world: World) -> EntryFilter:
    values: dict[Facet, list[str]] = {
        Facet.STATEMENT: ["ics/a", "ics/b", "ics/c", "la/a", "ics/none"], Facet.CATEGORY: ["ob", "pe", "pr", "none"],
        Facet.MARK: list(_MARKS), Facet.BEARING: list(Bearing), Facet.CAME: list(Acquisition),
        Facet.SECONDARY: [*(f"ics/purposes/{one}" for one in _PURPOSES), "la/purposes/value"],
        Facet.STATUS: list(_STATUSES), Facet.SPEAKER: ["ch", "dn", "xy"],
        Facet.VISIT: [one.visit for one in world.activities], Facet.ACTIVITY: [one.id for one in world.activities],
        Facet.AUTHOR: sorted({row.author for row in world.rows}), Facet.ITEM: ["welcome", "winter", "none"],
        Facet.ABOUT: [CASE, world.activities[0].id, "none"],
        Facet.DAY: ["2026-11-10", "2026-11-09/2026-11-11", "2026-11-12/2026-12-24", "2030-01-01"],
    }  # fmt: skip
    terms = []
    for facet in draw(st.lists(st.sampled_from(list(Facet)), max_size=4)):
        some = draw(st.lists(st.sampled_from(values[facet]), min_size=1, max_size=3, unique=True))
        terms.append(Term(facet=facet, values=tuple(some), negated=draw(st.booleans())))
    pieces = ("rota", "rot", "waits fell", "plan", "cafe", "number1", "winter", "absent")
    words = tuple(
        Word(text=text, is_prefix=draw(st.booleans()), negated=draw(st.integers(0, 3)) == 0)
        for text in draw(st.lists(st.sampled_from(pieces), max_size=2))
    )
    homes = sorted({row.entry.assessment for row in world.rows})
    return EntryFilter(
        assessment=draw(st.none() | st.sampled_from(homes)), terms=tuple(terms), words=words,
        activity=draw(st.sampled_from([None, None, None, *(one.id for one in world.activities)])),
        limit=draw(st.integers(1, 60)),
    )  # fmt: skip


@settings(max_examples=400)
@given(data=st.data())
def test_a_filter_finds_what_a_look_at_each_note_finds(world: World, data: st.DataObject) -> None:
    wanted = data.draw(_filters(world))
    expected = [row.n for row in world.rows if _matches(row, wanted)]
    found = world.vault.questions.entries(replace(wanted, limit=1000))
    assert [row.n for row in found] == expected
    assert world.vault.questions.tally(wanted) == Tally(count=len(expected), reached=0)
    every = [row.entry.id for row in world.rows]
    rows, matching = world.vault.questions.among(wanted, every)
    assert {row.n for row in rows if row.entry.id in matching} == set(expected)
    assert len(rows) == len(every)


@given(data=st.data())
def test_walks_of_any_length_and_patience_lead_through_all_of_it(world: World, data: st.DataObject) -> None:
    wanted = data.draw(_filters(world))
    expected = [row.n for row in reversed(world.rows) if _matches(row, wanted)]
    found: list[int] = []
    before = None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "_FIRST_STEP", 7)
        patch.setattr(search, "_GROWTH", 1)
        while before != 0:
            walk = search.walk(world.vault._db, replace(wanted, before=before), patience=0)
            assert before is None or walk.reached < before
            assert all(row.n >= walk.reached for row in walk.rows)
            found += [row.n for row in walk.rows]
            before = walk.reached
    assert found == expected


def test_contradicted_are_strengths_and_shortfalls_of_one_statement(world: World) -> None:
    standing = [row for row in world.rows if row.withdrawal is None and row.barred is None]
    said = [
        (row, tag) for row in standing for tag in row.evidence if tag.bearing in (Bearing.STRENGTH, Bearing.SHORTFALL)
    ]
    expected = {
        row.n
        for row, tag in said
        for other, opposite in said
        if (row.entry.assessment, tag.pack, tag.statement)
        == (other.entry.assessment, opposite.pack, opposite.statement)
        and tag.bearing is not opposite.bearing
    }
    wanted = EntryFilter(terms=(Term(facet=Facet.MARK, values=("contradicted",)),), limit=1000)
    assert {row.n for row in world.vault.questions.entries(wanted)} == expected
    assert expected
    for home in {row.entry.assessment for row in standing}:
        there = {(tag.pack, tag.statement) for row, tag in said if row.n in expected and row.entry.assessment == home}
        assert world.vault.questions.split(home) == there


def test_what_else_has_a_mark_is_named_by_note_activity_or_record(world: World) -> None:
    note, place = world.rows[5].entry, world.activities[1].id
    also = (note.id, place, CASE)
    wanted = EntryFilter(terms=(Term(facet=Facet.MARK, values=("restricted",), also=also),), limit=1000)
    expected = {row.n for row in world.rows if {row.entry.id, row.entry.activity, row.entry.about} & set(also)}
    assert {row.n for row in world.vault.questions.entries(wanted)} == expected
    others = EntryFilter(terms=(replace(wanted.terms[0], negated=True),), limit=1000)
    assert {row.n for row in world.vault.questions.entries(others)} == {row.n for row in world.rows} - expected


def test_the_sieve_stays_what_a_rebuild_gives(world: World) -> None:
    assert world.vault.verify() == []


def test_a_walk_says_that_pulled_notes_are_still_being_indexed(vault: OpenVault) -> None:
    mate = Teammate("Bea")
    pull(vault, mate, *mate.sets_out(), *(mate.note(f"n{n}", f"rota {n}") for n in range(100)))
    wanted = EntryFilter(words=(Word(text="rota"),), limit=200)
    first = vault.questions.walk(wanted)
    assert (len(first.rows), first.is_level) == (64, False)
    second = vault.questions.walk(wanted)
    assert (len(second.rows), second.is_level) == (100, True)


@pytest.mark.parametrize(("facet", "value"), [(Facet.SPEAKER, "ch"), (Facet.DAY, "2026-11-10")])
def test_a_page_pasted_into_the_filter_is_answered(world: World, facet: Facet, value: str) -> None:
    """SQLite refuses an expression 1,000 deep, which a chain of as many values, or of as many terms, is."""
    few = EntryFilter(terms=(Term(facet=facet, values=(value,)),), limit=1000)
    many = Term(facet=facet, values=(value,) * 3000)
    expected = [row.n for row in world.rows if _matches(row, few)]
    assert expected
    for terms in ((many,), few.terms * 3000):
        wanted = replace(few, terms=terms)
        assert [row.n for row in world.vault.questions.entries(wanted)] == expected
        assert world.vault.questions.tally(wanted).count == len(expected)
