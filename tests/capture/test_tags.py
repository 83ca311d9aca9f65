"""Tags at the tail of the line and from the list."""

from __future__ import annotations

import pytest

from fieldkit.capture.captured import CapturedTag, HintKind, Read
from fieldkit.capture.parse import parse
from fieldkit.capture.spans import Span
from fieldkit.capture.typed_line import TypedLine
from fieldkit.capture.vocabulary import Vocabulary
from fieldkit.domain.evidence import Bearing
from tests.capture.builders import ONE_PACK, TWO_PACKS

SAID = {
    "": (Bearing.NEUTRAL, False),
    "+": (Bearing.STRENGTH, False),
    "++": (Bearing.STRENGTH, True),
    "-": (Bearing.SHORTFALL, False),
    "--": (Bearing.SHORTFALL, True),
    "\N{MINUS SIGN}": (Bearing.SHORTFALL, False),
    "\N{EN DASH}": (Bearing.SHORTFALL, False),
    "+-": (Bearing.MIXED, False),
    "-+": (Bearing.MIXED, False),
}


def tags_of(line: str, vocabulary: Vocabulary = ONE_PACK) -> list[str]:
    return [_brief(tag) for tag in parse(line, vocabulary).tags]


def _brief(tag: CapturedTag) -> str:
    suffix = next(suffix for suffix, said in SAID.items() if said == (tag.bearing, tag.strong))
    return tag.code + (f".{tag.category_code}" if tag.category_code else "") + suffix


@pytest.mark.parametrize("suffix", SAID)
@pytest.mark.parametrize("category", ["", ".pr"])
def test_a_statement_with_category_and_bearing(suffix: str, category: str) -> None:
    captured = parse(f"no date for the audit #lc{category}{suffix}", ONE_PACK)
    (tag,) = captured.tags
    assert captured.text == "no date for the audit"
    assert (tag.pack, tag.statement, tag.code) == ("ics", "ics-lc", "lc")
    assert (tag.category, tag.category_code) == (("ics-pr", "pr") if category else (None, None))
    assert (tag.bearing, tag.strong) == SAID[suffix]


@pytest.mark.parametrize(
    "word", ["#sg", "#SG", "#6", "#q6", "#Q6", "#safe", "#safeguarding", "#sg.", "#sg,", "# sg", "hash sg", "Hash SG."]
)
def test_every_spelling_of_a_statement(word: str) -> None:
    captured = parse(f"Seen today {word}", ONE_PACK)
    assert (captured.text, [tag.code for tag in captured.tags]) == ("Seen today", ["sg"])


@pytest.mark.parametrize("word", ["#6.4", "#sg.ob", "#sg.4", "#6.observation", "#safe.OB"])
def test_every_spelling_of_a_cell(word: str) -> None:
    assert tags_of(f"Seen today {word}") == ["sg.ob"]


def test_an_alias_with_a_hyphen_is_not_a_shortfall() -> None:
    assert tags_of("They felt heard #speak-up") == ["fs"]
    assert tags_of("They felt unheard #speak-up-") == ["fs-"]


def test_several_statements_each_with_its_own_bearing() -> None:
    assert tags_of("Plan is late but owned #gm- #sp.pr #lc++") == ["gm-", "sp.pr", "lc++"]


def test_dictation_says_the_bearing_in_a_word() -> None:
    assert tags_of("no learning shared hash lc minus") == ["lc-"]
    assert tags_of("learning shared # lc +") == ["lc+"]
    assert tags_of("it was a plus hash lc plus hash gm") == ["lc+", "gm"]


def test_dictation_is_read_only_for_letter_codes() -> None:
    assert parse("we ranked # 6", ONE_PACK).text == "we ranked # 6"
    assert parse("a corned beef hash it", ONE_PACK).text == "a corned beef hash it"


def test_a_category_for_the_whole_note() -> None:
    captured = parse("minutes were approved #gm @pr", ONE_PACK)
    assert captured.category is not None
    assert (captured.category.id, captured.category.code) == ("ics-pr", "pr")
    assert captured.tags[0].category is None


def test_a_second_category_stays_words_with_a_hint() -> None:
    captured = parse("minutes were approved @pe @ob", ONE_PACK)
    assert captured.text == "minutes were approved @pe"
    assert captured.category is not None
    assert captured.category.code == "ob"
    assert [(hint.kind, hint.word) for hint in captured.hints] == [(HintKind.CATEGORY_TWICE, "@pe")]


