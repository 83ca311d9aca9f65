"""Projections depend on the set of revisions alone: any order, any grouping, any repetition."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.domain.assessment import Visit
from fieldkit.domain.attachment import Attachment, Origin
from fieldkit.domain.case import Case
from fieldkit.domain.consent import Agreed, Consent
from fieldkit.domain.people import Person
from fieldkit.domain.revision import Revision
from fieldkit.domain.touchpoint import Touchpoint, TouchpointKind
from fieldkit.domain.when import When
from fieldkit.kernel.ids import ActivityId, AssessmentId, PersonId, RecordId
from storage import log, pages, schema, words
from storage.engine import Database
from storage.identity import set_fact
from storage.rebuilding import differences, rebuild
from storage.sieve import HELD
from storage.tables import PROJECTIONS
from tests.storage.team import (
    ACTIVITY,
    ASSESSMENT,
    AT,
    STAMP,
    VISIT,
    Teammate,
    a_secondary,
    a_tag,
    a_visit,
    an_entry,
    an_id,
)

_TRACK = ActivityId(an_id("track"))
_OTHER = AssessmentId(an_id("assessment", "other"))
_KEY = bytearray(b"x'" + b"0f" * 48 + b"'")
_BY_N = ("n", "first", "current")


@contextmanager
def memory() -> Iterator[Database]:
    """An encrypted database in memory, with no device of its own."""
    db = Database(Path(":memory:"), _KEY)
    try:
        with db.transaction():
            schema.create(db)
            set_fact(db, "author", an_id("nobody"))
        yield db
    finally:
        db.close()


def _write_everything() -> tuple[list[Revision], list[Teammate]]:
    """Two team-mates who do everything to a few notes, some of it at once."""
    ann, bob = Teammate("ann"), Teammate("bob")
    found = [*ann.sets_out(), *bob.sets_out()[3:]]
    found += [
        ann.note("one", "Who owns the recovery plan?", a_tag("1")),
        ann.note("two", "Nothing was said"),
        bob.note("three", "Staffing is short", a_tag("2"), a_tag("3", "safe_systems")),
        bob.files("one", a_tag("4"), removed=[a_tag("1").id]),
        ann.files("one", a_tag("5", "safe_systems")),
        ann.files("three", removed=[a_tag("2").id, a_tag("3", "safe_systems").id]),
        bob.adds("one", "the Chair asked again"),
        ann.adds("one", "and once more"),
        ann.files("two", a_tag("6")),
        ann.files("one", secondary=[a_secondary("1"), a_secondary("2", "social-economic")]),
        bob.files("one", secondary=[a_secondary("3")]),
        ann.files("one", secondary_removed=[a_secondary("1").id]),
        bob.files("three", secondary=[a_secondary("4")], secondary_removed=[a_secondary("5").id]),
        ann.files("three", secondary=[a_secondary("5")]),
    ]
    withdrawn = ann.withdraws("two")
    found += [
        withdrawn,
        ann.withdraws("two", stands=False, over=withdrawn),
        bob.withdraws("two"),
        bob.withdraws("three"),
    ]
    found += [*_with_consents(ann, bob), *_with_a_case(ann, bob)]
    first = found[1].envelope.id
    found += [
        ann.say(VISIT, a_visit("Visit 1, moved"), parents=(first,)),
        bob.say(VISIT, a_visit("Visit One"), parents=(first,)),
        bob.say(VISIT, Visit(id=VISIT, assessment=_OTHER, name="Taken"), parents=(first,), assessment=_OTHER),
        bob.say(
            VISIT,
            Person(id=PersonId(VISIT), assessment=ASSESSMENT, visit=VISIT, code="ch", role="Chair"),
            parents=(first,),
        ),
        ann.say(an_id("entry", "far"), an_entry(an_id("entry", "far"), "x"), shape=9),
        ann.say(an_id("thing"), an_entry(an_id("thing"), "x"), kind="photograph"),
        ann.say(an_id("entry", "bad"), an_entry(an_id("entry", "bad"), "x"), content=b'{"text":5}'),
    ]
    return found, [ann, bob]


def _with_consents(ann: Teammate, bob: Teammate) -> list[Revision]:
    """Notes of three people in a group and one about a care record; who agreed to what, and what they took back."""
    record = an_id("access")
    given = ann.consent("group", Agreed.GIVEN, about=ACTIVITY, person="p1")
    looked_at = bob.consent("record", Agreed.WITHDRAWN, about=record)
    second = ann.person("p2")
    return [
        ann.note("p1", "said by the first", a_tag("7"), speaker="p1"),
        bob.note("p2", "said under a second code", a_tag("8"), speaker="p2"),
        ann.note("p3", "said by somebody else", a_tag("9"), speaker="p3"),
        bob.note("looked", "read in the record", a_tag("10"), about=record),
        ann.person("p1"),
        second,
        bob.person("p2", merged_into="p1", over=[second]),
        given,
        bob.consent("group", Agreed.WITHDRAWN, about=ACTIVITY, person="p1", over=[given]),
        ann.consent("group", Agreed.GIVEN, about=ACTIVITY, person="p1", over=[given]),
        looked_at,
        bob.consent("record", Agreed.GIVEN, about=record, over=[looked_at]),
        bob.adds("p1", "and more of the first"),
    ]


def _with_a_case(ann: Teammate, bob: Teammate) -> list[Revision]:
    """A case that is on the list, then followed; its consent is taken back; notes about its events lie elsewhere."""
    case = Case(id=RecordId(an_id("case")), assessment=ASSESSMENT, code="C01")
    listed = ann.say(case.id, case)
    event = Touchpoint(
        id=RecordId(an_id("event")), assessment=ASSESSMENT, case=case.id, when=When.on(date(2026, 3, 2)),
        kind=TouchpointKind.CONTACT, organisation="GP", happened="Seen",
    )  # fmt: skip
    file = Attachment(
        id=RecordId(an_id("file")), assessment=ASSESSMENT, about=RecordId(an_id("entry", "tracked")), exhibit="AN-1",
        sha256="0" * 64, size=1, media="image/png", name="letter.png", origin=Origin.FILE, purpose="proof",
        received_at=AT,
    )  # fmt: skip
    agreed = ann.consent("case", Agreed.GIVEN, about=_TRACK)
    return [
        ann.note("tracked", "said at home", a_tag("11"), activity=_TRACK),
        ann.note("event", "the ward says the letter went out", a_tag("12"), about=event.id),
        bob.note("file", "the letter is dated May", a_tag("13"), about=file.id),
        listed,
        ann.say(event.id, event),
        bob.say(file.id, file),
        bob.say(case.id, replace(case, activity=_TRACK), parents=[listed.envelope.id]),
        agreed,
        ann.consent("case", Agreed.WITHDRAWN, about=_TRACK, over=[agreed]),
    ]


_EVERYTHING, _TEAM = _write_everything()


def _pull(db: Database, batches: Sequence[Sequence[Revision]], bits: Sequence[int] = ()) -> None:
    """Apply pages; after the first ones the search index catches up by so many notes."""
    for batch, bit in itertools.zip_longest(batches, bits[: len(batches)]):
        if batch:
            with db.transaction():
                pages.apply(db, batch, [mate.device_key for mate in _TEAM], STAMP)
        if bit:
            words.catch_up(db, bit)
    while words.catch_up(db, 1000):
        pass


def _dump(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every projection, with ids of revisions in the place of the numbers of their arrival."""
    ids: dict[int, str] = dict(db.rows("SELECT n, id FROM revisions"))
    found = {}
    for table in PROJECTIONS:
        names = [column.name for column in table.columns]
        rows = db.rows(f"SELECT {', '.join(names)} FROM {table.name}")
        found[table.name] = sorted(
            (
                tuple(
                    ("first" if name == "first" else ids[value]) if name in _BY_N else value
                    for name, value in zip(names, row, strict=True)
                )
                for row in rows
            ),
            key=str,
        )
    return found


