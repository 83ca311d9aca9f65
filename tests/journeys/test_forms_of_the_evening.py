"""The forms of a judgement and of a finding outlive a kill: what was typed a second ago is there when it is opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gui import worlds
from tests.gui.stage import PASSPHRASE
from tests.journeys import fieldwork
from tests.journeys.driver import Person, at_the_window

CLAIM, WHY = "Learning reaches the night team late", "Two wards had not seen it"


@pytest.mark.slow
def test_what_was_typed_into_the_forms_of_the_evening_is_there_after_a_kill(home: Path) -> None:
    worlds.own(home)
    with at_the_window(home) as me:
        _unlock(me)
        _judge(me)
        me.type_text(WHY)
        me.kill()
    with at_the_window(home) as me:
        _unlock(me)
        _judge(me)
        assert me.until(lambda sight: sight.text).text == WHY
        me.press("Escape")
        _add_finding(me)
        me.type_text(CLAIM)
        me.kill()
    with at_the_window(home) as me:
        _unlock(me)
        _add_finding(me)
        assert me.until(lambda sight: sight.text).text == CLAIM
        me.close()


def _unlock(me: Person) -> None:
    me.until(focus="unlock.passphrase")
    me.type_text(f"{PASSPHRASE}\n")
    me.until(lambda sight: not sight.focus.startswith("unlock.") and sight.focus)


def _judge(me: Person) -> None:
    """The form of the first statement without a score."""
    me.press("Ctrl+5")
    me.until(focus="scores.list")
    me.press("Alt+N")
    me.until(lambda sight: "Supporting people" in sight.cursors.get("scores.list", ""))
    me.press("F2")
    me.until(focus="scores.judge.text")


def _add_finding(me: Person) -> None:
    """The form of a new finding, below the first statement."""
    fieldwork.to_page(me, "Findings", "findings.list")
    for _ in range(3):
        if "dd a finding" in me.look().cursors.get("findings.list", ""):
            break
        me.press("Down")
    me.press("Return")
    me.until(focus="findings.add.claim")
