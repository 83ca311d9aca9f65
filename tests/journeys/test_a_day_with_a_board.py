"""The main job, end to end, by keys only: a meeting is observed offline, tagged, cut short by a kill, and handed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import pytest

from central.core import open_core
from central.reading import assessments, entries
from fieldkit.app.rows import SendStatus
from fieldkit.domain.revision import Revision
from fieldkit.kernel.clock import FixedClock
from tests.journeys import vault, ways
from tests.journeys.driver import Person, Sight, at_the_window
from tests.journeys.meeting import Meeting, Point, read_meeting
from tests.journeys.office import Office, found_words
from tests.support.laptop import Laptop

TAGGED = 60
ACKNOWLEDGED = ("Saved on this laptop", "Waiting to send", "Sent and confirmed")
NOTE, STATUS = 2, 4
FEWEST_PRIVATE_WORDS = 20


@pytest.fixture(scope="module")
def meeting() -> Meeting:
    """The first 60 tagged lines of the sample's board meeting, with the untagged ones between them."""
    return read_meeting(TAGGED)


@pytest.mark.slow
def test_a_day_from_the_first_key_to_the_office(tmp_path: Path, home: Path, office: Office, meeting: Meeting) -> None:
    first_half, second_half = meeting.halves
    with at_the_window(home) as me:
        set_up(me, office)
        plan = plan_of(meeting)
        ways.create_visit(me, plan)
        ways.open_log(me, plan)
        for person in meeting.people:
            ways.add_person(me, person.code, person.role, person.organisation)
        office.cut_off()
        log_the_meeting(me, meeting)
        acknowledged = me.until(lambda sight: all_acknowledged(sight, len(meeting.logged)))
        me.type_text(first_half)
        me.kill()

    with vault.opened_copy(home, tmp_path / "as the power left it") as found:
        assert [row.entry.text for row in vault.notes(found)] == [row[NOTE] for row in acknowledged.log]
        assert [draft.text for draft in found.questions.drafts()] == [first_half]

    with at_the_window(home) as me:
        ways.unlock(me)
        recovered = me.until(focus="log.capture", title_contains=plan.meeting)
        assert (recovered.text, recovered.caret, recovered.windows) == (first_half, len(first_half), 1)
        assert recovered.says("Recovered what you were typing at")
        me.type_text(f"{second_half}\n")
        me.until(lambda sight: all_acknowledged(sight, len(meeting.logged) + 1))
        office.connect()
        hand_in(me, meeting)

    the_office_has_exactly_the_tagged_notes(office, my_log(home, meeting))
    the_office_can_read_them(office, meeting)
    no_untagged_word_has_left(office, meeting)
    assert vault.command(home, "vault", "verify").returncode == 0
    a_colleague_sees_the_same(tmp_path, home, office, meeting)


def set_up(me: Person, office: Office) -> None:
    """First run with the office: both sides read the same words to each other."""
    ways.create_vault(me)
    ways.store_the_key(me)
    sight = ways.enrol(me, office.url, office.invite(ways.NAME))
    assert sight.says("Northmoor office")
    ways.choose_the_pack(me)


def plan_of(meeting: Meeting) -> ways.Plan:
    """The sample's visit, as it is entered."""
    sample = meeting.sample
    return ways.Plan(
        assessment=sample.assessment, visit=sample.visit, meeting=meeting.board.title, agenda=meeting.agenda
    )


def log_the_meeting(me: Person, meeting: Meeting) -> None:
    """Every line as it is typed; along the agenda with Ctrl+PgDown."""
    for _ in meeting.agenda:
        me.press("Ctrl+PgUp")  # the log opens at the item whose time it is, and this may be any time of day
    for item, points in groupby(meeting.logged, key=lambda point: point.item):
        while item not in me.look().name:
            me.press("Ctrl+PgDown")
        for point in points:
            me.type_text(f"{point.line}\n")
    me.until(lambda sight: sight.status("office") == "Not connected")


def all_acknowledged(sight: Sight, count: int) -> bool:
    """Whether the screen says of so many notes that they are safe."""
    return [row[STATUS] in ACKNOWLEDGED for row in sight.log] == [True] * count


