"""Forms that people have for ODK and Kobo: what is loaded, what is told by sheet and row, what blocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.app.guide_library import script
from fieldkit.app.guides import checked
from fieldkit.domain.asking import applying, offered, remark
from fieldkit.domain.guide import LIMIT, Guide
from fieldkit.domain.questions import Answer
from fieldkit.exchange.tables import Book, Sheet
from fieldkit.exchange.xlsform.reading import read_form
from fieldkit.exchange.xlsform.remarks import FormReading, Verdict
from tests.exchange.forms import DISCHARGE, KOBO, survey, workbook
from ui.presenters.guides.words import remark_words, report_head, report_lines

NOW = datetime(2026, 11, 12, 10, 0)  # noqa: DTZ001 - rules know local time
Read = Callable[[bytes], FormReading]


def codes(reading: FormReading) -> dict[tuple[str, int], str]:
    """What is told, by sheet and row; the last where several things are told of one row."""
    return {(one.sheet, one.row): one.code for one in reading.remarks if one.code}


def guide_of(reading: FormReading) -> Guide:
    assert reading.guide is not None, report_lines(reading)
    return reading.guide


def test_a_form_for_odk_is_loaded_whole(read: Read) -> None:
    reading = read(workbook(DISCHARGE))
    guide = guide_of(reading)
    assert (guide.title, guide.form_id, guide.version) == ("Leaving hospital", "leaving_hospital", "2026111201")
    assert guide.language == "English (en)"
    assert [one.id for one in guide.asked] == [
        "role", "years", "place", "ward", "last_discharge", "who", "when", "help", "thanks",
    ]  # fmt: skip
    told = guide.question("last_discharge")
    assert told is not None
    assert told.probes == ("Who was told?", "What was missing?")
    assert (told.hint, told.minutes, told.must_quote) == ("Take your time", 8, True)
    assert {(one.pack, one.statement, one.category) for one in told.targets} == {
        ("ics", "safe-systems", "staff-and-leaders"), ("ics", "working-together", "staff-and-leaders"),
        ("local-authority", "safe-systems", "staff-and-leaders"),
    }  # fmt: skip
    role = guide.question("role")
    assert role is not None
    assert (role.answer, role.required, role.appearance) == (Answer.ONE, True, "likert")
    assert [one.text for one in role.choices] == ["I work here", "I use services"]
    assert role.wordings[0].text == "Beth yw eich rôl?"
    assert role.choices[0].wordings[0].text == "Rwy'n gweithio yma"
    assert [(one.id, one.repeats, one.on_one_page) for one in guide.sections] == [
        ("you", False, True), ("contact", True, False),
    ]  # fmt: skip
    assert [one.code for one in reading.remarks if one.code] == ["form.column"]  # Kobo's own $kuid
    assert reading.count(Verdict.LOADED) == len(guide.questions)


def test_its_rules_run_while_somebody_talks(read: Read) -> None:
    guide = guide_of(read(workbook(DISCHARGE)))
    assert "years" not in applying(guide, {}, NOW)
    assert "years" in applying(guide, {"role": ["I work here"]}, NOW)
    ward, years = guide.question("ward"), guide.question("years")
    assert ward is not None
    assert years is not None
    assert [one.text for one in offered(guide, ward, {"place": ["Vale"]}, NOW)] == ["Vale 1"]
    assert remark(guide, years, "70", {}, NOW) == "Years must be less than 60"
    assert remark(guide, years, "7", {}, NOW) == ""


def test_what_a_kobo_form_has_beyond_a_guide_is_told_by_row(read: Read) -> None:
    reading = read(workbook(KOBO))
    guide = guide_of(reading)
    assert [one.id for one in guide.asked] == [
        "where", "tag", "order", "story", "recorded", "first", "ward", "picture", "day",
    ]  # fmt: skip
    assert codes(reading) == {
        ("survey", 1): "form.column", ("survey", 3): "form.device", ("survey", 4): "form.device",
        ("survey", 5): "form.device", ("survey", 6): "form.background_audio", ("survey", 7): "form.place",
        ("survey", 8): "form.other_way", ("survey", 9): "form.rank", ("survey", 10): "form.rule",
        ("survey", 11): "form.rule_asks_left_out", ("survey", 12): "form.appearance",
        ("survey", 13): "form.outside_list", ("survey", 14): "form.parameters", ("survey", 15): "form.default",
        ("settings", 1): "form.sending", ("entities", 0): "form.sheet",
    }  # fmt: skip
    assert {"story", "recorded"} <= applying(guide, {}, NOW), "a rule that cannot be run hides nothing"
    assert checked(guide).asked == guide.asked
    assert not any(one.answer is Answer.SOUND for one in guide.questions), "a form never starts a recording"
    assert reading.count(Verdict.PLAIN) == 9
    assert "9 questions in Form 1.xlsx" in report_head(reading)


@pytest.mark.parametrize(
    ("rows", "row", "code"),
    [
        ([["frobnicate", "a", "A"]], 2, "form.type_unknown"),
        ([["text", "", "A"]], 2, "form.no_name"),
        ([["text", "two words", "A"]], 2, "form.name"),
        ([["text", "a" * 10_000, "A"]], 2, "form.name"),
        ([["text", "a", "A"], [], ["text", "a", "B"]], 4, "form.name_twice"),
        ([["begin_group", "g", "G"], ["text", "a", "A"]], 2, "form.not_ended"),
        ([["text", "a", "A"], ["end_group"]], 3, "form.not_begun"),
        ([["begin_group", "g", "G"], ["text", "a", "A"], ["end_repeat"]], 4, "form.not_begun"),
        ([["select_one nowhere", "a", "A"]], 2, "form.no_list"),
        ([["text", "a", "A", "${b} = 1"]], 2, "form.rule_unknown_name"),
        ([["note", "a", "A"], ["", "b", "B"]], 3, "form.no_type"),
        ([["begin_group", f"g{n}", "G"] for n in range(25)], 22, "form.too_deep"),
        ([["calculate", "a", "A"]], 0, "form.no_questions"),
        ([["text", "a", "Hello ${nobody}"]], 2, "form.checker"),
    ],
)
def test_what_is_wrong_blocks_the_whole_form_and_names_its_row(
    read: Read, rows: Sequence[Sequence[str]], row: int, code: str
) -> None:
    reading = read(survey(*rows))
    assert reading.guide is None
    blocking = {(one.row, one.code) for one in reading.of(Verdict.BLOCKING)}
    assert (row, code) in blocking
    assert "cannot be used yet" in report_head(reading)
    assert all(words and "…" not in words[:5] for words in map(remark_words, reading.of(Verdict.BLOCKING)))


def test_every_mistake_is_told_at_once(read: Read) -> None:
    reading = read(survey(["frobnicate", "a", "A"], ["text", "", "B"], ["select_one x", "c", "C"]))
    assert [one.row for one in reading.of(Verdict.BLOCKING)] == [2, 3, 4]


def test_a_sheet_that_is_no_form_says_so(read: Read) -> None:
    reading = read(workbook({"Sheet1": [["Name", "Age"], ["x", 3]]}))
    assert {one.code for one in reading.of(Verdict.BLOCKING)} == {"form.no_column"}
    reading = read(workbook({"People": [["a"]], "Places": [["b"]]}))
    assert codes(reading) == {("survey", 0): "form.no_survey"}
    assert "People, Places" in remark_words(reading.remarks[0])


def test_a_formula_is_not_run_and_is_told(read: Read) -> None:
    heads = ("type", "name", "label", "hint")
    reading = read(survey(["text", "a", "What?"], ["text", "b", "And?", '=CONCATENATE("x","y")'], heads=heads))
    assert codes(reading) == {("survey", 3): "form.formula"}
    assert [one.hint for one in guide_of(reading).questions] == ["", ""]


def test_the_limit_of_confidentiality_stays_whatever_a_form_says(read: Read) -> None:
    form = {
        "survey": [["type", "name", "label"], ["text", "a", "A"]],
        "settings": [["form_id", "fieldwork::consent"], ["f", "We keep everything to ourselves.\n" + LIMIT]],
    }
    consent = guide_of(read(workbook(form))).consent
    assert consent.read_out == ("We keep everything to ourselves.", LIMIT)
    assert consent.lines == ("We keep everything to ourselves.",)


def test_the_same_name_in_two_groups_stays_apart(read: Read) -> None:
    rows = [["begin_group", "one", "One"], ["text", "who", "Who?"], ["end_group"], ["begin_group", "two", "Two"],
            ["text", "who", "Who else?"], ["end_group"]]  # fmt: skip
    reading = read(survey(*rows))
    assert [one.id for one in guide_of(reading).asked] == ["who", "two.who"]
    assert codes(reading) == {("survey", 6): "form.renamed"}


def test_statements_are_named_in_any_way_people_know_them(read: Read) -> None:
    heads = ("type", "name", "label", "fieldwork::qs", "fieldwork::ec")
    rows = [
        ["text", "a", "A", "#lc"], ["text", "b", "B", "Learning culture; Safe and effective staffing"],
        ["text", "c", "C", "lc st"], ["text", "d", "D", "ics/lc.pe, local-authority/an", ""],
        ["text", "e", "E", "zz lc", "xx"],
    ]  # fmt: skip
    reading = read(survey(*rows, heads=heads))
    found = {one.id: [(t.pack, t.statement, t.category) for t in one.targets] for one in guide_of(reading).asked}
    assert found["a"] == [("ics", "learning-culture", "")]
    assert found["b"] == found["c"] == [("ics", "learning-culture", ""), ("ics", "safe-staffing", "")]
    assert found["d"] == [
        ("ics", "learning-culture", "peoples-experience"), ("local-authority", "assessing-needs", ""),
    ]  # fmt: skip
    assert codes(reading) == {("survey", 6): "form.statement_unknown"}
    assert "zz, xx" in remark_words(next(one for one in reading.remarks if one.code))


def test_two_thousand_questions_and_very_long_labels_are_read(read: Read) -> None:
    long = "é🙂" * 5_000
    rows = [
        ["text", f"q{n}", f"Question {n}? {long if n < 20 else ''}", f"${{q{n - 1}}} != ''" if n else ""]
        for n in range(2_000)
    ]
    guide = guide_of(read(survey(*rows)))
    assert len(guide.asked) == 2_000
    assert all(len(item.title) <= 200 for item in guide.items())


def test_words_from_right_to_left_and_emoji_stay_as_they_are(read: Read) -> None:
    guide = guide_of(read(survey(["text", "سؤال", "ما الذي حدث؟ 🙂"])))
    assert (guide.asked[0].id, guide.asked[0].text) == ("سؤال", "ما الذي حدث؟ 🙂")


_CELL = st.one_of(
    st.sampled_from(["text", "select_one x", "begin_group", "end_group", "note", "calculate", "${a} = 1", "yes", "a"]),
    st.text(max_size=12),
)  # fmt: skip


@given(st.lists(st.lists(_CELL, max_size=6), max_size=8))
def test_any_table_is_read_or_told_and_never_breaks(rows: list[list[str]]) -> None:
    heads = ("type", "name", "label", "relevant", "default", "fieldwork::qs")
    sheet = Sheet(name="survey", rows=(heads, *map(tuple, rows)))
    reading = read_form(Book(name="x", sheets=(sheet,)), "x.xlsx", [], script())
    assert (reading.guide is None) == bool(reading.of(Verdict.BLOCKING))
    assert all(remark_words(one) for one in reading.remarks if one.code)
