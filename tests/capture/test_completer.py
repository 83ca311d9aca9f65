"""The list under the line."""

from __future__ import annotations

import time

import pytest

from fieldkit.capture.completer import Completer, Suggestions, Usage, take
from fieldkit.capture.parse import parse
from fieldkit.capture.spans import Span
from fieldkit.capture.typed_line import TypedLine
from tests.capture.builders import ICS, LA, ONE_PACK, PERSONS, TWO_PACKS, framework

ONE = Completer(ONE_PACK)
TWO = Completer(TWO_PACKS)


def suggested(
    text: str, usage: Usage | None = None, completer: Completer = ONE, caret: int | None = None
) -> Suggestions:
    return completer.suggest(TypedLine(text=text), len(text) if caret is None else caret, usage)


def codes(suggestions: Suggestions) -> list[str]:
    return [candidate.choice.code for candidate in suggestions.candidates]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("#lc", "lc"),
        ("#LC", "lc"),
        ("#6", "sg"),
        ("#q6", "sg"),
        ("#12", "fs"),
        ("#speak", "fs"),
        ("#free", "fs"),
        ("#pathw", "sp"),
        ("#SAFEGU", "sg"),
        ("#eieao", "eo"),
        ("#eeo", "eo"),
        ("#acc", "ea"),
        ("#accès", "ea"),
        ("#acces", "ea"),
        ("#iversity", "we"),
        ("@pr", "pr"),
        ("@5", "pr"),
        ("@feedback", "sl"),
        ("@obs", "ob"),
        ("#lc.o", "ob"),
        ("#lc.4", "ob"),
        ("#6.proc", "pr"),
    ],
)
def test_a_choice_is_found_by_code_number_position_alias_any_word_or_initials(typed: str, first: str) -> None:
    assert codes(suggested(f"no date {typed}"))[0] == first


@pytest.mark.parametrize("text", ["no date #", "no date @", "no date#lc", "no date #zzz", "lc", "he rang", ""])
def test_there_is_no_list_without_a_sign_and_one_character(text: str) -> None:
    assert not suggested(f"word {text}")


def test_the_list_belongs_to_the_word_that_ends_at_the_caret() -> None:
    assert codes(suggested("the #lc report", caret=7)) == ["lc"]
    assert not suggested("the #lc report", caret=6)
    assert not suggested("the #lc report", caret=8)
    assert not suggested("the #lc report")


def test_a_word_left_as_text_opens_no_list() -> None:
    line = TypedLine(text="the #lc").leaving(Span(4, 7))
    assert not ONE.suggest(line, 7)


def test_used_in_this_session_comes_first_then_recent_then_the_order_of_the_pack() -> None:
    assert codes(suggested("x #e")) == ["ea", "eo", "es", "st", "we"]
    usage = Usage(counts={"es": 1, "we": 4}, recent=("eo",))
    assert codes(suggested("x #e", usage)) == ["es", "eo", "ea", "we", "st"]


def test_codes_that_start_so_come_before_words_that_do() -> None:
    assert codes(suggested("x #l"))[:2] == ["lc", "li"]
    assert codes(suggested("x #l", Usage(counts={"hl": 5}, recent=("li",))))[:3] == ["li", "lc", "hl"]


def test_a_sign_alone_lists_what_was_used_and_nothing_else() -> None:
    assert not suggested("x #")
    found = suggested("x #", Usage(counts={"sg": 1}, recent=("li", "lc")))
    assert codes(found) == ["sg", "li", "lc"]
    assert found.is_bare
    line = TypedLine(text="x #")
    assert take(line, found, found.candidates[1]).line.text == "x #li"


def test_what_was_typed_in_full_comes_before_what_was_used() -> None:
    usage = Usage(counts={"we": 9, "li": 3})
    found = suggested("x #es", usage)
    assert codes(found)[0] == "es"
    assert found.sole_exact is found.candidates[0]
    assert suggested("x #e", usage).sole_exact is None


def test_numbers_that_start_alike_are_all_offered_with_the_exact_one_first() -> None:
    assert codes(suggested("x #1")) == ["hl", "sd", "cl", "fs", "gm", "pc", "li", "es"]


def test_each_candidate_says_what_it_is_in_one_line() -> None:
    choice = suggested("x #lc").candidates[0].choice
    assert (choice.code, choice.label, choice.title) == ("lc", "Q2", "Learning culture")
    assert choice.description == "What good looks like for learning culture."


