"""Case lists from files: columns guessed, people never identified, wrong rows named, all or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldkit.app.case_list import Preview, Table, age_band, bring_in, preview, read_tables
from fieldkit.app.cases import cases_of
from fieldkit.domain.assessment import Visit
from fieldkit.domain.case import Answer, Case
from fieldkit.kernel.errors import Mistake
from storage.vault import OpenVault
from tests.support.vaults import do
from ui.presenters.wording import catalogue, sentence

HEAD = ["Description", "Age", "Primary need", "Care setting", "Locality", "Ethnic group", "Carer", "Delayed discharge"]
ROW = ["Woman, fall at home", "83", "Frailty", "Own home", "Moor", "White British", "Daughter", "Yes"]
NHS = "943 476 5919"


def _fifty() -> list[list[str]]:
    needs, places = ("Frailty", "Dementia", "Learning disability"), ("Moor", "Vale")
    return [
        [f"Case number {n}", str(40 + n), needs[n % 3], "Care home", places[n % 2], "", "", "No"] for n in range(50)
    ]


def _csv(folder: Path, rows: list[list[str]], *, encoding: str = "utf-8", mark: str = ",") -> Path:
    file = folder / "cases.csv"
    text = "\r\n".join(mark.join(f'"{cell}"' for cell in row) for row in rows)
    file.write_bytes(text.encode(encoding))
    return file


def _table(folder: Path, rows: list[list[str]], **how: str) -> Table:
    (only,) = read_tables(_csv(folder, rows, **how))
    return only


def _seen(folder: Path, *rows: list[str], head: list[str] = HEAD) -> Preview:
    table = _table(folder, [head, *rows])
    return preview(table, table.guess)


def _cases(vault: OpenVault, visit: Visit) -> list[Case]:
    return cases_of(vault.questions, visit.assessment)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_list_is_read_in_any_spelling_that_spreadsheets_save(tmp_path: Path, encoding: str, mark: str) -> None:
    table = _table(tmp_path, [HEAD, ["Frau Müller’s neighbour", *ROW[1:]]], encoding=encoding, mark=mark)
    (row,) = preview(table, table.guess).rows
    assert row.facts.description == "Frau Müller’s neighbour"
    assert (row.number, row.facts.age_band, row.facts.need, row.facts.carer) == (2, "75 to 84", "Frailty", "Daughter")
    assert [(one.words, one.met) for one in row.facts.criteria] == [("Delayed discharge", Answer.YES)]


def test_fifty_rows_of_a_workbook_become_fifty_cases(tmp_path: Path, vault: OpenVault, visit: Visit) -> None:
    from fieldkit.exchange.xlsx import write_xlsx

    file = tmp_path / "Cases from Northshire.xlsx"
    file.write_bytes(write_xlsx({"Cases": [HEAD, *_fifty()]}))
    (table,) = read_tables(file)
    made = do(vault, lambda uow: bring_in(uow, visit.assessment, preview(table, table.guess)))
    assert [case.code for case in made] == [f"C{n:02d}" for n in range(1, 51)]
    assert [(case.imported_from, case.row) for case in made[:2]] == [(file.name, 2), (file.name, 3)]
    assert _cases(vault, visit) == made


@pytest.mark.parametrize(
    ("heading", "cell", "code"),
    [
        ("Surname", "Smith", "names"), ("NHS number", NHS, "nhs_numbers"), ("DOB", "3/4/1942", "births"),
        ("Postcode", "LS1 4AP", "addresses"), ("E-mail", "a@b.nhs.uk", "contacts"), ("Person ref", NHS, "nhs_numbers"),
        ("When", "1942-04-03", "births"), ("Where", "12 Hill Rd, LS1 4AP", "addresses"), ("Next of kin", "x", "names"),
    ],
)  # fmt: skip
def test_a_column_that_identifies_people_is_refused_whatever_is_chosen_for_it(
    tmp_path: Path, heading: str, cell: str, code: str
) -> None:
    table = _table(tmp_path, [[heading, *HEAD], [cell, *ROW]])
    assert 0 not in table.guess
    assert table.columns[0].example == ""
    with pytest.raises(Mistake) as found:
        preview(table, {**table.guess, 0: "need"})
    assert found.value.code == f"case_list.{code}"


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("x" * 10_000, "Row 3: Description has 10,000 characters. It can have 2,000. Shorten it in the file"),
        (f"Fell, {NHS}", "Row 3: Description holds what looks like an NHS number. Take it out of the file"),
        ("Rang 0113 496 0000", "Row 3: Description holds what looks like a phone number or e-mail address."),
        ("Lives at LS1 4AP", "Row 3: Description holds what looks like a postcode."),
        ("Born 3/4/1942", "Row 3: Description holds a full date, which could be a date of birth."),
        ("woman, FALL at home", "Row 3: says the same as row 2"),
    ],
)
def test_a_wrong_row_is_named_by_the_number_a_spreadsheet_shows(tmp_path: Path, cell: str, words: str) -> None:
    found = _seen(tmp_path, ROW, [cell, *ROW[1:]], ["Man, 70s, stroke", *ROW[1:]], ["Man, 60s, waiting", *ROW[1:]])
    assert [row.number for row in found.wrong] == [3]
    assert sentence(found.wrong[0].problem or "").startswith(words)
    assert [row.number for row in found.good] == [2, 4, 5]


def test_nothing_is_imported_on_an_error_unless_the_good_rows_are_taken(
    tmp_path: Path, vault: OpenVault, visit: Visit
) -> None:
    found = _seen(tmp_path, ROW, ["x" * 3_000, *ROW[1:]])
    with pytest.raises(Mistake, match="wrong_rows"):
        do(vault, lambda uow: bring_in(uow, visit.assessment, found))
    assert _cases(vault, visit) == []
    do(vault, lambda uow: bring_in(uow, visit.assessment, found, only_good=True))
    assert [case.description for case in _cases(vault, visit)] == ["Woman, fall at home"]


def test_a_list_that_is_chosen_twice_is_not_imported_twice(tmp_path: Path, vault: OpenVault, visit: Visit) -> None:
    found = _seen(tmp_path, ROW)
    do(vault, lambda uow: bring_in(uow, visit.assessment, found))
    with pytest.raises(Mistake, match="nothing_good"):
        do(vault, lambda uow: bring_in(uow, visit.assessment, found))
    table = _table(tmp_path, [HEAD, ROW])
    again = preview(table, table.guess, _cases(vault, visit))
    assert [sentence(row.problem or "") for row in again.wrong] == ["Row 2: says the same as C01"]


def test_a_choice_of_columns_that_cannot_be_used_says_why(tmp_path: Path) -> None:
    table = _table(tmp_path, [HEAD, ROW])
    for mapping, code in (({}, "no_columns"), ({7: "criterion"}, "no_columns"), ({2: "need", 3: "need"}, "twice")):
        with pytest.raises(Mistake, match=code):
            preview(table, mapping)
    other = preview(table, {0: "need", 4: "place"}).rows[0].facts
    assert (other.need, other.place, other.description) == ("Woman, fall at home", "Moor", "")


def test_titles_above_the_headings_and_blank_rows_do_not_shift_the_numbers(tmp_path: Path) -> None:
    table = _table(tmp_path, [["Cases for the visit"], [], HEAD, ROW, [], ["Man, stroke", *ROW[1:]]])
    assert [row.number for row in preview(table, table.guess).rows] == [4, 6]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("cases.xlsm", b"PK\x03\x04", "case_list.macros"), ("cases.xlsx", b"PK\x03\x04cut off", "spreadsheet.damaged"),
        ("cases.csv", b"", "spreadsheet.empty"), ("cases.csv", b"Need,Place\r\n", "case_list.empty"),
        ("cases.csv", b"\x89PNG\r\n\x1a\n\0\0\0\r", "spreadsheet.other_kind"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_gives_a_sentence(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(Mistake) as found:
        read_tables(file)
    assert found.value.code == code
    assert code in catalogue()


def test_a_list_of_a_whole_county_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Mistake) as found:
        _table(tmp_path, [["Need", "Place"], *([["a", "b"]] * 1_001)])
    assert "has 1,001 rows. A case list can have 1,000" in sentence(found.value)


@pytest.mark.parametrize(
    ("typed", "band"),
    [("83", "75 to 84"), ("17", "0 to 17"), ("85 years old", "85 and over"), ("80s", "80s"), ("130", "130"), ("", "")],
)
def test_an_age_becomes_its_band(typed: str, band: str) -> None:
    assert age_band(typed) == band
