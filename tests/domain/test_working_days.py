"""Ten working days: England's bank holidays as published, weekends, and which days were left out and why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.app.accuracy import clock_of
from fieldkit.domain.working_days import term, why_not
from fieldkit.exchange.bank_holidays import PUBLISHED_UNTIL, bank_holidays, is_published

PUBLISHED = {
    2020: "1-1 4-10 4-13 5-8 5-25 8-31 12-25 12-28",
    2022: "1-3 4-15 4-18 5-2 6-2 6-3 8-29 9-19 12-26 12-27",
    2023: "1-2 4-7 4-10 5-1 5-8 5-29 8-28 12-25 12-26",
    2025: "1-1 4-18 4-21 5-5 5-26 8-25 12-25 12-26",
    2026: "1-1 4-3 4-6 5-4 5-25 8-31 12-25 12-28",
    2027: "1-1 3-26 3-29 5-3 5-31 8-30 12-27 12-28",
}
"""GOV.UK, Bank holidays, England and Wales: jubilee, funeral and coronation are among them, substitutes too."""


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_working_days_lost_are_those_that_were_published(year: int) -> None:
    published = {date(year, *map(int, one.split("-"))) for one in PUBLISHED[year].split()}
    assert {one for one in bank_holidays([year]) if one.weekday() < 5} == published


@pytest.mark.parametrize(
    ("sent", "due", "left_out"),
    [
        (date(2026, 11, 12), date(2026, 11, 26), 4), (date(2026, 12, 21), date(2027, 1, 7), 7),
        (date(2026, 3, 27), date(2026, 4, 14), 8), (date(2026, 11, 14), date(2026, 11, 27), 3),
    ],
)  # fmt: skip
def test_the_clock_runs_from_the_day_after_the_e_mail(sent: date, due: date, left_out: int) -> None:
    found = clock_of(sent)
    assert (found.due, len(found.left_out)) == (due, left_out)
    assert found.is_certain


def test_a_clock_names_the_days_it_left_out_and_why() -> None:
    reasons = dict(clock_of(date(2026, 12, 21)).left_out)
    assert reasons[date(2026, 12, 25)] == "Christmas Day"
    assert reasons[date(2026, 12, 27)] == "weekend"
    assert date(2026, 12, 28) in reasons, "Boxing Day falls on a Saturday, and its substitute does not count"


def test_years_that_were_not_published_say_so() -> None:
    assert is_published(PUBLISHED_UNTIL)
    assert not is_published(PUBLISHED_UNTIL + 1)
    assert not clock_of(date(PUBLISHED_UNTIL, 12, 30)).is_certain
    assert bank_holidays([1700, 2500]) == {}


@given(st.dates(date(2019, 1, 1), date(2030, 1, 1)), st.integers(1, 40))
def test_every_day_is_counted_or_left_out_with_a_reason(sent: date, days: int) -> None:
    holidays = bank_holidays(range(sent.year, sent.year + 2))
    found = term(sent, days, holidays)
    between = [sent + timedelta(days=one) for one in range(1, (found.due - sent).days + 1)]
    left_out = dict(found.left_out)
    assert len(between) == days + len(left_out)
    assert all(bool(why_not(one, holidays)) == (one in left_out) for one in between)
    assert found.due not in left_out
    assert found.days_left(sent + timedelta(days=1), holidays) == days
    assert found.days_left(found.due + timedelta(days=1), holidays) == 0
