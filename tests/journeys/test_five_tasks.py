"""The five commonest tasks and an escalation, by the keys that were pressed: one table, held to that of the design.

The counting rule is the design's: keys beyond the words themselves, and a chord counts each of its keys.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.journeys import fieldwork, ways
from tests.journeys.driver import Person, at_the_window
from tests.journeys.office import Office

BUDGET = {
    "1 Log one observation": 5,
    "2 Save an interview answer and move on": 2,
    "3 Tag 10 notes already filtered": 7,
    "4 Find a coverage gap and start a note for it": 6,
    "5 Send everything and see it confirmed": 3,
    "+ Escalate an immediate risk": 9,
    "+ and say who was told": 11,
}
STATUS, SAVED = 4, ("Saved on this laptop", "Waiting to send", "Sent and confirmed")


@dataclass(slots=True)
class Tally:
    """``spent`` is filled task by task."""

    me: Person
    spent: dict[str, int] = field(default_factory=dict)
    _from: int = 0

    def begin(self) -> None:
        """From here on each key counts."""
        self._from = self.me.keys

    def end(self, task: str, words: str = "") -> None:
        """The task is done; its words were these."""
        self.spent[task] = self.me.keys - self._from - len(words)


@pytest.mark.slow
def test_the_five_commonest_tasks_take_no_more_keys_than_the_design_allows(home: Path, office: Office) -> None:
    tasks = list(BUDGET)
    with at_the_window(home) as me:
        tally = Tally(me)
        _begin(me, office)
        _observe(tally, tasks[0])
        _tag_ten(tally, tasks[2])
        _send(tally, tasks[4], office)
        _answer(tally, tasks[1])
        _fill_a_gap(tally, tasks[3])
        _escalate(tally, tasks[5], tasks[6])
        me.close()
    print("\n" + "\n".join(f"  {tally.spent[task]:>2} of {most:>2}  {task}" for task, most in BUDGET.items()))
    assert {task: keys for task, keys in tally.spent.items() if keys > BUDGET[task]} == {}
    assert set(tally.spent) == set(BUDGET)


def _begin(me: Person, office: Office) -> None:
    ways.create_vault(me)
    ways.store_the_key(me)
    ways.enrol(me, office.url, office.invite(ways.NAME))
    ways.choose_the_pack(me)
    ways.create_visit(me, ways.Plan())
    me.press("Ctrl+Shift+N")
    me.until(focus="activity.title")
    me.type_text("Interview: matron\n")
    me.until(focus="visit.agenda")
    fieldwork.open_activity(me, "ICB board")
    me.until(focus="log.capture")


def _observe(tally: Tally, task: str) -> None:
    """Ten of them; the first is counted, and each is tagged with its statement, its category and its item."""
    me = tally.me
    for number in range(10):
        words = f"Asks what was learnt from fall {number}"
        tally.begin()
        me.type_text(f"{words} #lc\n")
        if number == 0:
            tally.end(task, words)
    sight = me.until(lambda sight: [row[STATUS] in SAVED for row in sight.log] == [True] * 10)
    assert {row[3] for row in sight.log} == {"Q2 lc Observation"}


def _tag_ten(tally: Tally, task: str) -> None:
    me = tally.me
    me.press("Escape")
    tally.begin()
    me.press("Ctrl+A")
    me.press("Ctrl+T")
    me.type_text("sg\n")
    tally.end(task)
    me.until(lambda sight: sum("Q6 sg" in row[3] for row in sight.log) == 10)


def _send(tally: Tally, task: str, office: Office) -> None:
    me = tally.me
    me.until(fieldwork.all_sent)
    office.cut_off()
    me.press("Ctrl+N")
    me.until(focus="log.capture")
    me.type_text("Nobody says what was learnt #lc-\n")
    me.until(lambda sight: sight.status("waiting") == "1 waiting to send")
    me.until(lambda sight: sight.status("office") == "Not connected")
    office.connect()
    tally.begin()
    me.press("Ctrl+Shift+S")
    tally.end(task)
    me.until(fieldwork.all_sent)


def _answer(tally: Tally, task: str) -> None:
    me, words = tally.me, "I put it on the system and heard nothing"
    fieldwork.open_activity(me, "Interview: matron")
    fieldwork.agree(me)
    fieldwork.choose_guide(me)
    before = me.look().name
    tally.begin()
    me.type_text(words)
    me.press("Ctrl+Return")
    tally.end(task, words)
    me.until(lambda sight: sight.text == "" and sight.name != before, focus="interview.answer")


def _fill_a_gap(tally: Tally, task: str) -> None:
    me = tally.me
    fieldwork.open_activity(me, "ICB board")
    me.until(focus="log.capture")
    tally.begin()
    me.press("Ctrl+4")
    me.until(focus="coverage.matrix")
    me.press("Ctrl+G")
    me.press("Ctrl+N")
    tally.end(task)
    sight = me.until(focus="log.capture")
    assert sight.text.startswith(" #"), "the note is begun with the statement and the category that lack one"


def _escalate(tally: Tally, alone: str, with_contact: str) -> None:
    """From a note that is half typed, which is there afterwards as it was."""
    me, what = tally.me, "The fire door on Ward 4 is chained"
    half = me.look().text
    tally.begin()
    me.press("Ctrl+Shift+E")
    me.press("Space")
    me.press("Tab")
    me.type_text(what)
    me.press("Ctrl+Return")
    tally.end(alone, what)
    me.until(focus="escalate.add_contact")
    me.press("Escape")
    assert me.until(focus="log.capture").text == half
    tally.spent[with_contact] = fieldwork.escalate(me, "No cover tonight", "Ward manager", "will call")
    me.press("Escape")
    assert me.until(focus="log.capture").text == half
