"""The log of rounds: every one is kept, those alike are one line, and the oldest go when there are a thousand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fieldkit.app.send_log import HEAD, PAGE, PAGES, Round, RoundOutcome, keep_round, round_of, rounds
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Refusal, Trouble
from storage.vault import OpenVault, open_vault
from tests.support.vaults import PASSPHRASE, new_vault, quick_keys

AT = datetime(2026, 11, 12, 17, 3, tzinfo=UTC)


@pytest.fixture
def vault(tmp_path: Path, clock: FixedClock) -> Iterator[OpenVault]:
    with quick_keys():
        made = new_vault(tmp_path / "vault", clock)
        yield made
        made.close()


def _keep(vault: OpenVault, *done: Round) -> None:
    def write(uow: object) -> None:
        for one in done:
            keep_round(uow, one)  # type: ignore[arg-type]

    vault.perform(write)


def test_a_round_is_read_back_as_it_was_after_a_restart(vault: OpenVault, tmp_path: Path, clock: FixedClock) -> None:
    part = round_of(
        AT, Trouble("send.store_fault", status=500), confirmed=9, total=12, retry_at=AT + timedelta(minutes=17),
        clock_behind=660.4,
    )  # fmt: skip
    _keep(vault, round_of(AT, None, confirmed=12, total=12, received=3), part)
    vault.close()
    with quick_keys():
        again = open_vault(tmp_path / "vault", PASSPHRASE, clock)
    assert rounds(again.questions) == [part, round_of(AT, None, confirmed=12, total=12, received=3)]
    assert (part.outcome, part.details, part.clock_behind) == (RoundOutcome.FAULT, {"status": "500"}, 660)
    again.close()


def test_looks_for_news_that_found_nothing_are_one_line_with_a_count(vault: OpenVault) -> None:
    quiet = [round_of(AT + timedelta(minutes=n), None) for n in range(30)]
    _keep(vault, *quiet)
    (line,) = rounds(vault.questions)
    assert (line.times, line.first, line.at) == (30, AT, AT + timedelta(minutes=29))
    _keep(vault, round_of(AT + timedelta(hours=1), None, confirmed=1, total=1), quiet[0])
    assert [one.times for one in rounds(vault.questions)] == [1, 1, 30]


@pytest.mark.parametrize(
    ("problem", "outcome"),
    [
        (None, RoundOutcome.DONE),
        (Trouble("send.not_connected"), RoundOutcome.NOT_REACHED),
        (Trouble("send.no_answer"), RoundOutcome.NOT_REACHED),
        (Trouble("send.stopped"), RoundOutcome.STOPPED),
        (Trouble("send.set_aside", count=1), RoundOutcome.SKIPPED),
        (Refusal("central.device_unknown"), RoundOutcome.FAULT),
        (ValueError("a bug"), RoundOutcome.FAULT),
    ],
)
def test_each_end_has_its_outcome(problem: Exception | None, outcome: RoundOutcome) -> None:
    assert round_of(AT, problem).outcome is outcome


def test_the_log_keeps_a_thousand_lines_and_no_more(vault: OpenVault) -> None:
    lines = PAGE * (PAGES + 2)
    _keep(vault, *(round_of(AT + timedelta(minutes=n), None, confirmed=n + 1, total=n + 1) for n in range(lines)))
    found = rounds(vault.questions, limit=10_000)
    assert len(found) == PAGE * PAGES
    assert (found[0].confirmed, found[-1].confirmed) == (lines, lines - PAGE * PAGES + 1)
    assert vault.questions.setting(f"{HEAD}.0") is None


def test_a_line_of_a_later_version_is_passed_over(vault: OpenVault) -> None:
    _keep(vault, round_of(AT, None, confirmed=1, total=1))
    text = vault.questions.setting(f"{HEAD}.0") or ""
    later = '{"at":"2026-11-12T17:03:00.000Z","outcome":"teleported"}\nnot json\n[]'
    vault.perform(lambda uow: uow.set_setting(f"{HEAD}.0", f"{later}\n{text}"))
    assert [one.confirmed for one in rounds(vault.questions)] == [1]


def test_a_reason_with_ends_of_lines_of_its_own_loses_no_round(vault: OpenVault) -> None:
    one = round_of(AT, Trouble("send.store_fault", status="a\u2028b\x85c\nd"))
    _keep(vault, one)
    assert rounds(vault.questions) == [one]
