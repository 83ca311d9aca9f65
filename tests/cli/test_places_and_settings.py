"""One private folder per user; settings that survive anything a hand or a later version writes into them."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.app.settings import (
    COLOURS,
    LOCK_MINUTES,
    MOVEMENT,
    ROWS,
    SAVED_WORDS,
    TEXT_SIZES,
    UPGRADES,
    VERSION,
    Settings,
    read_settings,
    write_settings,
)
from ui.places import Places, find_places, keep_settings, load_settings

CHOSEN = st.builds(
    Settings, text_size=st.sampled_from(TEXT_SIZES), colours=st.sampled_from(COLOURS), rows=st.sampled_from(ROWS),
    lock_minutes=st.sampled_from(LOCK_MINUTES), log_lock_minutes=st.sampled_from(LOCK_MINUTES),
    movement=st.sampled_from(MOVEMENT), dim_log=st.booleans(), saved_words=st.sampled_from(SAVED_WORDS),
    has_vault=st.booleans(), alt_numbers=st.booleans(),
    office_url=st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), max_size=100),
)  # fmt: skip


@given(CHOSEN)
def test_what_was_chosen_is_read_back(settings: Settings) -> None:
    assert read_settings(write_settings(settings)) == settings


@given(st.text(max_size=300))
def test_no_text_stands_between_a_person_and_their_work(text: str) -> None:
    assert isinstance(read_settings(text), Settings)


@pytest.mark.parametrize(
    "line",
    [
        "text_size = 5000",
        'text_size = "100"',
        'colours = "pink"',
        "lock_minutes = 0",
        "lock_minutes = true",
        "[colours]",
    ],
)
def test_a_value_out_of_range_counts_as_not_chosen(line: str) -> None:
    assert read_settings(line) == Settings()


def test_one_wrong_value_does_not_spoil_the_others() -> None:
    assert read_settings('text_size = 7\ncolours = "dark"\nlater = 1').colours == "dark"


def test_every_earlier_version_has_its_upgrade() -> None:
    assert set(UPGRADES) == set(range(1, VERSION))


def test_fieldkit_home_names_the_folder(tmp_path: Path) -> None:
    places = find_places({"FIELDKIT_HOME": str(tmp_path / "kit")})
    assert places.vault == tmp_path / "kit" / "vault"
    assert not places.home.exists()


def test_the_folder_is_never_among_documents() -> None:
    parts = {part.casefold() for part in find_places({}).home.parts}
    assert not parts & {"documents", "onedrive", "desktop"}


def test_settings_are_kept_privately_and_whole(tmp_path: Path) -> None:
    places = Places(home=tmp_path / "kit")
    assert load_settings(places) == Settings()
    keep_settings(places, Settings(colours="dark"))
    assert load_settings(places) == Settings(colours="dark")
    assert places.settings.stat().st_mode & 0o777 == 0o600
    assert places.home.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in places.home.iterdir()] == ["settings.toml"]


def test_settings_that_cannot_be_read_are_the_built_in_ones(tmp_path: Path) -> None:
    places = Places(home=tmp_path)
    places.settings.write_bytes(b"\xff\xfe\x00 colours")
    assert load_settings(places) == Settings()


@pytest.mark.parametrize("text", ["text_size = " + "9" * 5000, "a = " + "[" * 5000, "a = 2026-13-45", "\0", "["])
def test_settings_that_somebody_damaged_never_stand_in_the_way(text: str) -> None:
    assert read_settings(text) == Settings()


def test_an_editor_that_puts_its_mark_in_front_loses_no_setting(tmp_path: Path) -> None:
    places = Places(home=tmp_path)
    places.settings.write_bytes(b"\xef\xbb\xbf" + write_settings(Settings(has_vault=True)).encode())
    assert load_settings(places).has_vault


def test_every_setting_is_written_for_a_person_to_change() -> None:
    text = write_settings(Settings())
    assert all(f"\n{field.name} = " in text for field in fields(Settings) if field.name != "shortcuts")
