"""No word of prose is ever eaten."""

from __future__ import annotations

import pytest

from fieldkit.capture.captured import HintKind
from fieldkit.capture.parse import parse
from fieldkit.capture.spans import Span
from fieldkit.capture.typed_line import TypedLine
from fieldkit.capture.vocabulary import Vocabulary
from fieldkit.domain.entry import Risk
from tests.capture.builders import ONE_PACK, TWO_PACKS

PLAIN = [
    "Temp +2 today",
    "room #12 is cold",
    "Wow!",
    "He rang #999",
    "Fell 3.4 m; a@b.nhs.uk",
    "the #lc tag and @pr in the middle of a sentence",
    "hash browns and # lc in the middle",
    '“Six” in the gallery, a 6" pipe and 5\'9"',
    "meet @4",
    "10:42 the chair opened; ratio 3:1",
    "C:\\reports\\#6.docx and https://example.org/#lc/page",
    "a - b -- c +/- d ++",
    "!!! chaos",
    "?? what",
    "~40 people in the gallery",
    "~£2m short",
    "?",
    "!",
    '"',
    '""',
    "#",
    "@",
    "# ",
    "#+ #- #.",
    "costs 5# @ 3",
    "(#lc) [@pr] #lc?",
    "note: the lift is broken",
    "NB: quorum reached",
    "🩺 ward round 👩‍⚕️ late",
]


@pytest.mark.parametrize("line", PLAIN)
@pytest.mark.parametrize("vocabulary", [ONE_PACK, TWO_PACKS], ids=["one pack", "two packs"])
def test_it_stays_plain_text(line: str, vocabulary: Vocabulary) -> None:
    captured = parse(line, vocabulary)
    assert captured.text == line.strip()
    assert (captured.tags, captured.category, captured.speaker, captured.exact) == ((), None, None, False)
    assert (captured.follow_up, captured.risk, captured.own_view) == (False, Risk.NONE, False)


@pytest.mark.parametrize("line", ["Wow!", "room #12 is cold", "He rang #999", "we tried @home", "PS: more"])
def test_plain_text_gives_no_hint(line: str) -> None:
    assert [hint.kind for hint in parse(line, ONE_PACK).hints] in ([], [HintKind.TAG_UNKNOWN]) or line == "PS: more"
    assert (parse(line, ONE_PACK).hints == ()) == (line != "we tried @home")


@pytest.mark.parametrize("line", ["she sat in room #12", "the ward is #6", "Moved to bed #6.", "and bay #6.4"])
def test_a_number_that_completes_the_sentence_stays_words_with_a_hint(line: str) -> None:
    captured = parse(line, ONE_PACK)
    assert captured.text == line
    assert [hint.kind for hint in captured.hints] == [HintKind.NUMBER_KEPT]


def test_a_word_left_as_text_with_esc_is_never_a_tag() -> None:
    line = TypedLine(text="the audit #lc #gm")
    captured = parse(line.leaving(_span(line, "#lc")), ONE_PACK)
    assert captured.text == "the audit #lc"
    assert [tag.code for tag in captured.tags] == ["gm"]


def test_a_speaker_or_sign_left_as_text_stays_text() -> None:
    for text in ("ch: the county", "! read this", '"open quote'):
        line = TypedLine(text=text)
        assert parse(line.leaving(_span(line, text[:2])), ONE_PACK).text == text


def test_new_lines_and_inner_spacing_of_the_prose_are_kept() -> None:
    assert parse("  first  line \n\tsecond  \n#lc ", ONE_PACK).text == "first  line \n\tsecond"


def _span(line: TypedLine, word: str) -> Span:
    start = line.text.index(word)
    return Span(start, start + len(word))