def _count(db: Database, word: str) -> int:
    return len(db.rows("SELECT 1 FROM entry_words WHERE entry_words MATCH ?", (word,)))


def _words(db: Database) -> dict[str, set[str]]:
    ids: dict[int, str] = dict(db.rows("SELECT n, id FROM revisions"))
    asked = ("recovery", "chair", "once", "staffing", "nothing")
    return {
        word: {ids[row[0]] for row in db.rows("SELECT rowid FROM entry_words WHERE entry_words MATCH ?", (word,))}
        for word in asked
    }


@pytest.fixture(scope="module")
def expected() -> tuple[dict[str, list[tuple[object, ...]]], dict[str, set[str]]]:
    """What the set gives when it comes in the order it was written, one by one."""
    with memory() as db:
        _pull(db, [[revision] for revision in _EVERYTHING])
        return _dump(db), _words(db)


def test_the_set_is_worth_permuting(expected: tuple[dict[str, list[tuple[object, ...]]], dict[str, set[str]]]) -> None:
    tables, found = expected
    assert {name: len(rows) for name, rows in tables.items()} == {
        "records": 13, "bars": 2, "entries": 10, "sieve": 10, "pointers": 16, "tags": 10, "secondary": 3,
        "outbox": 0, "later": 3,
    }  # fmt: skip
    assert [row for row in tables["records"] if row[0] == "visit"][0][4] == 2  # noqa: RUF015 -- reads as a table
    assert found["recovery"] == found["chair"] == found["once"]


