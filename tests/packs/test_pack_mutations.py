"""Whatever happens to a pack's bytes, it is read whole or refused whole, and never breaks the program."""

from __future__ import annotations

import re
from functools import cache

from hypothesis import example, given
from hypothesis import strategies as st

from fieldkit.domain.framework import Framework
from fieldkit.domain.marks import Mark
from fieldkit.domain.method import ScoredAt
from fieldkit.domain.scoring import work_out
from fieldkit.frameworks.contents import FILES as NAMES
from fieldkit.frameworks.contents import OPTIONAL
from fieldkit.frameworks.files import gather
from fieldkit.frameworks.library import Library, built_in
from fieldkit.frameworks.problems import Report
from fieldkit.frameworks.reader import read_files
from tests.packs.small_pack import FILES, MORE

SMALL = {name: text.encode("utf-8") for name, text in (FILES | MORE).items()}


def read(files: dict[str, bytes]) -> Framework | None:
    """Read a pack and check that the answer is all or nothing."""
    report = Report()
    framework = read_files(files, report)
    assert (framework is None) == bool(report), "a pack is whole, or its problems are told"
    for problem in report.problems():
        assert problem.file in NAMES
        assert problem.line >= 0
        assert "{" not in problem.sentence or "{" in "".join(map(str, files.values()))
    if framework is not None:
        check_whole(framework)
    return framework


def check_whole(framework: Framework) -> None:
    """What everybody who holds a framework counts on."""
    assert framework.statements
    assert framework.categories
    assert framework.matrices
    for statement in framework:
        assert framework.statement_by(statement.code) is statement
        assert framework.statement_by(statement.position) is statement
        assert framework.theme_of(statement).id == statement.theme_id
        for category in framework.categories:
            assert framework.category_by(category.code) is category
            assert framework.need(statement.id, category.id)
    for kind in framework.activity_categories:
        assert framework.default_category(activity=kind) in framework.categories
    if framework.method.scored_at is ScoredAt.QUALITY_STATEMENT:
        scale = framework.method.scale
        assert scale is not None
        for level in scale.levels:
            scores = work_out(framework, [Mark(subject=one.id, value=level.value) for one in framework])
            assert scores.overall is None or scores.overall.reading is not None


@given(st.sampled_from(NAMES), st.data())
def test_a_changed_byte_gives_a_whole_pack_or_none(name: str, data: st.DataObject) -> None:
    text = SMALL[name]
    place = data.draw(st.integers(0, len(text) - 1))
    spoilt = text[:place] + bytes([data.draw(st.integers(0, 255))]) + text[place + 1 :]
    read({**SMALL, name: spoilt})


@given(st.sampled_from(NAMES), st.integers(0, 2_000))
def test_a_file_cut_short_gives_a_whole_pack_or_none(name: str, length: int) -> None:
    read({**SMALL, name: SMALL[name][:length]})


@given(st.sampled_from(NAMES), st.data())
def test_lines_taken_out_moved_or_repeated_give_a_whole_pack_or_none(name: str, data: st.DataObject) -> None:
    lines = SMALL[name].splitlines(keepends=True)
    chosen = data.draw(st.lists(st.integers(0, len(lines) - 1), max_size=len(lines) + 3))
    start = data.draw(st.integers(0, len(lines)))
    read({**SMALL, name: b"".join([*lines[:start], *(lines[number] for number in chosen)])})


ODD_VALUES = [
    *("", "0", "-1", "1.5", "99999999999999999999", "[]", "{}", "null", "~", "true", "none", "'", "[[[[", "ä" * 2_000),
    *("kind-care", "people", "marks", "low", "not_used", "mean_of_themes", "evidence_category", "theme", "not_stated"),
]
_VALUE = re.compile(rb"(?<=: )[^,}\]\n]+|(?<=: )\[[^\n]*\]|(?<=- )[^\n]+")


@given(st.sampled_from(NAMES), st.data(), st.sampled_from(ODD_VALUES))
@example("scoring.yaml", None, "none")
def test_any_value_replaced_by_an_odd_one_gives_a_whole_pack_or_none(
    name: str, data: st.DataObject | None, odd: str
) -> None:
    places = list(_VALUE.finditer(SMALL[name]))
    chosen = data.draw(st.integers(0, len(places) - 1)) if data else 0
    start, end = places[chosen].span()
    read({**SMALL, name: SMALL[name][:start] + odd.encode() + SMALL[name][end:]})


@given(st.dictionaries(st.sampled_from(NAMES), st.binary(max_size=200)))
def test_files_of_noise_give_no_pack(files: dict[str, bytes]) -> None:
    assert read(files) is None


NEEDED = tuple(name for name in NAMES if name not in OPTIONAL)


@given(st.sets(st.sampled_from(NEEDED), max_size=len(NEEDED) - 1))
def test_a_pack_that_lacks_a_file_is_never_read(names: set[str]) -> None:
    report = Report()
    assert read_files({name: SMALL[name] for name in names}, report) is None
    assert {one.file for one in report.problems()} >= set(NEEDED) - names


@cache
def published(pack: str) -> dict[str, bytes]:
    (ref,) = [one for one in Library().available() if one.id == pack]
    files = gather(built_in() / pack / ref.version, Report())
    assert files is not None
    return files


@given(st.sampled_from(["ics", "local-authority", "provider"]), st.data())
def test_a_changed_byte_of_a_published_pack_changes_its_digest_or_ends_it(pack: str, data: st.DataObject) -> None:
    files = published(pack)
    name = data.draw(st.sampled_from(sorted(files)))
    place = data.draw(st.integers(0, len(files[name]) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != files[name][place]))
    framework = read({**files, name: files[name][:place] + bytes([other]) + files[name][place + 1 :]})
    whole = read(files)
    assert whole is not None
    assert framework is None or framework.digest != whole.digest
