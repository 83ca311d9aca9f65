"""A pack may say whom to ring and by when somebody has to be told; what is wrong with it is told by line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from fieldkit.app.escalation_policy import policy_of, shipped
from fieldkit.domain.escalation import Priority
from fieldkit.domain.escalation_policy import PhoneNumber
from fieldkit.frameworks.reader import check, read_pack
from tests.packs.small_pack import FILES

NOON = datetime(2026, 11, 12, 12, tzinfo=UTC)
WORDS = """
escalation_numbers:
  - {title: Duty line, number: 01632 960001}
  - {title: Site lead}
escalation_minutes: {p1: 15, p2: 60, p3: 1440, p4: 2880}
"""


def _pack(folder: Path, words: str) -> Path:
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text + (words if name == "words.yaml" else ""), encoding="utf-8")
    return folder


def test_a_packs_numbers_and_minutes_stand_in_the_place_of_the_shipped_ones(tmp_path: Path) -> None:
    policy = policy_of(read_pack(_pack(tmp_path / "pack", WORDS)))
    assert policy.numbers == (PhoneNumber(title="Duty line", number="01632 960001"), PhoneNumber(title="Site lead"))
    assert policy.due(Priority.P1, NOON) - NOON == timedelta(minutes=15)
    assert policy.is_confirmed
    plain = policy_of(read_pack(_pack(tmp_path / "plain", "")))
    assert plain == shipped()


def test_what_is_wrong_is_told(tmp_path: Path) -> None:
    wrong = WORDS.replace("p1: 15", "p1: 0").replace("title: Site lead", "titel: Site lead")
    codes = [problem.code for problem in check(_pack(tmp_path / "pack", wrong))]
    assert "value.out_of_range" in codes
    assert "key.unknown" in codes
