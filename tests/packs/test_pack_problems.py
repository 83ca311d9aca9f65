"""Every kind of mistake in a pack is told with its file, its line and a plain sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldkit.frameworks.reader import check, read_pack
from fieldkit.frameworks.sentences import SENTENCES
from fieldkit.kernel.errors import Mistake
from tests.packs.small_pack import FILES, told, write_pack

A, S, X, T = "pack.yaml", "statements.yaml", "scoring.yaml", "examples.yaml"


def spoilt() -> list[tuple[str, str, str, str]]:
    """The blocks of ``spoilt.txt``: file, text taken out, text put in, what the author is told."""
    text = (Path(__file__).parent / "spoilt.txt").read_text("utf-8")
    return [_block(block.splitlines()) for block in text.split("\n\n")[1:]]


def _block(lines: list[str]) -> tuple[str, str, str, str]:
    parts = {mark: "\n".join(line[2:] for line in lines[1:] if line[0] == mark).replace("↵", "\n") for mark in "-+="}
    return lines[0], parts["-"] or FILES[lines[0]], parts["+"], parts["="]


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"), spoilt(), ids=[f"{one[0]} {one[3]}"[:70] for one in spoilt()]
)
def test_a_spoilt_pack_is_told_by_file_and_line_and_not_loaded(
    tmp_path: Path, file: str, old: str, new: str, sentence: str
) -> None:
    pack = write_pack(tmp_path, (file, old, new))
    assert sentence in told(pack)
    with pytest.raises(Mistake) as refused:
        read_pack(pack)
    assert refused.value.code == "pack.wrong"
    assert refused.value.details["problems"] == tuple(check(pack))


def test_the_small_pack_is_sound(tmp_path: Path) -> None:
    pack = write_pack(tmp_path)
    assert told(pack) == []
    framework = read_pack(pack)
    assert [one.position for one in framework] == ["C1", "C2", "O1"]


def test_every_problem_of_a_pack_is_told_at_once(tmp_path: Path) -> None:
    pack = write_pack(
        tmp_path, (A, "status: draft", "status: secret"), (S, "code: gf", "code: kc"), (X, "to: 100", "to: 99")
    )
    assert [problem.file for problem in check(pack)] == ["pack.yaml", "scoring.yaml", "statements.yaml"]


def test_a_file_that_cannot_be_read_does_not_make_every_reference_to_it_wrong(tmp_path: Path) -> None:
    pack = write_pack(tmp_path)
    (pack / S).write_text("themes: [", "utf-8")
    assert {problem.file for problem in check(pack)} == {S}


def test_the_error_names_the_first_problem_and_counts_them(tmp_path: Path) -> None:
    pack = write_pack(tmp_path, (A, "status: draft", "status: secret"), (X, "to: 100", "to: 99"))
    with pytest.raises(Mistake) as refused:
        read_pack(pack)
    details = refused.value.details
    assert (details["folder"], details["count"]) == ("small", 2)
    assert str(details["first"]).startswith("pack.yaml:5: ‘status’ cannot be ‘secret’")


def test_examples_are_run_only_on_a_pack_that_is_sound_otherwise(tmp_path: Path) -> None:
    pack = write_pack(tmp_path, (A, "status: draft", "status: secret"), (T, "sum: 4/6", "sum: 1/6"))
    assert [problem.file for problem in check(pack)] == [A]


def test_a_pack_without_scores_needs_no_examples(tmp_path: Path) -> None:
    scales = FILES[X][: FILES[X].index("method:")]
    pack = write_pack(tmp_path, (X, FILES[X], scales + "method:\n  scored_at: none\n"), (T, FILES[T], "examples: []\n"))
    assert told(pack) == []
    assert read_pack(pack).method.scale is None


def test_examples_can_score_categories(tmp_path: Path) -> None:
    scored = (X, "scored_at: quality_statement", "scored_at: evidence_category")
    example = """\
examples:
  - title: By category
    scores:
      kind-care: {people: 2, papers: 1}
      good-food: {people: 2, papers: 2}
      clean-rooms: {people: 2}
    overall: {sum: 6/6, band: high}
"""
    assert told(write_pack(tmp_path, scored, (T, FILES[T], example))) == []


def test_examples_can_score_themes(tmp_path: Path) -> None:
    scored = (X, "scored_at: quality_statement", "scored_at: theme")
    example = "examples:\n  - {title: By theme, scores: {care: 2, order: 1}, overall: {sum: 3/4, band: high}}\n"
    assert told(write_pack(tmp_path, scored, (T, FILES[T], example))) == []


def test_an_example_on_a_category_that_is_never_used_is_told(tmp_path: Path) -> None:
    scored = (X, "scored_at: quality_statement", "scored_at: evidence_category")
    example = "examples:\n  - {title: Odd, scores: {kind-care: {guesses: 2}}, overall: {band: high}}\n"
    (problem,) = told(write_pack(tmp_path, scored, (T, FILES[T], example)))
    assert problem.startswith("examples.yaml:2: Worked example ‘Odd’ cannot be worked out: score.not_used")


def test_an_example_of_a_figure_the_pack_does_not_have_is_told(tmp_path: Path) -> None:
    no_overall = (X, "overall_score: true", "overall_score: false")
    problems = told(write_pack(tmp_path, no_overall))
    assert problems == [
        "examples.yaml:4: Worked example ‘Two poor, one fair’ cannot be worked out: the pack has no such figure.",
        "examples.yaml:8: Worked example ‘A poor mark limits’ cannot be worked out: the pack has no such figure.",
    ]


def test_every_sentence_about_a_pack_is_plain_and_in_use() -> None:
    source = "".join(path.read_text("utf-8") for path in (Path("fieldkit") / "frameworks").glob("*.py"))
    for code, sentence in SENTENCES.items():
        assert source.count(f'"{code}"') >= 2, f"{code} is never told"
        assert sentence.endswith((".", "}.")), sentence
        words = sentence.casefold()
        assert not [word for word in ("please", "sorry", "invalid", "failed", "n't") if word in words], sentence


def test_a_pack_may_limit_the_age_of_evidence_and_ask_for_a_blind_round(tmp_path: Path) -> None:
    for name in ("more", "plain", "never"):
        (tmp_path / name).mkdir()
    wanted = "  insufficient_evidence: no_rating\n"
    more = f"{wanted}  oldest_evidence_days: 365\n  blind: true\n"
    method = read_pack(write_pack(tmp_path / "more", ("scoring.yaml", wanted, more))).method
    assert (method.evidence_days, method.blind) == (365, True)
    plain = read_pack(write_pack(tmp_path / "plain")).method
    assert (plain.evidence_days, plain.blind) == (None, False)
    never = write_pack(tmp_path / "never", ("scoring.yaml", wanted, f"{wanted}  oldest_evidence_days: 0\n"))
    assert any("oldest_evidence_days" in one for one in told(never))
