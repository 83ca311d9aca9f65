"""Characteristics, crosswalks and metrics of a pack: read whole, or every problem by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldkit.domain.crosswalk import Carried
from fieldkit.domain.method import Polarity
from fieldkit.frameworks.library import Library
from fieldkit.frameworks.reader import check, read_pack
from tests.packs.small_pack import MORE, told, write_pack

PROVIDER = Library().load("provider", "2026.1")
C, W, M = "characteristics.yaml", "crosswalk.yaml", "metrics.yaml"


def _pack(folder: Path, file: str = "", old: str = "", new: str = "") -> Path:
    pack = write_pack(folder)
    for name, text in MORE.items():
        changed = text.replace(old, new, 1) if name == file else text
        assert name != file or changed != text
        (pack / name).write_text(changed, encoding="utf-8")
    return pack


def test_they_are_read_with_the_pack_and_count_for_its_digest(tmp_path: Path) -> None:
    bare = read_pack(write_pack(tmp_path)).digest
    for name, text in MORE.items():
        (tmp_path / "small" / name).write_text(text, encoding="utf-8")
    small = read_pack(tmp_path / "small")
    assert small.digest != bare
    assert small.characteristic("good-food", 2) == "Warm."
    (walk,) = small.crosswalks
    assert [one.how for one in walk.steps] == [Carried.JOINED, Carried.SPLIT, Carried.NONE]
    assert [one.is_called("a  YEAR") for one in small.metrics] == [True, False]


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (C, "level: 1, text: Cold.", "level: 3, text: Cold.", f"{C}:5: Marks has no step 3."),
        (C, ", {level: 2, text: Warm.}", "", f"{C}:5: ‘good-food’ has no characteristics for the step 2 of Marks."),
        (C, "statement: good-food", "statement: bad-food", f"{C}:4: There is no statement ‘bad-food’ in this pack."),
        (W, "from: [good-food]", "from: [manners]",
         f"{W}:9: ‘manners’ is carried over twice (first on line 8). Each older statement has one row."),
        (W, "to: [kind-care]", "to: [kind-care, good-food]",
         f"{W}:8: A row carries one to one, one to several, several to one or one to none, not 2 to 2."),
        (W, "{id: manners,", "{id: habits,",
         f"{W}:7: This version has no statement ‘manners’: name its code and title under ‘former’."),
        (W, 'version: "0.9"', 'version: "1.0"',
         f"{W}:2: A crosswalk leads from an older version or another pack, not from this version to itself."),
        (W, "words: people", "words: peoples", f"{W}:6: There is no category ‘peoples’ in this pack."),
        (W, ", reason: Asked apart.", "", f"{W}:9: The key ‘reason’ is missing."),
        (M, "title: Place", "title: Falls", f"{M}:3: The metric ‘falls’ stands here twice (first on line 2)."),
        (M, "lower_is_better, scale", "higher_is_better, scale",
         f"{M}:3: The scale ‘Places’ says lower_is_better, so this metric cannot say higher_is_better."),
        (M, "scale: places", "scale: spaces", f"{M}:3: There is no scale ‘spaces’ in this pack."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_file_and_line(tmp_path: Path, file: str, old: str, new: str, sentence: str) -> None:
    assert sentence in told(_pack(tmp_path, file, old, new))


def test_a_worked_example_of_a_crosswalk_that_comes_out_otherwise_is_told(tmp_path: Path) -> None:
    pack = _pack(tmp_path)
    wrong = '  - {title: Apart, from: small, version: "0.9", tagged: [good-food], carried: [good-food]}\n'
    with (pack / "examples.yaml").open("a", encoding="utf-8") as file:
        file.write(wrong)
    assert any("carried should be good-food, but the pack gives none" in one for one in told(pack))


def test_the_draft_has_24_lines_of_enquiry_with_characteristics_in_words_and_no_scores() -> None:
    assert (len(PROVIDER), len(PROVIDER.themes), len(PROVIDER.categories)) == (24, 5, 5)
    assert not PROVIDER.method.has_scores
    scale = PROVIDER.method.rating_scale
    assert scale is not None
    said = [PROVIDER.characteristic(one.id, level.value) for one in PROVIDER for level in scale.levels]
    assert len(said) == 96
    assert len(set(said)) == 96
    assert "" not in said
    assert PROVIDER.unconfirmed[0].text.startswith("Draft, unconfirmed.")
    assert PROVIDER.status.value == "draft"


def test_every_crosswalk_of_a_published_pack_names_every_statement_of_the_older_one_and_no_other() -> None:
    library = Library()
    for ref in library.available():
        for walk in library.load(ref.id, ref.version).crosswalks:
            older = library.load(walk.pack, walk.version)
            assert sorted(one for step in walk.steps for one in step.olds) == sorted(one.id for one in older)
            assert set(walk.categories) <= {one.id for one in older.categories}


def test_a_metric_says_the_same_end_is_best_as_its_scale() -> None:
    (segment,) = [one for one in PROVIDER.metrics if one.scale]
    assert segment.polarity is Polarity.LOWER_IS_BETTER
    assert check(Path("resources/frameworks/provider/2026.1")) == []
