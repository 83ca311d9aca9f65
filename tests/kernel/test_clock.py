"""Times in the log have one spelling, and it reads back to the millisecond."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.kernel.clock import from_stamp, to_stamp

_ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_FIRST, _LAST = (
    moment.replace(tzinfo=None) for moment in (datetime(1, 1, 3, tzinfo=UTC), datetime(9999, 12, 29, tzinfo=UTC))
)


@given(st.datetimes(_FIRST, _LAST, timezones=_ZONES))
def test_a_stamp_reads_back_to_the_millisecond(moment: datetime) -> None:
    stamp = to_stamp(moment)
    found = from_stamp(stamp)
    assert timedelta(0) <= moment - found < timedelta(milliseconds=1)
    assert found.tzinfo is UTC
    assert to_stamp(found) == stamp


def test_stamps_sort_as_text_as_they_do_in_time() -> None:
    start = datetime(2026, 11, 12, 23, 59, 59, 998_500, tzinfo=UTC)
    moments = [start + timedelta(milliseconds=n) for n in range(5)]
    assert sorted(map(to_stamp, reversed(moments))) == [to_stamp(moment) for moment in moments]


@pytest.mark.parametrize(
    "text",
    [
        "", "2026-11-12", "2026-11-12T10:42:07Z", "2026-11-12T10:42:07.1Z", "2026-11-12T10:42:07.123+00:00",
        "2026-11-12 10:42:07.123Z", "2026-13-12T10:42:07.123Z", "2026-02-30T10:42:07.123Z", "2026-11-12T24:00:00.000Z",
        "2026-11-12T10:42:60.000Z", "٢٠٢٦-11-12T10:42:07.123Z", "2026-11-12T10:42:07.123Z\n",
    ],
)  # fmt: skip
def test_any_other_spelling_is_no_time(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_stamp(text)
