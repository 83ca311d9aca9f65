"""Locked out and locked: the recovery key opens, the old passphrase does not, and half a note outlives a lock."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys import vault, ways
from tests.journeys.driver import at_the_window

NEW_PASSPHRASE = "harbour thistle ember quartz"
HALF, REST = "Chair moves on before the audit is dat", "ed #lc-"
BEFORE_LAST_WORD = HALF.rindex(" ") + 1


@pytest.mark.slow
def test_locking_keeps_a_half_typed_note_with_its_caret(home: Path) -> None:
    plan = ways.Plan()
    with at_the_window(home) as me:
        ways.first_run_alone(me)
        ways.create_visit(me, plan)
        ways.open_log(me, plan)
        me.type_text(HALF)
        me.press("Ctrl+Left")
        assert me.look().caret == BEFORE_LAST_WORD
        me.press("Ctrl+L")  # with no pause: whatever is typed goes to disk first
        locked = me.until(focus="unlock.passphrase")
        assert not [words for words in (*locked.words, locked.title) if HALF in words or plan.meeting in words]
        ways.unlock(me)
        back = me.until(focus="log.capture", title_contains=plan.meeting)
        assert (back.text, back.caret) == (HALF, BEFORE_LAST_WORD)
        assert not back.says("Recovered"), "nothing was lost, so nothing was recovered"
        me.press("End")
        me.type_text(f"{REST}\n")
        me.until(lambda sight: [row[2] for row in sight.log] == ["Chair moves on before the audit is dated"])
        me.close()
    with vault.opened(home) as found:
        assert found.questions.drafts() == []
        assert found.verify() == []


@pytest.mark.slow
def test_a_forgotten_passphrase_is_replaced_with_the_recovery_key(home: Path) -> None:
    with at_the_window(home) as me:
        key = ways.first_run_alone(me)
        me.press("Ctrl+L")
        me.until(focus="unlock.passphrase")
        me.tab_to("unlock.forgotten")
        me.press("Return")
        me.until(focus="recover.key")
        me.type_text(misread(key))
        me.tab_to("recover.passphrase")
        me.type_text(NEW_PASSPHRASE)
        me.tab_to("recover.again")
        me.type_text(f"{NEW_PASSPHRASE}\n")
        me.until(says="Recovery key is not correct for this laptop")
        me.tab_to("recover.key", "Shift+Tab")
        me.type_text(key.lower())  # tabbing into a field selects what is in it
        me.press("Return")
        me.until(title_contains="Home", focus="home.create_first")
        me.press("Ctrl+L")
        ways.unlock(me, ways.PASSPHRASE)
        me.until(focus="unlock.passphrase", says="Passphrase is not correct. Check Caps Lock and try again")
        me.type_text(f"{NEW_PASSPHRASE}\n")  # what was wrong is selected: the next key replaces it
        me.until(title_contains="Home", focus="home.create_first")
        me.close()
    assert vault.command(home, "vault", "unlock-check").returncode == 3
    assert vault.command(home, "vault", "unlock-check", passphrase=NEW_PASSPHRASE).returncode == 0


def misread(key: str) -> str:
    """The key with its last character read wrongly off the sheet."""
    return key[:-1] + ("0" if key[-1] != "0" else "1")