def test_taking_a_candidate_writes_its_code_and_counts_from_then_on() -> None:
    line = TypedLine(text="the #learn report was noted")
    found = ONE.suggest(line, 10)
    done = take(line, found, found.candidates[0])
    assert (done.line.text, done.caret) == ("the #lc report was noted", 7)
    assert done.line.accepted == (Span(4, 7),)
    assert [tag.code for tag in parse(done.line, ONE_PACK).tags] == ["lc"]


@pytest.mark.parametrize(
    ("typed", "taken"),
    [("#learn-", "#lc-"), ("#6++", "#sg++"), ("#6.proc-", "#6.pr-"), ("@proc", "@pr"), ("#lc.", "#lc.pe")],
)
def test_taking_keeps_the_bearing_and_the_statement_before_the_point(typed: str, taken: str) -> None:
    line = TypedLine(text=f"x {typed}")
    found = ONE.suggest(line, len(line.text))
    assert take(line, found, found.candidates[0]).line.text == f"x {taken}"


def test_a_space_can_take_an_exact_code() -> None:
    line = TypedLine(text="x #6")
    found = ONE.suggest(line, 4)
    assert found.sole_exact is not None
    done = take(line, found, found.sole_exact, after=" ")
    assert (done.line.text, done.caret, done.line.accepted) == ("x #sg ", 6, (Span(2, 5),))


@pytest.mark.parametrize(("typed", "found"), [("c", ["ch", "ce"]), ("CE", ["ce"]), ("chie", ["ce"]), ("nurs", ["dn"])])
def test_people_are_offered_at_the_start_of_the_line(typed: str, found: list[str]) -> None:
    assert codes(suggested(typed)) == found
    assert codes(suggested(f"! {typed}")) == found


@pytest.mark.parametrize("text", ["me", "so", "at", "the d", "x ch", "ch:"])
def test_people_are_not_offered_for_a_piece_of_prose(text: str) -> None:
    assert not suggested(text)


def test_taking_a_person_writes_the_code_and_a_colon() -> None:
    line = TypedLine(text="! nurs")
    found = ONE.suggest(line, 6)
    done = take(line, found, found.candidates[0])
    assert (done.line.text, done.caret) == ("! dn: ", 6)
    assert parse(done.line.text + "x", ONE_PACK).speaker == "dn"


class TestTwoPacks:
    def test_a_statement_of_both_is_offered_once(self) -> None:
        assert codes(suggested("x #safeguarding", completer=TWO)) == ["sg"]

    def test_a_statement_of_the_second_names_its_pack(self) -> None:
        (candidate,) = suggested("x #assess", completer=TWO).candidates
        assert (candidate.choice.typed, candidate.choice.label) == ("an", "LA W1")

    def test_a_pack_can_be_named_first(self) -> None:
        line = TypedLine(text="x #la/safeg")
        found = TWO.suggest(line, len(line.text))
        assert take(line, found, found.candidates[0]).line.text == "x #la/sg"

    def test_a_code_with_another_title_in_the_second_pack_is_offered_with_its_pack(self) -> None:
        other = framework("other", "lc O1 Local commissioning", "pe People")
        completer = Completer(type(TWO_PACKS)(frameworks=(ICS, other)))
        found = suggested("x #lc", completer=completer)
        assert [candidate.choice.typed for candidate in found.candidates] == ["ics/lc", "ot/lc"]


def test_every_choice_taken_from_the_list_is_read_back_as_itself() -> None:
    for vocabulary, completer in ((ONE_PACK, ONE), (TWO_PACKS, TWO)):
        for pack in vocabulary.frameworks:
            for statement in pack:
                line = TypedLine(text=f"x #{pack.id}/{statement.code}")
                found = completer.suggest(line, len(line.text))
                done = take(line, found, found.candidates[0])
                tags = parse(done.line, vocabulary).tags
                assert [(tag.pack, tag.statement) for tag in tags] == [(pack.id, statement.id)]


def test_a_key_press_costs_well_under_five_milliseconds() -> None:
    completer = Completer(type(TWO_PACKS)(frameworks=(ICS, LA), people=PERSONS * 10))
    usage = Usage(counts={"lc": 3, "gm": 2}, recent=("sg", "sp"))
    times = []
    for typed in ["#l", "#le", "#e", "#in", "#1", "@p", "#lc.p", "#safe", "c", "#zz"] * 20:
        line = TypedLine(text=typed if typed == "c" else "The board noted that the plan was late again " * 8 + typed)
        start = time.perf_counter()
        completer.suggest(line, len(line.text), usage)
        times.append(time.perf_counter() - start)
    assert sorted(times)[int(len(times) * 0.95)] < 0.005
