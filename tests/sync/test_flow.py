"""How much goes at once follows the line; how long it takes is said calmly and truly."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fieldkit.app.transfers import FileTask
from sync.cargo import Cargo
from sync.estimate import FIRST_AFTER, Estimate
from sync.flow import FIRST_PART, LEAST_PART, PART_SECONDS, Flow
from sync.network import Allowance, FilesOver, Network
from sync.triggers import SLEPT, Sleep
from sync.wire.files import MOST_AT_ONCE


def task(exhibit: str, size: int) -> FileTask:
    return FileTask(assessment="a", revision="r", record="r", sha256=exhibit, size=size, exhibit=exhibit)


@given(st.lists(st.one_of(st.none(), st.floats(100, 1e9)), max_size=40))
def test_a_part_lies_between_16_kib_and_8_mib_whatever_the_line_does(rates: list[float | None]) -> None:
    flow = Flow()
    for rate in rates:
        if rate is None:
            flow.broke()
        else:
            flow.went(flow.part_size, flow.part_size / rate)
        assert FIRST_PART <= flow.part_size <= MOST_AT_ONCE
        assert 1024 <= flow.piece_size <= 65536
        assert flow.buffer_size >= 2048


def test_on_a_fast_line_parts_grow_to_the_largest_and_a_broken_one_makes_them_smaller() -> None:
    flow = Flow()
    sizes = []
    for _ in range(6):
        sizes.append(flow.part_size)
        flow.went(flow.part_size, flow.part_size / 1e8)
    assert sizes == [FIRST_PART, FIRST_PART * 4, LEAST_PART, LEAST_PART * 4, LEAST_PART * 16, MOST_AT_ONCE]
    flow.broke()
    assert flow.part_size == MOST_AT_ONCE // 4


def test_on_ten_kbit_a_second_little_lies_in_buffers_and_parts_are_the_smallest() -> None:
    flow = Flow()
    for _ in range(3):
        flow.went(flow.part_size, flow.part_size / 750)
    assert (flow.part_size, flow.piece_size, flow.buffer_size) == (LEAST_PART, 1024, 2048)


def test_a_part_takes_some_eight_seconds_of_a_line_in_between() -> None:
    flow = Flow()
    for _ in range(10):
        flow.went(flow.part_size, flow.part_size / 200_000)
    assert flow.part_size == 200_000 * PART_SECONDS


def test_nothing_is_said_of_the_time_left_in_the_first_seconds() -> None:
    estimate = Estimate(0.0)
    estimate.moved(1000, FIRST_AFTER / 2)
    assert estimate.left(1000, FIRST_AFTER / 2) is None
    estimate.moved(1000, FIRST_AFTER)
    assert estimate.left(4000, FIRST_AFTER) is not None


@given(st.lists(st.floats(0.2, 5.0), min_size=60, max_size=200), st.floats(10, 1e6))
def test_the_time_left_of_a_steady_line_is_right_however_the_pieces_come(gaps: list[float], rate: float) -> None:
    now, estimate = 0.0, Estimate(0.0)
    for gap in gaps:
        now += gap
        estimate.moved(rate * gap, now)
    left = estimate.left(rate * 100, now)
    assert left is None or 95 < left < 105


def test_a_pause_of_five_seconds_does_not_make_the_time_left_jump() -> None:
    estimate = Estimate(0.0)
    for second in range(1, 60):
        estimate.moved(1000, float(second))
    before = estimate.left(60_000, 59.0)
    estimate.moved(0, 64.0)
    after = estimate.left(60_000, 64.0)
    assert before is not None
    assert after is not None
    assert before < after < before * 1.4


def test_cargo_counts_files_and_bytes_of_all_and_what_the_store_had_before_has_not_moved_now() -> None:
    cargo = Cargo([task("A", 1000), task("B", 3000)], [task("C", 500)], 0.0)
    first = cargo.stands("A", 400, 1000, 1.0)
    assert (first.file_number, first.files_total, first.bytes_done, first.bytes_total) == (1, 3, 400, 4500)
    cargo.stands("A", 1000, 1000, 10.0)
    second = cargo.stands("B", 1500, 3000, 20.0)
    assert (second.file_number, second.bytes_done, second.is_coming) == (2, 2500, False)
    cargo.stands("B", 3000, 3000, 30.0)
    last = cargo.stands("C", 500, 500, 40.0)
    assert (last.file_number, last.bytes_done, last.is_coming) == (3, 4500, True)


def test_files_wait_on_a_metered_connection_until_somebody_says_so_and_what_was_allowed_holds_for_that_one() -> None:
    allowance = Allowance()
    phone, train = Network(is_metered=True, name="phone"), Network(is_metered=True, name="train")
    assert allowance.may_go
    assert allowance.take(phone)
    assert not allowance.may_go
    allowance.allow()
    assert allowance.may_go
    allowance.take(train)
    assert not allowance.may_go
    allowance.over = FilesOver.ALWAYS
    assert allowance.may_go
    allowance.over = FilesOver.NEVER
    allowance.allow()
    assert not allowance.may_go
    assert allowance.take(Network())
    assert allowance.may_go
    assert not allowance.take(Network(is_there=False))


def test_a_laptop_that_slept_is_noticed_and_a_clock_set_back_is_not_sleep() -> None:
    sleep = Sleep(0.0, 1000.0)
    assert not sleep.was(15.0, 1015.0)
    assert sleep.was(30.0, 1031.0 + SLEPT)
    assert not sleep.was(45.0, 1046.0 + SLEPT)
    assert not sleep.was(60.0, 0.0)
