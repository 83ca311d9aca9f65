"""How many keys the commonest acts take beyond the words themselves, counted from the keys that were pressed.

The budget is that of the design: plain note 1, a statement and its category 3 to 5 more, a speaker 3, a quotation 2,
a tag on the note above 4, a mark 1, an undo 1, a tag on all notes that are listed 7; one note with everything 5,
pinned 1; sending 3. A stroke is a key or a chord; a key counts each key of a chord.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys import ways
from tests.journeys.driver import Person, at_the_window
from tests.journeys.office import Office

ENTER = 1
NUMBERED = "Q2 lc Observation"
WHO, TAGS, STATUS = 1, 3, 4

ALL_THERE = ("Everything has reached the central store", "All at the central store")
"""The words of the status line, where there is room and where there is less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A note with something about it: what is typed before and after its words, and what the log then shows."""

    words: str
    before: str = ""
    after: str = ""
    budget: int
    who: str = ""
    tags: str = ""

    @property
    def row(self) -> list[str]:
        """Who, note and tags, as the log shows them."""
        return [self.who, self.words, self.tags]


ACTS = (
    Act(words="The board meets in public", budget=ENTER),
    Act(words="Asks what was learnt", after=" #2", budget=ENTER + 3, tags=NUMBERED),
    Act(words="Finds it in the minutes", after=" #2.5", budget=ENTER + 5, tags="Q2 lc Processes"),
    Act(words="Speaks of falls", after=" #lc", budget=5, tags=NUMBERED),
    Act(words="Nobody says what was learnt", after=" #lc-", budget=5 + 1, tags="Q2 lc\N{MINUS SIGN} Observation"),
    Act(words="Opens on time", before="ch:", budget=ENTER + 3, who="ch"),
    Act(words="Thanks the wards", before="ch:", after=" #lc", budget=5 + 3, who="ch", tags=NUMBERED),
    Act(words="We will come back", before='"', after='"', budget=ENTER + 2),
)
PINNED = Act(words="Reads the action log", budget=ENTER, tags=NUMBERED)


@pytest.mark.slow
def test_no_act_of_the_log_takes_more_keys_than_its_budget(home: Path) -> None:
    plan = ways.Plan()
    with at_the_window(home) as me:
        ways.first_run_alone(me)
        ways.create_visit(me, plan)
        ways.open_log(me, plan)  # its Enter is the last key before the first of a note
        ways.add_person(me, "ch", "Chair", "")
        for act in ACTS:
            take_note(me, act)
        with_a_pinned_tag(me)
        what_needs_no_words(me)
        tag_every_note(me)
        me.close()


def take_note(me: Person, act: Act) -> None:
    """The whole note within its budget, and the log shows what was meant."""
    count, before = len(me.look().log), me.strokes
    me.type_text(f"{act.before}{act.words}{act.after}\n")
    assert me.strokes - before - len(act.words) <= act.budget, act
    assert saved(me, count + 1)[WHO:STATUS] == act.row


def with_a_pinned_tag(me: Person) -> None:
    """Pinned once, the tag costs nothing in every note that follows."""
    me.type_text("Opens the action log #lc")
    me.press("Ctrl+Shift+T")
    me.press("Return")
    saved(me, len(ACTS) + 1)
    take_note(me, PINNED)


def what_needs_no_words(me: Person) -> None:
    """A tag for the note above, a mark, and an undo."""
    count, before = len(me.look().log), me.strokes
    me.type_text("#7\n")
    assert me.strokes - before <= 4
    me.until(lambda sight: sight.log[-1][WHO:STATUS] == ["", PINNED.words, f"{NUMBERED}, I1 sp Observation"])
    before = me.strokes
    me.press("Ctrl+M")
    assert me.strokes - before <= 1
    assert saved(me, count + 1)[WHO:STATUS] == ["", "Marked moment", ""]
    before = me.strokes
    me.press("Ctrl+Z")
    assert me.strokes - before <= 1
    me.until(lambda sight: sight.log[-1][STATUS] == "Withdrawn")


def tag_every_note(me: Person) -> None:
    """Ten notes and more that are listed: Ctrl+A, Ctrl+T, a code, Enter, whatever their number; and one undo."""
    before = [row[TAGS] for row in me.look().log]
    assert len(before) >= 10
    me.press("Escape")
    keys = me.keys
    me.press("Ctrl+A")
    me.press("Ctrl+T")
    me.type_text("sg\n")
    assert me.keys - keys <= 7
    me.until(lambda sight: all("Q6 sg" in row[TAGS] for row in sight.log if row[STATUS] != "Withdrawn"))
    me.press("Ctrl+Z")
    me.until(lambda sight: [row[TAGS] for row in sight.log] == before)


def saved(me: Person, count: int) -> list[str]:
    """The last row, once there are so many and all are saved."""
    sight = me.until(lambda sight: [row[STATUS] for row in sight.log] == ["Saved on this laptop"] * count)
    return sight.log[-1]


@pytest.mark.slow
def test_sending_everything_takes_three_keys_and_a_look_at_the_status_line(home: Path, office: Office) -> None:
    plan = ways.Plan()
    with at_the_window(home) as me:
        ways.create_vault(me)
        ways.store_the_key(me)
        ways.enrol(me, office.url, office.invite(ways.NAME))
        ways.choose_the_pack(me)
        ways.create_visit(me, plan)
        ways.open_log(me, plan)
        me.until(lambda sight: sight.status("waiting").startswith(ALL_THERE))
        office.cut_off()
        me.type_text("Nobody says what was learnt #lc-\n")
        me.until(
            lambda sight: (sight.status("office"), sight.status("waiting")) == ("Not connected", "1 waiting to send")
        )
        office.connect()
        keys = me.keys
        me.press("Ctrl+Shift+S")
        sight = me.until(lambda sight: sight.status("waiting").startswith(ALL_THERE))
        assert me.keys - keys <= 3
        assert (sight.focus, sight.log[-1][STATUS]) == ("log.capture", "Sent and confirmed")
        me.close()


@pytest.mark.slow
def test_the_note_for_a_gap_in_the_coverage_is_begun_after_six_keys(home: Path) -> None:
    plan = ways.Plan()
    with at_the_window(home) as me:
        ways.first_run_alone(me)
        ways.create_visit(me, plan)
        ways.open_log(me, plan)
        keys = me.keys
        me.press("Ctrl+4")
        me.until(focus="coverage.matrix")
        me.press("Ctrl+G")
        me.press("Ctrl+N")
        assert me.keys - keys <= 6
        sight = me.until(focus="log.capture")
        assert (sight.text, sight.caret) == (" #hl @pe", 0)
        me.type_text("A leaflet in three languages at every desk\n")
        assert saved(me, 1)[WHO:STATUS] == ["", "A leaflet in three languages at every desk", "Q1 hl People"]
        me.press("Ctrl+4")
        me.until(lambda sight: sight.tables.get("coverage.matrix", [[""]])[0][0] == "Thin 1")
        me.close()
