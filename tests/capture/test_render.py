"""Reading a line, writing it and reading it again says the same, and no character of prose is lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.capture.captured import Captured, Read
from fieldkit.capture.parse import parse
from fieldkit.capture.render import render
from fieldkit.capture.spans import TOKEN, Span
from fieldkit.capture.typed_line import TypedLine
from fieldkit.capture.vocabulary import Vocabulary
from tests.capture.builders import ONE_PACK, TWO_PACKS

FRAGMENTS = [
    "\n#",
    "@",
    "!",
    "!!",
    "?",
    "~",
    '"',
    "“",
    "”",
    "«",
    "»",
    "+",
    "++",
    "-",
    "--",
    ".",
    ",",
    ";",
    ":",
    "/",
    "\\",
    "#lc",
    "#lc+",
    "#lc-",
    "#lc.pr",
    "#lc--",
    "#sg",
    "#la/sg",
    "#ics/sg+",
    "#6",
    "#6.4",
    "#12",
    "#999",
    "#lx",
    "#lc,",
    "#gm.",
    "@pr",
    "@ob",
    "@pe\n@zz",
    "@4",
    "ch:",
    "ce:",
    "xy:",
    "NB:",
    "hash",
    "lc",
    "plus",
    "minus",
    "#",
    "gm",
    "the",
    "room",
    "is",
    "ward",
    "he",
    "said",
    '"quoted”',
    'words"',
    "(#lc)",
    "a@b.nhs.uk",
    "3.4",
    "Wow!",
    "🩺",
    "é",
    '6"',
    "~40",
    "??",
    "!!!",
    "lc",
    "gm",
    "ch\n#speak-up",
    "#q2",
    "#sg+-",
    "#sg−",
    "hash\xa0lc",
    "#é",
    "#1.",
    "@observation",
    ":",
    "?!",
    "!?",
    "...\n",
]
KNOWN = st.sampled_from([part.strip("\n") for part in FRAGMENTS])
PIECES = st.one_of(KNOWN, KNOWN, KNOWN, KNOWN, st.text(max_size=4))
GAPS = st.sampled_from([" ", " ", " ", "", "  ", "\n", "\u00a0", "\t"])
LINES = st.lists(st.tuples(PIECES, GAPS), min_size=1, max_size=9).map(
    lambda parts: "".join(word + gap for word, gap in parts)
)
VOCABULARIES = st.sampled_from([ONE_PACK, TWO_PACKS])
SIGILS = {Read.SPEAKER, Read.FOLLOW_UP, Read.RISK, Read.OWN_VIEW, Read.EXACT, Read.TAG, Read.CATEGORY}


def prose_characters(line: TypedLine, captured: Captured) -> Counter[str]:
    """Every character of the line that nothing was read from, white space aside."""
    taken = {at for mark in captured.marks if mark.read in SIGILS for at in range(*mark.span)}
    return Counter(one for at, one in enumerate(line.text) if at not in taken and not one.isspace())


def check(line: TypedLine, vocabulary: Vocabulary) -> tuple[Captured, Captured]:
    captured = parse(line, vocabulary)
    assert Counter("".join(captured.text.split())) == prose_characters(line, captured)
    assert captured.text == captured.text.strip()
    again = parse(render(captured, vocabulary), vocabulary)
    assert again.meaning() == captured.meaning()
    assert render(again, vocabulary) == render(captured, vocabulary)
    return captured, again


def hints_of(captured: Captured) -> list[tuple[str, str]]:
    return [(hint.kind, hint.word) for hint in captured.hints]


@settings(max_examples=500)
@given(st.lists(LINES, min_size=20, max_size=20), VOCABULARIES)
def test_ten_thousand_random_lines_lose_nothing_and_read_the_same_again(
    lines: list[str], vocabulary: Vocabulary
) -> None:
    for text in lines:
        captured, again = check(TypedLine(text=text), vocabulary)
        assert hints_of(again) == hints_of(captured)
        assert not render(captured, vocabulary).left


@settings(max_examples=300)
@given(LINES, VOCABULARIES, st.data())
def test_lines_with_decisions_lose_nothing_and_read_the_same_again(
    text: str, vocabulary: Vocabulary, data: st.DataObject
) -> None:
    line = TypedLine(text=text)
    for match in TOKEN.finditer(text):
        decision = data.draw(st.sampled_from(["none", "accept", "leave"]))
        line = _decided(line, decision, Span(*match.span()))
    check(line, vocabulary)


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("dn:no date   #6.5-", "dn: no date #sg.pr-"),
        ("ch: ! no cover #learning+ @observation", "! ch: no cover #lc+ @ob"),
        ("?! who covers", "!? who covers"),
        ('"open words #sg', '"open words" #sg'),
        ("hash lc minus", "#lc-"),
    ],
)
def test_a_line_is_written_in_its_plainest_form(line: str, written: str) -> None:
    assert render(parse(line, ONE_PACK), ONE_PACK) == TypedLine(text=written)


def test_two_packs_are_written_as_one_code_only_where_that_means_both() -> None:
    assert render(parse("x #sg #la/gm", TWO_PACKS), TWO_PACKS).text == "x #sg #la/gm"
    assert render(parse("x #sg+ #la/sg-", TWO_PACKS), TWO_PACKS).text == "x #ics/sg+ #la/sg+-"


def test_prose_that_would_read_as_a_tag_comes_with_the_decision_to_leave_it() -> None:
    line = TypedLine(text="we are now #1")
    captured = parse(line.leaving(Span(11, 13)), ONE_PACK)
    written = render(captured, ONE_PACK)
    assert captured.text == written.text == "we are now #1"
    assert written.left
    assert parse(replace(written, left=()), ONE_PACK).text == "we are now"


def _decided(line: TypedLine, decision: str, span: Span) -> TypedLine:
    if decision == "none":
        return line
    return line.accepting(span) if decision == "accept" else line.leaving(span)


@pytest.mark.parametrize(
    "line",
    [
        "ce:#sg",
        "~hash\xa0lc",
        "!@pr\t#q2",
        '«words" #6\xa0”\xa0"#?!\nward',
        "«#gm.\t@pe\n@zz  »",
        "(#lc) +\n#lx  @pe\n@zz ",
        "#lc-the  #6\t#999 ",
    ],
)
@pytest.mark.parametrize("vocabulary", [ONE_PACK, TWO_PACKS], ids=["one pack", "two packs"])
def test_lines_that_once_read_differently_the_second_time(line: str, vocabulary: Vocabulary) -> None:
    check(TypedLine(text=line), vocabulary)
    assert not render(parse(line, vocabulary), vocabulary).left
