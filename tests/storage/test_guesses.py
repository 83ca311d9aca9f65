"""Guesses slow down, outlive restarts and wrong clocks, and wipe nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Trouble
from storage.guesses import NAME, before_guess, guessed_right
from storage.vault import open_vault
from tests.support.vaults import PASSPHRASE, new_vault, quick_keys


def _wait(folder: Path, clock: FixedClock) -> int:
    try:
        before_guess(folder, clock)
    except Trouble as error:
        return int(str(error.details["seconds"]))
    return 0


def test_five_are_free_then_half_a_minute_doubles_to_a_quarter_of_an_hour(tmp_path: Path, clock: FixedClock) -> None:
    waits = []
    for _ in range(12):
        wait = _wait(tmp_path, clock)
        waits.append(wait)
        if wait:
            clock.advance(wait - 1)
            assert _wait(tmp_path, clock) == 1
            clock.advance(1)
            assert _wait(tmp_path, clock) == 0
    assert waits == [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900]


def test_never_more_than_ten_in_five_minutes(tmp_path: Path, clock: FixedClock) -> None:
    tried = []
    start = clock.monotonic_ms()
    while clock.monotonic_ms() - start < 3_600_000:
        if _wait(tmp_path, clock) == 0:
            tried.append(clock.monotonic_ms())
        clock.advance(1)
    for first in tried:
        assert sum(first <= at < first + 300_000 for at in tried) <= 10
    assert len(tried) > 10


def test_setting_the_clock_forward_wins_nothing(tmp_path: Path, clock: FixedClock) -> None:
    for _ in range(5):
        _wait(tmp_path, clock)
    clock.jump(1_000_000)
    assert _wait(tmp_path, clock) == 30


def test_restarting_the_machine_begins_the_wait_again(tmp_path: Path, clock: FixedClock) -> None:
    for _ in range(5):
        _wait(tmp_path, clock)
    clock.advance(1)
    restarted = FixedClock(clock.now(), boot="11111111-0000-4000-8000-000000000000")
    assert _wait(tmp_path, restarted) == 30
    restarted.advance(30)
    assert _wait(tmp_path, restarted) == 0


def test_the_right_one_clears_the_count_and_a_damaged_file_counts_as_none(tmp_path: Path, clock: FixedClock) -> None:
    for _ in range(5):
        _wait(tmp_path, clock)
    guessed_right(tmp_path)
    assert not (tmp_path / NAME).exists()
    (tmp_path / NAME).write_bytes(b"half a file")
    assert _wait(tmp_path, clock) == 0


@pytest.mark.parametrize(
    ("at", "count"),
    [("Infinity", "1"), ("NaN", "1"), ("-Infinity", "1"), ("999999999999999", "1"), ("1e300", "1"), ("1", "1e18")],
)
def test_no_damage_to_the_file_of_guesses_locks_the_owner_out(
    tmp_path: Path, clock: FixedClock, at: str, count: str
) -> None:
    (tmp_path / NAME).write_text(f'{{"count":{count},"boot":"{clock.boot()}","at_ms":[{at}]}}')
    assert _wait(tmp_path, clock) <= 900
    clock.advance(900)
    assert _wait(tmp_path, clock) == 0


def test_a_guess_counts_before_it_is_tried(tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> None:
    new_vault(tmp_path / "vault", clock).close()

    def killed(*_: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr("storage.keys.stretch", killed)
    for _ in range(5):
        with pytest.raises(KeyboardInterrupt):
            open_vault(tmp_path / "vault", "a guess", clock)
    with pytest.raises(Trouble, match=r"vault\.wait"):
        open_vault(tmp_path / "vault", "a guess", clock)


def test_the_fifth_wrong_guess_says_how_long_to_wait(tmp_path: Path, clock: FixedClock) -> None:
    new_vault(tmp_path / "vault", clock).close()
    with quick_keys():
        for _ in range(4):
            with pytest.raises(Trouble, match=r"vault\.passphrase_wrong"):
                open_vault(tmp_path / "vault", "a wrong passphrase", clock)
        with pytest.raises(Trouble, match=r"vault\.wait") as found:
            open_vault(tmp_path / "vault", "a wrong passphrase", clock)
    assert found.value.details["seconds"] == 30


def test_a_hundred_wrong_guesses_leave_the_vault_whole(tmp_path: Path, clock: FixedClock) -> None:
    new_vault(tmp_path / "vault", clock).close()
    for _ in range(100):
        clock.advance(901)
        with pytest.raises(Trouble, match=r"vault\.(passphrase_wrong|wait)"):
            open_vault(tmp_path / "vault", "a wrong passphrase", clock)
    clock.advance(901)
    vault = open_vault(tmp_path / "vault", PASSPHRASE, clock)
    assert vault.verify() == []
    vault.close()
