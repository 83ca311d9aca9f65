"""Search understands a person's words, is never wrong about them, and finds what was added later."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.app.entries import add_addendum
from fieldkit.app.filters import words_of
from fieldkit.app.rows import EntryFilter
from fieldkit.domain.assessment import Activity
from fieldkit.kernel.clock import FixedClock
from storage.match import match_of
from storage.vault import OpenVault
from tests.support.vaults import a_meeting, do, new_vault, note, quick_keys, tag


def _a_talk(vault: OpenVault) -> Activity:
    """A meeting with a few notes."""
    activity = a_meeting(vault)
    for text in (
        "Who owns the recovery plan?", "Recovery takes time", "The plan for recovery is late", "Café staff at the café",
        "It's the Chair's view", "naïve", "A-and-E waits 4 hours",
    ):  # fmt: skip
        note(vault, activity, text)
    return activity


@pytest.fixture
def activity(vault: OpenVault) -> Activity:
    """The meeting in a vault of one test."""
    return _a_talk(vault)


def _find(vault: OpenVault, words: str, **wanted: object) -> list[str]:
    return [hit.row.entry.text for hit in vault.questions.search(words, EntryFilter(**wanted))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("recovery", 3), ("recovery plan", 2), ("RECOVERY PLAN", 2), ('"recovery plan"', 1), ('"recovery plan" who', 1),
        ("reco", 3), ("reco* plan", 2), ("reco plan", 0), ('"recovery pla', 1), ("cafe", 1), ("naive", 1),
        ("it's chair", 1), ("a-and-e", 1), ("4", 1), ("nothing", 0), ("", 0), ("   ", 0), ("?!", 0), ('""', 0),
        ("recovery ?", 3), ("plan) OR (time", 0), ("NOT recovery", 0), ("recovery AND", 0), ("text: recovery", 0),
        ("NEAR(recovery plan)", 0), ("recovery*plan", 1), ("*", 0), ("{text}: recovery", 0), ("^recovery", 3),
    ],
)  # fmt: skip
def test_words_phrases_and_beginnings(searchable: OpenVault, words: str, expected: int) -> None:
    assert len(_find(searchable, words)) == expected


def test_the_newest_come_first_and_pages_go_on(vault: OpenVault, activity: Activity) -> None:
    hits = vault.questions.search("recovery", EntryFilter(limit=2))
    assert [hit.row.entry.text for hit in hits] == ["The plan for recovery is late", "Recovery takes time"]
    rest = _find(vault, "recovery", before=hits[-1].row.n)
    assert rest == ["Who owns the recovery plan?"]


def test_the_words_around_a_match_are_marked(vault: OpenVault, activity: Activity) -> None:
    (hit,) = vault.questions.search('"recovery plan"', EntryFilter())
    assert hit.snippet == "Who owns the \x02recovery plan\x03?"


def test_words_added_later_are_found_with_those_of_the_note(vault: OpenVault, activity: Activity) -> None:
    entry = note(vault, activity, "The budget was noted")
    do(vault, lambda uow: add_addendum(uow, entry.id, "after some dispute", "remembered"))
    assert _find(vault, "budget dispute") == ["The budget was noted"]
    do(vault, lambda uow: add_addendum(uow, entry.id, "and a vote", "remembered"))
    assert _find(vault, "budget vote dispute") == ["The budget was noted"]
    assert vault.verify() == []


def test_filters_apply_to_what_is_found(vault: OpenVault, activity: Activity) -> None:
    other = a_meeting(vault, name="South")
    note(vault, other, "recovery elsewhere", tag())
    assert _find(vault, "recovery", activity=other.id) == ["recovery elsewhere"]
    assert _find(vault, "recovery", assessment=other.assessment) == ["recovery elsewhere"]


@given(words=st.text(max_size=40) | st.text(alphabet='"*^():{}+-, ANDORTneax\0', max_size=30))
def test_no_words_are_ever_a_syntax_error(searchable: OpenVault, words: str) -> None:
    searchable.questions.search(words, EntryFilter())


@pytest.fixture(scope="module")
def searchable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    """One vault for many searches."""
    with quick_keys():
        opened = new_vault(tmp_path_factory.mktemp("v") / "vault", FixedClock(datetime(2026, 11, 12, 9, tzinfo=UTC)))
    _a_talk(opened)
    yield opened
    opened.close()


@given(word=st.text(alphabet=st.characters(categories=["Ll", "Lu", "Nd", "Lo"]), min_size=1, max_size=12))
def test_each_word_with_a_letter_is_asked_for(word: str) -> None:
    assert match_of(words_of(f"{word} x ")) == f'"{word}" AND "x"'
