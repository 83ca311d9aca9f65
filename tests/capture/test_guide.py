"""The guide's examples are true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.capture.captured import Captured, CapturedTag
from fieldkit.capture.parse import parse
from fieldkit.capture.vocabulary import Vocabulary
from fieldkit.domain.entry import Risk
from fieldkit.domain.evidence import Bearing
from fieldkit.frameworks.library import Library
from tests.capture.builders import PERSONS

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "capture.md"
ROW = re.compile(r"\| `(?P<line>[^`]+)` \| (?P<words>[^|]+) \| (?P<read>[^|]+) \|")
LIBRARY = Library()
ICS, LA = (LIBRARY.load(pack, "2023.1") for pack in ("ics", "local-authority"))
ROLES = {person.code: person.role for person in PERSONS}


def examples() -> Iterator[tuple[str, str, str, Vocabulary]]:
    heading = ""
    for row in GUIDE.read_text(encoding="utf-8").splitlines():
        heading = row if row.startswith("## ") else heading
        match = ROW.fullmatch(row)
        if match is not None:
            packs = (ICS, LA) if heading == "## Two packs" else (ICS,)
            yield match["line"], match["words"], match["read"], Vocabulary(frameworks=packs, people=PERSONS)


def read_as(captured: Captured, vocabulary: Vocabulary) -> str:
    kinds = {Risk.POSSIBLE: "possible risk", Risk.TODAY: "risk, act today"}
    parts = [
        ROLES[captured.speaker] if captured.speaker else "",
        "exact words" if captured.exact else "",
        "follow-up question" if captured.follow_up else "",
        kinds.get(captured.risk, ""),
        "my view" if captured.own_view else "",
        *(tag_in_words(tag, vocabulary) for tag in captured.tags),
        f"all {short(captured.category.id)}" if captured.category else "",
    ]
    return "; ".join(part for part in parts if part) or "plain words"


def tag_in_words(tag: CapturedTag, vocabulary: Vocabulary) -> str:
    framework = next(one for one in vocabulary.frameworks if one.id == tag.pack)
    statement = framework.statement_by(tag.statement)
    assert statement is not None
    bearing = "" if tag.bearing is Bearing.NEUTRAL else f", {'strong ' * tag.strong}{tag.bearing}"
    category = f", {short(tag.category)}" if tag.category else ""
    pack = f"{tag.pack}: " if len(vocabulary.frameworks) > 1 else ""
    return pack + statement.title + category + bearing


def short(category_id: str) -> str:
    category = ICS.category_by(category_id)
    assert category is not None
    return category.short


def test_the_guide_has_examples_of_everything() -> None:
    assert len(list(examples())) >= 30


@pytest.mark.parametrize(("line", "words", "read", "vocabulary"), list(examples()), ids=[one[0] for one in examples()])
def test_the_guide_says_what_happens(line: str, words: str, read: str, vocabulary: Vocabulary) -> None:
    captured = parse(line, vocabulary)
    assert captured.text == words
    assert read_as(captured, vocabulary) == read


def test_the_guide_names_every_category_code() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert all(f"`@{category.code}`" in text for category in ICS.categories)
