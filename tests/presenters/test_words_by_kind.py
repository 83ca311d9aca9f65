"""Words that are kept by value, so that the first screen need not import the kinds: every kind has its words."""

from __future__ import annotations

from enum import StrEnum

import pytest

from fieldkit.app.rows import SendStatus
from fieldkit.domain.assessment import ActivityKind
from fieldkit.domain.entry import Risk
from fieldkit.domain.evidence import Bearing
from ui.presenters import locked_hint
from ui.presenters.wording import ui


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (SendStatus, ui.STATUS), (Bearing, ui.BEARING), (Bearing, ui.SIGN), (Risk, ui.RISK),
        (ActivityKind, locked_hint.OPEN),
    ],
)  # fmt: skip
def test_every_kind_has_its_words_and_no_words_are_of_none(kinds: type[StrEnum], words: dict[str, object]) -> None:
    assert {kind.value for kind in kinds} == set(words)