@settings(max_examples=60)
@given(data=st.data())
def test_any_order_grouping_and_repetition_gives_the_same_and_equals_a_rebuild(
    expected: tuple[dict[str, list[tuple[object, ...]]], dict[str, set[str]]], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(_EVERYTHING))
    sealed_first = data.draw(st.sets(st.sampled_from(range(len(order)))))
    again = data.draw(st.lists(st.sampled_from(_EVERYTHING), max_size=8))
    arriving = [revision.sealed() if n in sealed_first else revision for n, revision in enumerate(order)]
    arriving += [order[n] for n in sealed_first] + again
    cuts = sorted(data.draw(st.sets(st.integers(0, len(arriving)), max_size=6)))
    batches = [arriving[start:end] for start, end in zip([0, *cuts], [*cuts, len(arriving)], strict=True)]
    bits = data.draw(st.lists(st.integers(0, 3), max_size=len(batches)))
    with memory() as db:
        _pull(db, batches, bits)
        assert (_dump(db), _words(db)) == expected
        assert differences(db) == []
        assert words.is_level(db)
        with db.transaction():
            rebuild(db)
        assert (_dump(db), _words(db)) == expected
        assert words.is_level(db)


def _barred(db: Database) -> dict[str, int]:
    known = ("one", "p1", "p2", "p3", "looked", "tracked", "event", "file")
    names = {an_id("entry", name): name for name in known}
    return {names[entry]: barred for entry, barred in db.rows("SELECT id, barred FROM entries") if entry in names}


def test_the_more_protective_account_bars_and_a_merged_code_is_the_same_person() -> None:
    with memory() as db:
        _pull(db, [_EVERYTHING])
        whose = {"one": 0, "p1": 2, "p2": 2, "p3": 0, "looked": 0}
        assert _barred(db) == {**whose, "tracked": 2, "event": 2, "file": 2}
        held = {an_id("entry", name) for name, barred in _barred(db).items() if barred}
        marked = db.rows("SELECT e.id FROM sieve s JOIN entries e ON e.n = s.n WHERE s.marks & ?", (HELD,))
        assert {row[0] for row in marked} == held


def test_consent_given_again_by_whoever_saw_both_accounts_lifts_the_bar() -> None:
    ann = Teammate("ann")
    whole = [*ann.sets_out(), ann.note("one", "said", a_tag("1"))]
    refused = ann.consent("all", Agreed.REFUSED, about=ACTIVITY)
    other = ann.consent("other", Agreed.WITHDRAWN, about=ACTIVITY)
    steps = [
        ([refused], 1), ([other], 2),
        ([ann.consent("other", Agreed.GIVEN, about=ACTIVITY, over=[other])], 1),
        ([ann.consent("all", Agreed.GIVEN, about=ACTIVITY, over=[refused])], 0),
    ]  # fmt: skip
    with memory() as db:
        _pull(db, [whole])
        for revisions, barred in steps:
            _pull(db, [revisions])
            assert _barred(db) == {"one": barred}
        assert differences(db) == []


def test_a_note_follows_its_case_when_the_case_is_followed_elsewhere_and_when_consent_is_given_again() -> None:
    ann = Teammate("ann")
    made = _with_a_case(ann, ann)
    whole = [*ann.sets_out(), *made]
    case = Case(id=RecordId(an_id("case")), assessment=ASSESSMENT, code="C01", activity=ActivityId(an_id("else")))
    moved = ann.say(case.id, case, parents=[made[-3].envelope.id])
    given = ann.consent("case", Agreed.GIVEN, about=_TRACK, over=[made[-1]])
    with memory() as db:
        _pull(db, [whole])
        assert _barred(db) == {"tracked": 2, "event": 2, "file": 2}
        _pull(db, [[moved]])
        assert _barred(db) == {"tracked": 2, "event": 0, "file": 2}
        _pull(db, [[given]])
        assert set(_barred(db).values()) == {0}
        assert differences(db) == []


def test_a_consent_in_another_assessment_bars_nothing_here() -> None:
    ann = Teammate("ann")
    record = RecordId(an_id("consent", "far"))
    foreign = Consent(id=record, assessment=_OTHER, about=RecordId(ACTIVITY), agreed=Agreed.WITHDRAWN)
    with memory() as db:
        _pull(db, [[*ann.sets_out(), ann.note("one", "said"), ann.say(record, foreign, assessment=_OTHER)]])
        assert db.one("SELECT count(*) FROM bars") == (1,)
        assert _barred(db) == {"one": 0}


