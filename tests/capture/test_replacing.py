"""Find and replace in what is being written: nothing but the hit changes, in code points and in what people see."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fieldkit.capture.offsets import to_utf16
from fieldkit.capture.replacing import Edit, Sought, back, changed, edits, hits, moved, still
from fieldkit.capture.spans import Span

LETTERS = st.text(alphabet="abAB ée\u0301🙂👍🏽\u200d🇬🇧’' \u00a0\u202eא#:\n", max_size=40)
WORDS = st.text(alphabet="abAB é🙂'", min_size=1, max_size=4)


def found(text: str, words: str, **more: bool) -> list[str]:
    sought = Sought(words=words, same_case=more.get("same_case", False), whole_words=more.get("whole_words", False))
    return [one.of(text) for one in hits(text, sought, has_codes=more.get("has_codes", False))]


@given(text=LETTERS, words=WORDS, instead=LETTERS, case=st.booleans())
@example(text="aAa", words="a", instead="aa", case=False)
def test_nothing_but_the_hit_changes(text: str, words: str, instead: str, case: bool) -> None:
    spans = hits(text, Sought(words=words, same_case=case))
    assert list(spans) == sorted(spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    parts, at = [], 0
    for one in spans:  # cut out by hand, and joined by what stands there instead
        parts.append(text[at : one.start])
        at = one.end
    parts.append(text[at:])
    made = edits(text, spans, instead)
    after = changed(text, made)
    assert after == instead.join(parts)
    assert changed(after, back(made)) == text
    for one in spans:
        if case:
            assert one.of(text).replace("\u00a0", " ").replace("’", "'") == words
        cut = to_utf16(text, one.end)  # and in Qt's own units the same characters are selected
        assert text.encode("utf-16-le")[2 * to_utf16(text, one.start) : 2 * cut].decode("utf-16-le") == one.of(text)


@given(text=LETTERS, words=WORDS, instead=LETTERS, place=st.integers(0, 40))
def test_the_caret_stays_between_the_same_characters(text: str, words: str, instead: str, place: int) -> None:
    place = min(place, len(text))
    spans = hits(text, Sought(words=words))
    made = edits(text, spans, instead)
    after, there = changed(text, made), moved(place, made)
    if not any(one.start < place < one.end for one in spans):
        before_it, behind_it = changed(text[:place], tuple(one for one in made if one.span.end <= place)), text[place:]
        assert after[:there] == before_it
        assert after[there:] == changed(
            behind_it, tuple(Edit(e.start - place, *e[1:]) for e in made if e.start >= place)
        )


@given(text=LETTERS, words=WORDS, instead=WORDS, typed=LETTERS, at=st.integers(0, 40))
def test_undoing_keeps_every_key_that_was_typed_since(text: str, words: str, instead: str, typed: str, at: int) -> None:
    made = edits(text, hits(text, Sought(words=words)), instead)
    after = changed(text, made)
    at = min(at, len(after))
    now = after[:at] + typed + after[at:]
    undoing = back(made)
    kept = still(undoing, after, now)
    assert set(kept) <= {one._replace(start=one.start + shift) for one in undoing for shift in (0, len(typed))}
    undone = changed(now, kept)
    assert len(undone) == len(now) + sum(len(one.inserted) - len(one.removed) for one in kept)
    assert all(one.span.of(now) == one.removed for one in kept)
    assert len({one.start for one in kept}) == len(kept)
    if not typed:
        assert undone == text


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The ROTA, the rota", "rota", ["ROTA", "rota"]), ("hard\u00a0space", "hard space", ["hard\u00a0space"]),
        ("the ward’s list", "ward's", ["ward’s"]), ("a.b axb", "a.b", ["a.b"]),
        ("Straße STRASSE", "straße", ["Straße"]),
        ("cafe\u0301 cafe", "cafe", ["cafe"]), ("👩\u200d👩\u200d👧 👧", "👧", ["👧"]), ("👍🏽 👍", "👍", ["👍"]),
        ("🇬🇧🇧🇬 🇧", "🇧", ["🇧"]), ("aaa", "aa", ["aa"]), ("nothing", "   ", []), ("", "a", []),
    ],
)  # fmt: skip
def test_a_hit_is_what_people_see_as_these_words(text: str, words: str, expected: list[str]) -> None:
    assert found(text, words) == expected


def test_whole_words_and_capitals_are_minded_when_asked() -> None:
    assert found("Rota rotas ROTA", "Rota", whole_words=True) == ["Rota", "ROTA"]
    assert found("Rota rotas ROTA", "Rota", same_case=True) == ["Rota"]


def test_codes_in_a_line_are_no_words_unless_their_sign_is_looked_for() -> None:
    line = "st: staff st #st- ~C01 @st"
    assert hits(line, Sought(words="st"), has_codes=True) == (Span(4, 6), Span(10, 12))
    assert found(line, "#st", has_codes=True) == ["#st"]
    assert len(found(line, "st")) == 5
