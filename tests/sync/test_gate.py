"""What is urgent goes before words, words before files, and files never starve."""

from __future__ import annotations

import threading
import time

from sync.gate import FILE_EVERY, Gate, Level


class Hands:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_nothing_under_way_holds_up_nobody() -> None:
    gate = Gate()
    assert [gate.must_wait(level) for level in Level] == [False, False, False]
    assert gate.let_pass(Level.FILES) < 0.1


def test_each_waits_for_what_has_a_better_claim_and_for_nothing_else() -> None:
    gate = Gate()
    with gate.going(Level.URGENT):
        assert [gate.must_wait(level) for level in Level] == [False, True, True]
    with gate.going(Level.WORDS):
        assert [gate.must_wait(level) for level in Level] == [False, False, True]
    with gate.going(Level.FILES):
        assert not any(gate.must_wait(level) for level in Level)


def test_who_waits_goes_on_at_once_when_the_urgent_is_through() -> None:
    gate, waited = Gate(), []
    with gate.going(Level.URGENT):
        thread = threading.Thread(target=lambda: waited.append(gate.let_pass(Level.WORDS)))
        thread.start()
        time.sleep(0.1)
        assert waited == []
    thread.join(1)
    assert 0.05 < waited[0] < 1


def test_a_paused_request_sends_a_piece_before_the_store_gives_it_up() -> None:
    gate = Gate()
    with gate.going(Level.URGENT):
        assert 0.04 < gate.let_pass(Level.FILES, longest=0.05) < 1


def test_words_that_keep_coming_hold_a_file_up_for_ten_minutes_and_no_longer_and_what_is_urgent_always_does() -> None:
    hands = Hands()
    gate = Gate(hands)
    with gate.going(Level.WORDS):
        hands.now = FILE_EVERY - 1
        assert gate.must_wait(Level.FILES)
        hands.now = FILE_EVERY
        assert not gate.must_wait(Level.FILES)
        with gate.going(Level.URGENT):
            assert gate.must_wait(Level.FILES)
        gate.part_went()
        assert gate.must_wait(Level.FILES)


def test_at_the_end_of_the_program_nobody_waits() -> None:
    gate = Gate()
    with gate.going(Level.URGENT):
        gate.open_wide()
        assert not gate.must_wait(Level.FILES)