def test_what_cannot_be_read_is_kept_and_not_shown() -> None:
    with memory() as db:
        _pull(db, [_EVERYTHING])
        rows = db.rows("SELECT r.kind, l.why FROM later l JOIN revisions r ON r.n = l.n ORDER BY l.n")
        assert rows == [("entry", "later"), ("photograph", "later"), ("entry", "unreadable")]
        kept = {row[0] for row in db.rows("SELECT id FROM revisions")}
        assert kept == {revision.envelope.id for revision in _EVERYTHING}


def test_a_record_does_not_move_to_another_assessment_nor_become_another_kind() -> None:
    with memory() as db:
        _pull(db, [_EVERYTHING])
        shown = db.rows("SELECT kind, assessment, heads FROM records WHERE record = ?", (VISIT,))
        assert shown == [("visit", ASSESSMENT, 2)]
        assert db.rows("SELECT 1 FROM records WHERE assessment = ?", (_OTHER,)) == []
        held = [item.revision.envelope for item in log.at_home(VISIT, log.of_record(db, VISIT))]
        assert {(one.kind, one.assessment) for one in held} == {("visit", ASSESSMENT)}


def test_where_a_later_version_revised_a_visit_the_readable_one_is_shown() -> None:
    ann = Teammate("ann")
    found = ann.sets_out()
    found.append(ann.say(VISIT, a_visit("Later"), parents=(found[1].envelope.id,), shape=2))
    with memory() as db, db.transaction():
        pages.apply(db, found, [ann.device_key], STAMP)
        assert db.one("SELECT current, heads FROM records WHERE kind = 'visit'") == (2, 1)


@pytest.mark.parametrize(
    "content",
    [
        b'{"assessment":"x"}', b"[]", b"\xff\xfe", b'{"text":"a","text":"b"}', b"[" * 100_000,
        b'{"text":"\\ud800"}',
    ],
)  # fmt: skip
def test_strange_contents_are_kept_unread_and_stop_nothing(content: bytes) -> None:
    ann = Teammate("ann")
    entry = an_id("entry", "odd")
    odd = ann.say(entry, an_entry(entry, "x"), content=content)
    good = ann.note("good", "fine", a_tag("1"))
    with memory() as db, db.transaction():
        pages.apply(db, [odd, good], [ann.device_key], STAMP)
        assert db.rows("SELECT why FROM later") == [("unreadable",)]
        assert db.rows("SELECT id FROM entries") == [(good.envelope.record,)]
        assert db.rows("SELECT content FROM revisions WHERE id = ?", (odd.envelope.id,)) == [(content,)]


def test_a_note_with_a_null_character_is_found_and_the_index_stays_level() -> None:
    ann = Teammate("ann")
    with memory() as db:
        with db.transaction():
            pages.apply(db, [ann.note("nul", "before\0after", a_tag("1"))], [ann.device_key], STAMP)
        assert not words.is_level(db)
        assert not words.catch_up(db)
        assert words.is_level(db)
        assert _count(db, "after") == 1


def test_a_content_that_claims_another_assessment_or_author_is_not_shown() -> None:
    ann, bob = Teammate("ann"), Teammate("bob")
    from fieldkit.domain.assessment import Assessor
    from fieldkit.kernel.ids import AssessmentId

    foreign = ann.say(an_id("entry", "f"), an_entry(an_id("entry", "f"), "x"), assessment=AssessmentId(an_id("other")))
    impostor = ann.say(an_id("assessor", "x"), Assessor(author=bob.author, name="Bob", initials="B"))
    with memory() as db, db.transaction():
        pages.apply(db, [foreign, impostor], [ann.device_key], STAMP)
        assert db.rows("SELECT why FROM later") == [("unreadable",), ("unreadable",)]
        assert db.rows("SELECT 1 FROM entries UNION ALL SELECT 1 FROM records") == []


def test_one_content_that_sqlite_cannot_read_stops_the_index_of_no_other() -> None:
    ann = Teammate("ann")
    with memory() as db:
        with db.transaction():
            pages.apply(db, [ann.note("a", "first"), ann.note("b", "second")], [ann.device_key], STAMP)
            db.run("UPDATE revisions SET content = CAST('{' AS BLOB) WHERE n = 1")
        words.catch_up(db)
        assert _count(db, "second") == 1
        assert words.is_level(db)
