"""Pasted dated lists: dates as exact as they say, services where they are named, and no line swallowed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.app.dated_list import MOST_LINES, read_dated_list
from fieldkit.kernel.errors import Mistake

TODAY = date(2026, 11, 12)
SERVICES = ("Acute trust", "Community nursing")


@pytest.mark.parametrize(
    ("line", "when", "service", "happened"),
    [
        ("12/03/2026 GP referral", "12 March 2026", "GP", "Referral"),
        ("~April assessed", "about April 2026", "", "Assessed"),
        ("- 2026-10-02 acute trust: admitted; carer told", "2 October 2026", "Acute trust", "Admitted; carer told"),
        ("3 May 2026\tCommunity nursing\tFirst visit #sp-", "3 May 2026", "Community nursing", "First visit #sp-"),
        ("about 2 to 9 April, Acute trust discharged", "about 2 to 9 April 2026", "Acute trust", "Discharged"),
        ("March 2026 – Memory clinic – Letter sent", "about March 2026", "Memory clinic", "Letter sent"),
        ("2 march 14:30 ambulance arrived", "2 March 2026 14:30", "Ambulance", "Arrived"),
        ("3. 4/5/2026 | GP practice | seen", "4 May 2026", "GP practice", "Seen"),
        ("1 May 2026 ביקור 🙂 בבית", "1 May 2026", "", "ביקור 🙂 בבית"),
    ],
)
def test_a_line_is_read_with_honest_precision(line: str, when: str, service: str, happened: str) -> None:
    (found,) = read_dated_list(line, SERVICES, TODAY)
    assert found.problem is None
    assert found.when is not None
    assert (found.when.words(), found.service, found.happened) == (when, service, happened)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("the carer rang", "dated_list.no_date"), ("31/04/2026 GP rang", "touchpoint.date"),
        ("12 November 2027 Ambulance called", "touchpoint.future"), ("01/01/1899 born", "touchpoint.early"),
    ],
)  # fmt: skip
def test_what_does_not_read_says_why_with_its_line(line: str, code: str) -> None:
    lines = read_dated_list(f"1 May GP seen\n\n{line}", SERVICES, TODAY)
    assert [(one.number, one.problem.code if one.problem else "") for one in lines] == [(1, ""), (3, code)]


def test_a_line_is_cut_only_where_another_date_begins() -> None:
    found = read_dated_list("1 May GP seen; told to wait; about June rang again", SERVICES, TODAY)
    assert [one.happened for one in found] == ["Seen; told to wait", "Rang again"]


def test_a_paste_that_is_a_whole_record_is_refused_whole() -> None:
    with pytest.raises(Mistake, match=r"dated_list\.too_long"):
        read_dated_list("1 May GP seen\n" * (MOST_LINES + 1), SERVICES, TODAY)


@given(st.text(max_size=300))
def test_any_text_is_read_and_no_letter_of_a_line_is_lost(text: str) -> None:
    for one in read_dated_list(text, SERVICES, TODAY):
        kept = f"{one.when_text}{one.service}{one.happened}" if one.problem is None else one.text
        lost = set(kept.casefold()) - set(text.casefold()) - set("".join((*SERVICES, "ADHPgh&1")).casefold())
        assert not lost
        assert one.text.strip()