@pytest.mark.parametrize("word", ["#lx", "#q9", "#lc.zz", "#lc+++", "#zz/lc", "@zz"])
def test_an_unknown_tag_at_the_tail_is_kept_as_words_with_a_hint(word: str) -> None:
    captured = parse(f"no date for the audit {word} #gm", ONE_PACK)
    assert captured.text == f"no date for the audit {word}"
    assert [tag.code for tag in captured.tags] == ["gm"]
    expected = [] if word == "#lc+++" else [(HintKind.TAG_UNKNOWN, word)]
    assert [(hint.kind, hint.word) for hint in captured.hints] == expected


def test_the_same_statement_twice_says_both_things() -> None:
    assert tags_of("both #lc+ #lc-") == ["lc+-"]
    assert tags_of("both #lc+ #lc") == ["lc+"]
    assert tags_of("both #lc- #lc--") == ["lc--"]
    assert tags_of("two cells #lc.pr #lc.ob") == ["lc.pr", "lc.ob"]


def test_a_line_of_tags_alone_has_no_words() -> None:
    captured = parse("#lc- #gm", ONE_PACK)
    assert captured.is_blank
    assert len(captured.tags) == 2


def test_a_tag_completed_from_the_list_counts_in_the_middle() -> None:
    line = TypedLine(text="the #lc report was noted").accepting(Span(4, 7))
    captured = parse(line, ONE_PACK)
    assert captured.text == "the report was noted"
    assert [(tag.code, tag.span) for tag in captured.tags] == [("lc", Span(4, 7))]


def test_a_completed_number_counts_even_after_a_word_that_takes_numbers() -> None:
    line = TypedLine(text="on the ward #6").accepting(Span(12, 14))
    assert [tag.code for tag in parse(line, ONE_PACK).tags] == ["sg"]


def test_a_completed_tag_that_was_spoilt_afterwards_is_words_again() -> None:
    line = TypedLine(text="the #lc report").accepting(Span(4, 7)).edited(7, 0, "x")
    assert parse(line, ONE_PACK).text == "the #lcx report"


def test_positions_in_the_line_survive_what_was_taken_out_before_them() -> None:
    line = TypedLine(text='🩺 #gm ch said "late" 🚑 #lc').accepting(Span(2, 5))
    captured = parse(line, ONE_PACK)
    assert {mark.read: mark.span.of(line.text) for mark in captured.marks} == {
        Read.TAG: "#lc",
        Read.QUOTE: '"late"',
    } | {Read.TAG: "#lc"}
    assert [tag.span.of(line.text) for tag in captured.tags] == ["#gm", "#lc"]
    assert [span.of(captured.text) for span in captured.quotes] == ["late"]


class TestTwoPacks:
    def test_a_code_in_both_files_under_each(self) -> None:
        tags = parse("seen #sg-", TWO_PACKS).tags
        assert [(tag.pack, tag.statement) for tag in tags] == [("ics", "ics-sg"), ("la", "la-sg")]

    def test_a_code_in_one_files_there(self) -> None:
        assert [tag.pack for tag in parse("seen #lc #an", TWO_PACKS).tags] == ["ics", "la"]

    def test_a_pack_can_be_named(self) -> None:
        assert [tag.pack for tag in parse("seen #la/sg", TWO_PACKS).tags] == ["la"]
        assert [tag.pack for tag in parse("seen #ICS/sg.pr+", TWO_PACKS).tags] == ["ics"]

    def test_a_category_narrows_to_the_packs_that_have_it(self) -> None:
        assert [tag.pack for tag in parse("seen #sg.ob", TWO_PACKS).tags] == ["ics"]
        assert [tag.pack for tag in parse("seen #sg.pr", TWO_PACKS).tags] == ["ics", "la"]

    def test_numbers_and_positions_mean_the_main_pack_only(self) -> None:
        assert [(tag.pack, tag.code) for tag in parse("seen #1", TWO_PACKS).tags] == [("ics", "hl")]
        assert [(tag.pack, tag.code) for tag in parse("seen #l1", TWO_PACKS).tags] == [("ics", "sd")]
        assert [(tag.pack, tag.code) for tag in parse("seen #la/1", TWO_PACKS).tags] == [("la", "an")]
