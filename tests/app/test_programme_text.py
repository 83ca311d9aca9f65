"""A pasted programme is read as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from fieldkit.app.programme_text import read_programme


@pytest.mark.parametrize(
    ("line", "starts", "ends", "title"),
    [
        ("09:30 ICB board", "09:30", "", "ICB board"),
        ("9.30am ICB board", "09:30", "", "ICB board"),
        ("2:30pm Interview: matron", "14:30", "", "Interview: matron"),
        ("2.30 p.m. Interview: matron", "14:30", "", "Interview: matron"),
        ("12:15pm Lunch", "12:15", "", "Lunch"),
        ("12:15am Night round", "00:15", "", "Night round"),
        ("2:30 - 4:00pm Board", "14:30", "16:00", "Board"),
        ("11:30-1:00pm Board", "11:30", "13:00", "Board"),
        ("09:30 to 11:00 Board", "09:30", "11:00", "Board"),
        ("14:30 Amber ward", "14:30", "", "Amber ward"),
    ],
)
def test_times_of_twelve_and_of_twenty_four_hours(line: str, starts: str, ends: str, title: str) -> None:
    (found,) = read_programme(line, 2026)
    assert (found.starts, found.ends, found.title) == (starts, ends, title)


@pytest.mark.parametrize("line", ["3 Decisions", "5 Marketing", "1 Junctions", "2 Mayoral update", "31 November"])
def test_an_item_that_begins_like_a_month_is_no_day(line: str) -> None:
    (found,) = read_programme(line, 2026)
    assert found.day is None


@pytest.mark.parametrize("line", ["3 Dec", "3 December", "Thursday 3 december 2026:", "3 DECEMBER, 2026"])
def test_days(line: str) -> None:
    assert read_programme(line, 2026)[0].day == date(2026, 12, 3)
    assert read_programme("3 Sept", 2026)[0].day == date(2026, 9, 3)
