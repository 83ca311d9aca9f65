"""A box gives away nothing without its own passphrase, and loses nothing with it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Mistake, Refusal, Trouble
from storage.boxes import STEP, StoredBoxes
from storage.keyfile import FLOOR

PASSPHRASE = "seven green bottles"
BOXES = StoredBoxes(FLOOR)
EMPTY = BOXES.make("names", PASSPHRASE)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.text(max_size=20), st.text(max_size=400)))
def test_what_was_put_in_comes_out_byte_for_byte(content: dict[str, str]) -> None:
    kept = EMPTY.sealed(content)
    assert EMPTY.content == json.loads(json.dumps(content))
    assert not any(text in kept for text in content.values() if len(text) > 8)


def test_a_box_opens_with_its_passphrase_and_with_no_other() -> None:
    kept = BOXES.make("names", PASSPHRASE).sealed({"p1": "Ann Other"})
    assert BOXES.open("names", kept, PASSPHRASE).content == {"p1": "Ann Other"}
    with pytest.raises(Trouble, match="passphrase_wrong"):
        BOXES.open("names", kept, PASSPHRASE + "!")
    with pytest.raises(Trouble, match="passphrase_wrong"):
        BOXES.open("restricted", kept, PASSPHRASE)  # one box never passes for another


def test_its_size_tells_nothing_of_what_is_in_it() -> None:
    box = BOXES.make("restricted", PASSPHRASE)
    sizes = {len(box.sealed({str(n): "word " * 200 for n in range(count)})) for count in (0, 1, 7, 40)}
    assert len(sizes) == 1
    assert max(sizes) < 2 * STEP


@pytest.mark.parametrize("kept", ["", "x", "e30=.e30=", "bm90IGpzb24=.AAAA"])
def test_what_is_no_box_is_told_and_not_opened(kept: str) -> None:
    with pytest.raises(Trouble, match=r"box\.damaged"):
        BOXES.open("names", kept, PASSPHRASE)


def test_every_changed_byte_is_noticed() -> None:
    kept = BOXES.make("names", PASSPHRASE).sealed({"p1": "Ann"})
    for place in range(0, len(kept), len(kept) // 12):
        other = "A" if kept[place] != "A" else "B"
        with pytest.raises(Trouble):
            BOXES.open("names", kept[:place] + other + kept[place + 1 :], PASSPHRASE)


def test_a_closed_box_holds_nothing_and_seals_nothing() -> None:
    box = BOXES.make("names", PASSPHRASE)
    kept = box.sealed({"p1": "Ann"})
    box.close()
    assert box.content == {}
    with pytest.raises(Refusal, match=r"box\.shut"):
        box.sealed({})
    assert BOXES.open("names", kept, PASSPHRASE).content == {"p1": "Ann"}


def test_a_draft_is_kept_outside_without_being_readable_there() -> None:
    box = BOXES.make("restricted", PASSPHRASE)
    hidden = box.hide("The night manager 🙂 said")
    assert "manager" not in hidden
    assert box.reveal(hidden) == "The night manager 🙂 said"
    assert BOXES.make("restricted", PASSPHRASE).reveal(hidden) == ""


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(Mistake, match=r"passphrase\.short"):
        BOXES.make("names", "short")


def test_five_guesses_are_free_then_one_waits_and_a_right_one_ends_that(tmp_path: Path) -> None:
    clock = FixedClock(datetime(2026, 11, 12, 10, 42, tzinfo=UTC))
    boxes = StoredBoxes(FLOOR, tmp_path, clock)
    kept = boxes.make("names", PASSPHRASE).sealed({"p1": "Ann"})
    for _ in range(5):
        with pytest.raises(Trouble, match=r"box\.passphrase_wrong"):
            boxes.open("names", kept, "not this one at all")
    with pytest.raises(Trouble, match=r"box\.wait") as early:
        boxes.open("names", kept, PASSPHRASE)
    clock.advance(float(str(early.value.details["seconds"])))
    assert boxes.open("names", kept, PASSPHRASE).content == {"p1": "Ann"}
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(Trouble, match=r"box\.passphrase_wrong"):
        boxes.open("names", kept, "not this one at all")


def test_a_long_draft_is_as_long_as_none() -> None:
    box = BOXES.make("restricted", PASSPHRASE)
    assert len(box.hide("")) == len(box.hide("word " * 2000))
