"""Which category a tag is filed under."""

from __future__ import annotations

from fieldkit.capture.captured import HintKind
from fieldkit.capture.filing import Filed, evidence_of
from fieldkit.capture.parse import parse
from fieldkit.capture.vocabulary import Vocabulary
from fieldkit.domain.evidence import Bearing
from tests.capture.builders import ONE_PACK, TWO_PACKS


def filed(line: str, vocabulary: Vocabulary = ONE_PACK, activity: str | None = "observation") -> Filed:
    return evidence_of(parse(line, vocabulary), vocabulary, activity=activity)


def cells(result: Filed) -> list[tuple[str, str, str]]:
    return [(item.pack, item.statement, item.category) for item in result.items]


def test_the_tag_decides_then_the_note_then_the_activity() -> None:
    assert cells(filed("x #lc.pe #gm @pr")) == [("ics", "ics-lc", "ics-pe"), ("ics", "ics-gm", "ics-pr")]
    assert cells(filed("x #lc")) == [("ics", "ics-lc", "ics-ob")]


def test_bearing_and_strength_go_with_the_tag() -> None:
    (item,) = filed("x #lc--").items
    assert (item.bearing, item.strong) == (Bearing.SHORTFALL, True)


def test_each_pack_files_under_its_own_category() -> None:
    assert cells(filed("x #sg @pr", TWO_PACKS)) == [("ics", "ics-sg", "ics-pr"), ("la", "la-sg", "la-pr")]


def test_a_tag_without_a_category_is_not_filed_under_a_guess() -> None:
    result = filed("x #sg", TWO_PACKS)
    assert cells(result) == [("ics", "ics-sg", "ics-ob")]
    assert [(tag.pack, tag.code) for tag in result.unsettled] == [("la", "sg")]
    assert [(hint.kind, hint.word) for hint in result.hints] == [(HintKind.CATEGORY_NEEDED, "#sg")]


def test_items_have_ids_of_their_own() -> None:
    items = filed("x #lc #gm").items
    assert len({item.id for item in items}) == 2
