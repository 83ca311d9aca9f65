"""The folder of Markdown pages: what the team made of the evidence, and every kind of record there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from fieldkit.app.rows import RecordRow
from fieldkit.app.takeout.markdown import pages
from fieldkit.app.takeout.material import Material, read_material
from fieldkit.app.takeout.tables import UNTOLD, tables_of
from fieldkit.domain.judgement import Moderation, Override
from tests.support.sample_vault import ics, sample_vault
from tests.support.vaults import quick_keys

TOLD_ELSEWHERE = {
    "case", "touchpoint", "escalation", "request", "judgement", "moderation", "override", "finding", "section",
}  # fmt: skip
MADE = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Material]:
    """The sample as it is shipped: a whole first visit with all that came of it."""
    with quick_keys():
        vault = sample_vault(tmp_path_factory.mktemp("sample"))
    (found,) = vault.questions.assessments()
    yield read_material(vault.questions, found.assessment.id, [ics()])
    vault.close()


@pytest.fixture(scope="module")
def told(material: Material) -> dict[str, str]:
    """Every page of it by its path."""
    return dict(pages(material, made_at=MADE, app="FieldKit test"))


def test_a_settled_score_says_what_it_was_what_it_is_and_why(told: dict[str, str], material: Material) -> None:
    page = told["scores.md"]
    settled = [row.value for row in _rows(material, Moderation.KIND)]
    assert settled
    for one in settled:
        assert one.reason in page
        assert one.text in page
        for before in one.before:
            assert before in page
    (other,) = (row.value for row in _rows(material, Override.KIND))
    assert f"- Worked out: {other.worked_out}" in page
    assert f"- Approved by: {other.approver}" in page
    overall = page.index("## Overall: another rating")
    assert overall < page.index("## Q1 ") < page.index("## Q2 ") < page.index("## I1 ") < page.index("## L1 ")


def test_a_finding_stands_with_the_words_it_cites_for_and_against(told: dict[str, str]) -> None:
    part = next(one for one in told["findings.md"].split("\n## ") if one.startswith("F2 "))
    assert "- Bearing: shortfall" in part
    assert "- The sign-off of the third has no evidence behind it" in part
    assert "- Against: Lessons went to Coast and Vale as a one-page story within a week" in part


def test_an_answer_names_its_question_and_a_note_its_item_of_the_agenda(told: dict[str, str]) -> None:
    page = next(text for path, text in told.items() if "interview-01" in path)
    assert "without her letter\n- under: Tell me about the last person" in page
    board = next(text for path, text in told.items() if "place-partnership" in path)
    assert "- under: Plan for the year" in board


def test_every_kind_that_may_be_told_has_a_page_that_the_index_names(told: dict[str, str], material: Material) -> None:
    for kind, rows in material.records.items():
        if kind in UNTOLD or kind == "attachment":  # files stand in the index when they are put beside it
            continue
        assert rows
        page = told.get(f"records/{kind.replace('_', '-')}.md")
        if page is not None:
            assert page.count("\n## ") == len(rows), kind
            assert all(row.value.title.split(":")[0].split("_")[0] in page for row in rows), kind
        else:
            assert kind in TOLD_ELSEWHERE
    assert {path for path in told if path != "index.md"} == set(re.findall(r"\]\((.*?)\)", told["index.md"]))


def test_no_page_tells_an_id_or_a_part_of_a_record_where_words_are_known(told: dict[str, str]) -> None:
    for path, text in told.items():
        assert not re.search(r"^- (About|Visit|Case): [0-9a-f]{8}-", text, re.MULTILINE), path
        assert "{" not in text.replace("\\{", ""), path


def test_tables_say_what_a_note_stands_under(material: Material) -> None:
    notes = next(one for one in tables_of(material, MADE, "FieldKit test") if one.name == "Notes")
    place = [one.name for one in notes.columns].index("Under")
    said = {row[place] for row in notes.rows}
    assert {"Plan for the year", "When something goes wrong, what happens next?"} <= said


def _rows(material: Material, kind: str) -> tuple[RecordRow, ...]:
    return material.records[kind]
