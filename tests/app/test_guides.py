"""Guides in an assessment: copied in, changed as versions, taken out of use; interviews keep what they used."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.app.guide_files import read_guide_file, write_guide_file
from fieldkit.app.guide_library import built_in, script, script_for
from fieldkit.app.guides import (
    add_built_in,
    add_guide,
    change_guide,
    checked,
    finish_working,
    fresh_name,
    guides,
    keep_working,
    retire_guide,
    used_version,
    working,
)
from fieldkit.domain.assessment import ActivityKind
from fieldkit.domain.framework import Framework
from fieldkit.domain.guide import LIMIT, ConsentScript, Guide, next_version
from fieldkit.domain.guide_changes import asks_for, moved_question, with_question, with_section, without_question
from fieldkit.domain.questions import Question, Section
from fieldkit.frameworks.library import Library
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import AssessmentId, RecordId
from storage.vault import OpenVault
from tests.support.vaults import a_meeting, do


@pytest.fixture(scope="module")
def packs() -> list[Framework]:
    return [Library().load("ics", "2023.1")]


@pytest.fixture
def here(vault: OpenVault) -> AssessmentId:
    return a_meeting(vault).assessment


def test_a_built_in_guide_travels_as_a_record_of_the_assessment(
    vault: OpenVault, here: AssessmentId, packs: list[Framework]
) -> None:
    added = do(vault, lambda uow: add_built_in(uow, here, built_in("staff"), packs))
    rows = guides(vault.questions, here, ActivityKind.INTERVIEW)
    assert [row.value for row in rows] == [added.guide]
    assert guides(vault.questions, here, ActivityKind.FOCUS_GROUP) == []
    assert not added.is_new_version
    found = vault.questions.find_records("handed over another team", here)
    assert [row.record for row in found] == [added.guide.id]
    assert vault.verify() == []
    with pytest.raises(Mistake, match=r"guide\.already_here"):
        do(vault, lambda uow: add_built_in(uow, here, built_in("staff"), packs))


def test_a_changed_guide_is_a_new_version_and_the_old_one_can_still_be_read(
    vault: OpenVault, here: AssessmentId, packs: list[Framework]
) -> None:
    first = do(vault, lambda uow: add_built_in(uow, here, built_in("staff"), packs)).guide
    shorter = without_question(first, "gone_wrong")
    second = do(vault, lambda uow: change_guide(uow, shorter))
    assert (first.version, second.version) == ("1", "2")
    assert used_version(vault.questions, first.id, "1").question("gone_wrong") is not None
    assert used_version(vault.questions, first.id, "2") == second
    assert do(vault, lambda uow: change_guide(uow, second)) == second, "nothing changed, so no version"
    assert len(vault.questions.history(first.id)) == 2
    third = do(vault, lambda uow: add_guide(uow, here, built_in("staff").tied_to(packs)))
    assert (third.guide.id, third.guide.version, third.is_new_version) == (first.id, "3", True)


def test_a_guide_out_of_use_is_offered_no_more_and_still_there(
    vault: OpenVault, here: AssessmentId, packs: list[Framework]
) -> None:
    guide = do(vault, lambda uow: add_built_in(uow, here, built_in("leaders"), packs)).guide
    do(vault, lambda uow: retire_guide(uow, guide.id))
    assert guides(vault.questions, here) == []
    assert used_version(vault.questions, guide.id, "1").title == "Leaders"
    do(vault, lambda uow: retire_guide(uow, guide.id, is_retired=False))
    assert len(guides(vault.questions, here)) == 1


def test_changes_that_are_no_version_yet_survive_and_travel_nowhere(
    vault: OpenVault, here: AssessmentId, packs: list[Framework]
) -> None:
    guide = do(vault, lambda uow: add_built_in(uow, here, built_in("people"), packs)).guide
    changed = moved_question(guide, "about_you", 1)
    do(vault, lambda uow: keep_working(uow, changed))
    assert working(vault.questions, guide.id) == changed
    assert guides(vault.questions, here)[0].value == guide
    made = do(vault, lambda uow: finish_working(uow, changed))
    assert (made.version, working(vault.questions, guide.id)) == ("2", None)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": "  "}, "guide.no_title"),
        ({"questions": ()}, "guide.no_questions"),
        ({"questions": (Question(id="a", text=" "),)}, "guide.question_empty"),
        ({"questions": tuple(Question(id=f"q{n}", text="?") for n in range(3_001))}, "guide.too_many_questions"),
        ({"questions": tuple(Question(id=f"q{n}", text="é" * 10_000) for n in range(200))}, "guide.too_large"),
        ({"questions": (Question(id="a", text="?", relevant="${b} = 1"),)}, "guide.rule_names_nothing"),
    ],
)
def test_what_cannot_be_a_guide_is_refused(change: dict[str, object], code: str) -> None:
    with pytest.raises(Mistake) as refused:
        checked(dataclasses.replace(built_in("staff").guide, **change))  # type: ignore[arg-type]
    assert refused.value.code == code


def test_the_limit_of_confidentiality_cannot_be_taken_away() -> None:
    assert script().read_out[-1] == LIMIT
    assert script_for(ActivityKind.FOCUS_GROUP).id == "group"
    assert ConsentScript(id="x", version="1", lines=(LIMIT, "a", LIMIT)).read_out == ("a", LIMIT)
    assert ConsentScript(id="x", version="1", lines=()).read_out == (LIMIT,)


def test_a_guide_goes_through_a_file_and_back(vault: OpenVault, tmp_path: Path, packs: list[Framework]) -> None:
    guide = built_in("people").tied_to(packs)
    target = write_guide_file(tmp_path / "people", guide, packs)
    assert target.name == "people.xlsx"
    assert target.stat().st_mode & 0o777 == 0o600
    read = read_guide_file(target, packs).guide
    assert read is not None
    assert dataclasses.replace(read, origin=guide.origin) == guide
    broken = dataclasses.replace(guide, questions=(Question(id="a", text="?", constraint="${gone} = 1"),))
    with pytest.raises(Mistake, match=r"guide\.no_form"):
        write_guide_file(tmp_path / "broken.xlsx", broken, packs)
    assert not (tmp_path / "broken.xlsx").exists()


def test_versions_count_on() -> None:
    assert [next_version(one) for one in ("1", "v9", "2026-009", "draft", "", "9" * 30)] == [
        "2", "v10", "2026-010", "draft.2", "2", "9" * 12 + "1" + "0" * 18,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": 3}, {"kinds": ["party"]}, {"kinds": "interview"}, {"consent": []}, {"questions": [{"id": "a b"}]},
        {"questions": [{"id": "a", "text": "?"}, {"id": "a", "text": "?"}]}, {"sections": [{"id": ""}]},
        {"questions": [{"id": "a", "minutes": -1}]}, {"questions": [{"id": "a", "minutes": True}]},
        {"questions": [{"id": "a", "answer": "party"}]}, {"questions": [{"id": "a", "probes": [1]}]},
        {"questions": ["a"]}, {"questions": [{"id": "a", "must_quote": "yes"}]}, {"is_retired": 1},
    ],
)  # fmt: skip
def test_a_record_that_is_no_guide_is_refused(wrong: dict[str, object]) -> None:
    content = dataclasses.replace(built_in("staff").guide, assessment=AssessmentId("a")).to_content()
    assert Guide.from_content("r", json.loads(json.dumps(content))).title == "Front-line staff"
    with pytest.raises((KeyError, TypeError, ValueError)):
        Guide.from_content("r", json.loads(json.dumps({**content, **wrong})))


def test_new_questions_get_names_that_stay_apart() -> None:
    guide = dataclasses.replace(built_in("staff").guide, questions=(Question(id="what_do_you_do", text="?"),))
    assert fresh_name(guide, "What do you do?") == "what_do_you_do_2"
    assert fresh_name(guide, "3 things") == "q_3_things"
    assert fresh_name(guide, "ما الذي؟") == "question"


_STEPS = st.lists(
    st.tuples(st.sampled_from(["move", "drop", "add"]), st.integers(0, 8), st.sampled_from([-1, 1])), max_size=8
)


@given(_STEPS)
def test_changing_a_guide_keeps_every_question_once_and_no_empty_section(steps: list[tuple[str, int, int]]) -> None:
    guide = built_in("focus-group").guide
    names = [one.id for one in guide.asked]
    for what, at, step in steps:
        if what == "add":
            name = fresh_name(guide, "More")
            guide = with_question(guide, Question(id=name, text="More?"), names[at % len(names)] if names else "")
            names.append(name)
        elif names and what == "drop":
            guide = without_question(guide, names.pop(at % len(names)))
        elif names:
            guide = moved_question(guide, names[at % len(names)], step)
    assert sorted(one.id for one in guide.asked) == sorted(names)
    assert {one.id for one in guide.sections} == {one.section for one in guide.questions if one.section}


def test_a_question_that_a_rule_asks_for_is_found() -> None:
    asked, asking = Question(id="a", text="?"), Question(id="b", text="?", relevant="selected(${a}, 'x')")
    guide = dataclasses.replace(built_in("staff").guide, id=RecordId("x"), sections=(), questions=(asked, asking))
    assert asks_for(guide, "a") == asking
    assert asks_for(guide, "b") is None
    assert with_section(guide, "New", "fresh")[1] == "fresh"
    grown = dataclasses.replace(guide, sections=(Section(id="s", title="New"),))
    assert with_section(grown, "new", "fresh") == (grown, "s")
