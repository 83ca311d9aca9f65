"""Spelling: what is marked, what never is, and what is suggested."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from fieldkit.capture.spelling import Judge, word_at
from fieldkit.capture.word_list import WordList

_LINES = resources.read_text("words", "british.txt").split("\n")[:-1]
_WORDS = WordList(resources.read_bytes("words", "british.txt"), resources.read_text("words", "care.txt").split())
_JUDGE = Judge(_WORDS, ("ICB", "reviewability"))


def _marked(text: str, also: tuple[str, ...] = ()) -> list[str]:
    return [span.of(text) for span in _JUDGE.misspelt(text, also)]


def test_every_word_of_the_list_is_found_and_its_neighbours_that_are_none_are_not() -> None:
    known = {line.removesuffix("!") for line in _LINES}
    assert len(known) > 80_000
    for line in _LINES[::7]:
        word = line.removesuffix("!")
        assert _WORDS.knows(word)
        if word + "x" not in known:
            assert not _WORDS.knows(word + "x")
    assert not _WORDS.knows("")


@given(st.text(max_size=12))
def test_what_is_not_in_the_list_is_never_known(word: str) -> None:
    assert _WORDS.knows(word) == (word in _SET)


_SET = {line.removesuffix("!") for line in _LINES} | set(resources.read_text("words", "care.txt").split())


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("The patient recieved her medecine late", ["recieved", "medecine"]),
        ("Staff were organized by color", ["organized", "color"]),
        ("Staff were organised by colour; don't worry, the ward’s kettle isn’t", []),
        ("an english word", ["english"]),
        ("Recieved on the ward. Teh rota was full.", ["Recieved", "Teh"]),
        ("Priya met Wojciech at Thornaby. Oluwaseun left.", []),
        ("dn: teh ward #lc+ @pr ~C01 ;thnk sg.ob- W4b abc123 DToC s117 NHSxy", ["teh"]),
        ("zq: see http://exmple.test/xyq and jo@exmple.test C:\\wrng\\fil notes.txtt", []),
        ("co-prodution and pre-assesment", ["prodution", "assesment"]),
        ("xq zq pt", []),
        ("reviewability in the icb", []),
    ],
)
def test_prose_is_marked_and_nothing_else(text: str, marked: list[str]) -> None:
    assert _marked(text) == marked


def test_a_code_that_is_known_in_this_place_is_not_marked() -> None:
    assert _marked("phx said so") == ["phx"]
    assert _marked("phx said so", ("PHX",)) == []


@given(st.text(max_size=200))
def test_any_text_is_judged_and_marks_lie_in_it_in_order(text: str) -> None:
    spans = _JUDGE.misspelt(text)
    assert all(0 <= one.start < one.end <= len(text) for one in spans)
    assert list(spans) == sorted(spans)


@pytest.mark.parametrize("text", ["x" * 10_000, "שלום עולם", "🙂🙃 👩‍⚕️", "العربية", "a\u200db\u202ec", "̈" * 500])
def test_what_is_no_english_word_is_left_alone(text: str) -> None:
    assert _marked(text) == []
    assert _JUDGE.suggestions(text) == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("teh", "the"), ("recieve", "receive"), ("organize", "organise"), ("wich", "which"), ("adn", "and"),
        ("definately", "definitely"), ("safegarding", "safeguarding"), ("Recieved", "Received"),
        ("english", "English"), ("wellbieng", "wellbeing"), ("comunication", "communication"),
    ],
)  # fmt: skip
def test_what_was_meant_is_suggested_first(typed: str, meant: str) -> None:
    assert meant in _JUDGE.suggestions(typed)[:2]


def test_a_persons_own_words_are_suggested_and_coarse_ones_never() -> None:
    assert "Thornaby" in _JUDGE.suggestions("thornabby", ("Thornaby",))
    coarse = {line.removesuffix("!") for line in _LINES if line.endswith("!")}
    assert coarse
    for word in sorted(coarse)[:6]:
        assert not coarse & {one.lower() for one in _JUDGE.suggestions(word + "x")}


def test_a_long_text_is_judged_well_within_half_a_second() -> None:
    text = "The patient waited for a discharge letter that nobody had writen. " * 300
    _JUDGE.misspelt(text)
    begun = time.perf_counter()
    assert len(_JUDGE.misspelt(text)) == 300
    assert time.perf_counter() - begun < 0.4


def test_the_word_at_the_caret_is_found_from_both_sides() -> None:
    text = "a wrod, b"
    assert [word_at(text, caret) for caret in (2, 4, 6)] == [(2, 6)] * 3
    assert word_at(text, 7) is None
