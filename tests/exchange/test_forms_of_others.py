"""Forms as people who never heard of FieldKit write them: each thing it cannot do is named by sheet and row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import pytest

from fieldkit.domain.asking import applying, remark, waiting
from fieldkit.exchange.xlsform.remarks import Verdict
from tests.exchange.conftest import Read
from tests.exchange.forms import KOBO, Table, workbook
from tests.exchange.more_forms import CHECKLIST, HOUSEHOLD, OLD
from ui.presenters.guides.words import remark_words

NOW = datetime(2026, 11, 12, 9, 0)  # noqa: DTZ001 - rules are run in local time

TOLD = {
    "household": (HOUSEHOLD, [
        ("survey", 1, "form.column"), ("survey", 1, "form.column"), ("survey", 5, "form.repeat_count"),
        ("survey", 10, "form.calculation"), ("survey", 14, "form.place"), ("survey", 15, "form.outside_list"),
        ("survey", 16, "form.hidden"), ("survey", 17, "form.outside_list"), ("choices", 1, "form.media_of_choice"),
        ("external_choices", 0, "form.sheet"),
    ]),
    "checklist": (CHECKLIST, [
        *([("survey", 1, "form.column")] * 4), ("survey", 2, "form.appearance"), ("survey", 3, "form.appearance"),
        ("survey", 6, "form.kobo_group"), ("survey", 9, "form.kobo_group"), ("survey", 10, "form.kobo_row"),
        ("survey", 12, "form.kobo_group"), ("survey", 13, "form.kobo_row"), ("survey", 16, "form.other_way"),
        ("choices", 3, "form.choice_twice"),
    ]),
    "old": (OLD, [("survey", 7, "form.place"), ("survey", 8, "form.device")]),
}  # fmt: skip


@pytest.mark.parametrize("name", TOLD)
def test_what_cannot_be_done_here_is_named_by_sheet_and_row(read: Read, name: str) -> None:
    form, expected = TOLD[name]
    reading = read(workbook(form))
    assert [(one.sheet, one.row, one.code) for one in reading.remarks if one.code] == expected
    assert all(remark_words(one) for one in reading.remarks if one.code)
    guide = reading.guide
    assert guide is not None
    survey = next(rows for sheet, rows in form.items() if sheet.casefold() == "survey")
    told = {one.row for one in reading.remarks if one.sheet == "survey"}
    inside = ("begin", "end")
    silent = [at for at, row in enumerate(survey[1:], start=2) if not str(row[0]).startswith(inside) and at not in told]
    assert silent == [], "a row of which nothing is said"


@pytest.mark.parametrize("form", [HOUSEHOLD, CHECKLIST, OLD, KOBO], ids=["household", "checklist", "old", "kobo"])
@pytest.mark.parametrize("row", [["frobnicate", "zz", "Z"], ["select_one nowhere", "zz", "Z"], ["begin group", "zz"]])
def test_one_row_that_cannot_be_read_keeps_the_whole_form_out(
    read: Read, form: Mapping[str, Table], row: Sequence[str]
) -> None:
    first = next(iter(form))
    broken = {**form, first: [*form[first], row]}
    reading = read(workbook(broken))
    assert reading.guide is None
    assert {(one.sheet, one.row) for one in reading.of(Verdict.BLOCKING)} == {("survey", len(form[first]) + 1)}


def test_languages_checks_and_rules_of_a_household_come_along(read: Read) -> None:
    guide = read(workbook(HOUSEHOLD)).guide
    assert guide is not None
    consent, age = guide.question("consent"), guide.question("age")
    assert consent is not None
    assert age is not None
    assert [(one.language, one.text, one.hint) for one in consent.wordings] == [
        ("Français (fr)", "Êtes-vous d'accord ?", "Lisez à haute voix"),
    ]  # fmt: skip
    assert [one.wordings[0].text for one in consent.choices] == ["Oui", "Non"]
    assert remark(guide, age, "130", {}, NOW) == "Under 120"
    assert waiting(guide, {}, NOW) == {
        **dict.fromkeys(("people", "first_name", "age"), ("${consent} = 'yes'",)), "score": ("${consent} = 'yes'",),
        "needs": ("${consent} = 'yes'", "${age} >= 65 and selected(${consent}, 'yes')"),
        "waits": ("${consent} = 'yes'", "count(${person}) > 1 and not(${needs} = '')"),
    }  # fmt: skip
    assert {"people", "needs"} <= applying(guide, {"consent": ["Yes"], "age": ["70"]}, NOW)


def test_the_spelling_of_ten_years_ago_is_read(read: Read) -> None:
    guide = read(workbook(OLD)).guide
    assert guide is not None
    why, got = guide.question("why"), guide.question("got")
    assert why is not None
    assert got is not None
    assert (why.constraint, why.constraint_message) == ("regex(., '^[A-Z].*')", "Begin with a capital")
    assert (got.relevant, got.or_other, [one.text for one in got.choices]) == ("${ill} = 'y'", True, ["A bed"])
    assert [(one.id, one.repeats) for one in guide.sections] == [("stay", True)]