def hand_in(me: Person, meeting: Meeting) -> None:
    """Send, wait for the window's own word that all is there, lock, close."""
    me.press("Ctrl+Shift+S")
    me.until(lambda sight: sight.status("waiting").startswith("Sent and confirmed"))
    me.press("Ctrl+7")
    me.until(
        title_contains="Send",
        says="Everything you tagged has reached the central store. "
        f"{len(meeting.untagged)} untagged or withdrawn notes are on this laptop only",
    )
    me.press("Ctrl+L")
    me.until(focus="unlock.passphrase")
    me.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """The laptop's own revisions of notes, by id, and which of them are to leave with their words."""

    revisions: dict[str, Revision]
    tagged: set[str]


def my_log(home: Path, meeting: Meeting) -> Mine:
    """What the laptop holds: each note says what was typed, and every tagged one is confirmed."""
    with vault.opened(home) as found:
        rows = vault.notes(found)
        revisions = {str(one.envelope.id): one for one in found.questions.revisions() if one.envelope.kind == "entry"}
        items = {item.id: item.title for row in rows for item in found.questions.activity(row.entry.activity).items}
    points = (*meeting.logged, meeting.unfinished)
    for row, point in zip(rows, points, strict=True):
        entry = row.entry
        assert (entry.text, entry.speaker) == (point.meaning.text, point.meaning.speaker), point.line
        assert items[entry.agenda_item or ""] == point.item, point.line
        assert {(tag.statement, tag.bearing.value, tag.strong) for tag in row.evidence} == point.evidence, point.line
        assert row.status is (SendStatus.CONFIRMED if point.is_tagged else SendStatus.STAYS), point.line
    assert len(revisions) == len(rows)
    return Mine(revisions=revisions, tagged={str(row.entry.id) for row in rows if row.evidence})


def the_office_has_exactly_the_tagged_notes(office: Office, mine: Mine) -> None:
    """Byte for byte, once each; of the others the envelope, which holds no word."""
    kept = [row for row in office.log() if row.kind == "entry"]
    assert len(mine.tagged) == TAGGED + 1
    assert Counter(row.revision for row in kept) == dict.fromkeys(mine.revisions, 1)
    assert {row.revision for row in kept if row.content is not None} == mine.tagged
    for row in kept:
        original = mine.revisions[row.revision]
        assert row.envelope == original.envelope_bytes
        assert row.content == (original.content if row.revision in mine.tagged else None)


def the_office_can_read_them(office: Office, meeting: Meeting) -> None:
    """What ``fieldkit central show`` and the API show: the notes in order, with their tags and their author."""
    with closing(open_core(office.settings)) as core:
        (assessment,) = assessments(core, None).assessments
        shown = entries(core, None, assessment.id).entries
    assert [item.text for item in shown] == [point.meaning.text for point in meeting.tagged]
    assert [len(item.tags) for item in shown] == [len(point.meaning.tags) for point in meeting.tagged]
    assert {item.author_name for item in shown} == {ways.NAME}


def no_untagged_word_has_left(office: Office, meeting: Meeting) -> None:
    """Not in the store's files, not on the wire; and the same look finds what was to leave."""
    private = meeting.private_words()
    assert len(private) >= FEWEST_PRIVATE_WORDS
    for where in (office.every_byte(), office.every_byte_on_the_wire()):
        assert found_words(private, where) == set()
        assert not [point.line for point in meeting.untagged if as_written(point) in where]
        assert not [point.line for point in meeting.tagged if as_written(point) not in where]


def as_written(point: Point) -> bytes:
    """A note's words as they stand in the JSON of its content."""
    return point.meaning.text.replace('"', '\\"').encode()


def a_colleague_sees_the_same(tmp_path: Path, home: Path, office: Office, meeting: Meeting) -> None:
    """A second laptop of the team pulls: the same evidence, with its author."""
    with vault.opened(home) as mine:
        (assessment,) = [row.assessment.id for row in mine.questions.assessments()]
        evidence = {row.entry.id: row.evidence for row in vault.notes(mine) if row.evidence}
    with a_colleague(tmp_path, office, assessment) as colleague:
        colleague.settle()
        rows = colleague.notes
        assert {row.entry.id: row.evidence for row in rows} == evidence
        assert sorted(colleague.texts) == sorted(point.meaning.text for point in meeting.tagged)
        assert {(row.author_name, row.status) for row in rows} == {(ways.NAME, SendStatus.FROM_TEAM)}


@contextmanager
def a_colleague(tmp_path: Path, office: Office, assessment: str) -> Iterator[Laptop]:
    """Invited to this assessment, and put away afterwards."""
    laptop = Laptop(tmp_path / "colleague", "Ben Adviser", FixedClock(datetime.now(UTC)))
    try:
        laptop.join(office.settings, office.url, assessment)
        yield laptop
    finally:
        laptop.close()
