"""Colours contrast, in every theme, for every pair that the screens put together."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor, QPalette

from resources import path, read_text
from ui.qt.palette import build_palette
from ui.qt.stylesheet import style_sheet, system_style_sheet
from ui.qt.tokens import Density, ThemeName, contrast, pairs, text_scales, tokens, type_roles

_PAIRS = [(theme, kind, *pair) for theme in ThemeName for kind in ("text", "marks") for pair in pairs(kind, theme)]


@pytest.mark.parametrize(("theme", "kind", "one", "other"), _PAIRS)
def test_a_pair_contrasts(theme: ThemeName, kind: str, one: str, other: str) -> None:
    colours = tokens(theme)
    assert contrast(colours[one], colours[other]) >= (4.5 if kind == "text" else 3.0)


@pytest.mark.parametrize("theme", list(ThemeName))
def test_one_of_the_two_ring_colours_stands_out_on_every_colour(theme: ThemeName) -> None:
    colours = tokens(theme)
    for name, colour in colours.colours.items():
        assert max(contrast(colours[ring], colour) for ring in ("focusOuter", "focusInner")) >= 3.0, name


def test_the_themes_have_the_same_tokens() -> None:
    assert len({frozenset(tokens(theme).colours) for theme in ThemeName}) == 1


def test_contrast_agrees_with_the_published_extremes() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#FFFFFF", "#767676") == pytest.approx(4.54, abs=0.01)
    assert contrast("#1A65A6", "#1A65A6") == 1.0


@pytest.mark.parametrize("theme", list(ThemeName))
def test_the_palette_is_the_same_in_an_inactive_window_and_readable_when_disabled(theme: ThemeName) -> None:
    palette = build_palette(tokens(theme))
    group, role = QPalette.ColorGroup, QPalette.ColorRole
    for each in role:
        if each not in (role.NColorRoles, role.NoRole):
            assert palette.color(group.Active, each) == palette.color(group.Inactive, each)
    words, fill = palette.color(group.Disabled, role.Text), palette.color(group.Disabled, role.Base)
    assert contrast(words.name(), fill.name()) >= 4.5
    assert words != palette.color(group.Active, role.Text)
    assert palette.color(group.Active, role.PlaceholderText) == QColor(tokens(theme)["placeholder"])


@pytest.mark.parametrize("theme", list(ThemeName))
@pytest.mark.parametrize("density", list(Density))
def test_the_sheet_has_no_font_no_gap_and_only_marks_that_exist(theme: ThemeName, density: Density) -> None:
    sheet = style_sheet(tokens(theme), density)
    assert "@" not in sheet
    assert not re.search(r"font\b|font-size|font-family", sheet)
    used = re.findall(r"url\(([^)]+)\)", sheet)
    assert len(used) >= 5
    for file in used:
        assert path("style", "marks", file.rsplit("/", 1)[1]).is_file()


@pytest.mark.parametrize("is_dark", [False, True])
def test_a_contrast_theme_of_the_system_keeps_its_own_colours(is_dark: bool) -> None:
    sheet = system_style_sheet(Density.COMFORTABLE, is_dark=is_dark)
    assert "@" not in sheet
    assert "#" not in sheet
    assert "palette(" in sheet


def test_no_word_is_smaller_than_ten_points() -> None:
    assert min(role.size for role in type_roles().values()) == 10
    assert text_scales() == (100, 115, 130, 150, 175, 200)


def test_every_word_of_the_long_list_is_different_and_typable() -> None:
    words = read_text("words", "large.txt").split()
    assert len(words) == len(set(words)) == 7776
    assert all(re.fullmatch(r"[a-z]{3,9}|[a-z]{1,4}-[a-z]{2,5}", word) for word in words)


def test_the_deny_list_is_written_as_it_is_compared() -> None:
    lines = read_text("words", "common.txt").splitlines()
    assert lines == sorted(set(lines))
    assert all(re.fullmatch(r"[a-z0-9]{6,}", line) for line in lines)


@pytest.mark.parametrize("folder", ["fonts", "icons", "words"])
def test_shipped_data_has_its_licence_beside_it(folder: str) -> None:
    assert len(read_text(folder, "LICENSE.txt")) > 200
