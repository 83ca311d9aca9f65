"""Who is speaking, what kind of note it is, and exact words."""

from __future__ import annotations

import pytest

from fieldkit.capture.captured import HintKind
from fieldkit.capture.parse import parse
from fieldkit.domain.entry import Risk
from tests.capture.builders import ONE_PACK


@pytest.mark.parametrize(
    ("line", "speaker", "text"),
    [
        ("ch: who owns it?", "ch", "who owns it?"),
        ("CH: who owns it?", "ch", "who owns it?"),
        ("  dn:no date", "dn", "no date"),
        ("dn : no date", "dn", "no date"),
        ("s3: I was not told", "s3", "I was not told"),
        ("sw-03: I was not told", "sw-03", "I was not told"),
        ("ch: ce: told us", "ch", "ce: told us"),
        ("ch:", "ch", ""),
        ("ch:30 start", None, "ch:30 start"),
        ("the ch: is a code", None, "the ch: is a code"),
    ],
)
def test_the_speaker_stands_at_the_start(line: str, speaker: str | None, text: str) -> None:
    captured = parse(line, ONE_PACK)
    assert (captured.speaker, captured.text) == (speaker, text)


def test_a_stranger_is_kept_as_words_with_a_hint() -> None:
    captured = parse("xy: we were not asked #lc", ONE_PACK)
    assert (captured.speaker, captured.text) == (None, "xy: we were not asked")
    assert [(hint.kind, hint.word) for hint in captured.hints] == [(HintKind.PERSON_UNKNOWN, "xy")]


@pytest.mark.parametrize("line", ["NB: quorum", "re: minutes", "Note: lift", "xy:z", "Actions: three"])
def test_words_before_a_colon_that_are_no_code_give_no_hint(line: str) -> None:
    assert parse(line, ONE_PACK).hints == ()


@pytest.mark.parametrize(
    ("line", "follow_up", "risk", "own_view"),
    [
        ("? ask for the falls data", True, Risk.NONE, False),
        ("?ask for the falls data", True, Risk.NONE, False),
        ("! no cover tonight", False, Risk.POSSIBLE, False),
        ("!! door to the yard is open", False, Risk.TODAY, False),
        ("~ defensive when asked", False, Risk.NONE, True),
        ("~ 40 is a guess", False, Risk.NONE, True),
        ("!? who covers tonight", True, Risk.POSSIBLE, False),
        ("ch: ! no cover tonight", False, Risk.POSSIBLE, False),
        ("! ch: no cover tonight", False, Risk.POSSIBLE, False),
    ],
)
def test_the_kind_of_note_stands_at_the_start(line: str, follow_up: bool, risk: Risk, own_view: bool) -> None:
    captured = parse(line, ONE_PACK)
    assert (captured.follow_up, captured.risk, captured.own_view) == (follow_up, risk, own_view)
    assert captured.text in line
    assert captured.text[0] not in "!?~ "


@pytest.mark.parametrize("line", ["! #sg", "!! # sg", "? #sg", "~#sg", "!"])
def test_a_sign_with_nothing_behind_it_but_tags_stays_words(line: str) -> None:
    captured = parse(line, ONE_PACK)
    assert captured.text == line.removesuffix("sg").rstrip("# ") or captured.text == "~#sg"
    assert (captured.follow_up, captured.risk, captured.own_view) == (False, Risk.NONE, False)


def test_signs_are_read_once() -> None:
    assert parse("! ch: ? really", ONE_PACK).text == "? really"


@pytest.mark.parametrize(
    "line",
    ['ch: "who owns it? #lc', 'ch: "who owns it?" #lc', "ch: “who owns it?” #lc", "ch: “who owns it? #lc"],
)
def test_a_note_that_is_wholly_exact_words(line: str) -> None:
    captured = parse(line, ONE_PACK)
    assert (captured.text, captured.exact) == ("who owns it?", True)
    assert [span.of(captured.text) for span in captured.quotes] == ["who owns it?"]


@pytest.mark.parametrize(
    ("line", "quoted"),
    [
        ('Staffing is "safe most days" he said', ["safe most days"]),
        ("Staffing is “safe most days”, he said", ["safe most days"]),
        ('"Safe most days" and then "not today"', ["Safe most days", "not today"]),
        ('a 6" pipe and a 4" pipe', []),
        ('he said "never', []),
        ('he said "never and then “perhaps” again', ["perhaps"]),
    ],
)
def test_quotation_marks_within_a_note_stay_and_mark_exact_words(line: str, quoted: list[str]) -> None:
    captured = parse(line, ONE_PACK)
    assert (captured.text, captured.exact) == (line, False)
    assert [span.of(captured.text) for span in captured.quotes] == quoted
