"""Two windows on one vault: the second is refused politely, and the first goes on as if nothing had been."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys import vault, ways
from tests.journeys.driver import at_the_window

IN_USE = "The vault is open in another window. Your work is safe. Use that window, or close it first"


@pytest.mark.slow
def test_a_second_start_shows_the_first_window_and_ends(home: Path) -> None:
    plan = ways.Plan()
    with at_the_window(home) as me:
        ways.first_run_alone(me)
        ways.create_visit(me, plan)
        ways.open_log(me, plan)
        me.type_text("Chair asked who owns")
        with at_the_window(home) as again:
            assert again.ended() == 0
            assert again.complaints == "FieldKit is open already, and its window was brought to the front."
        assert me.look().text == "Chair asked who owns"
        me.type_text(" the recovery plan\n")
        me.until(lambda sight: [row[2] for row in sight.log] == ["Chair asked who owns the recovery plan"])
        me.close()


@pytest.mark.slow
def test_a_vault_that_is_open_elsewhere_says_so_and_opens_when_it_is_free(tmp_path: Path, home: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    with at_the_window(home) as me:
        ways.first_run_alone(me)
        (other / "vault").symlink_to(home / "vault")  # another folder, the same vault: the window lock does not see it
        with at_the_window(other) as second:
            ways.unlock(second)
            second.until(says=IN_USE)
            refused = vault.command(home, "vault", "info")
            assert (refused.returncode, refused.stdout) == (3, "")
            assert IN_USE in refused.stderr
            ways.create_visit(me, ways.Plan())
            me.close()
            second.until(focus="unlock.passphrase")
            second.press("Return")
            second.until(title_contains="Home", focus="home.visits")
            second.close()
