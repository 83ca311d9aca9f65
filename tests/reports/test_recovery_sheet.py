"""The recovery sheet holds the key so that it can be typed again, on one page, the same bytes every time."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from fieldkit.kernel.errors import Mistake, Trouble
from fieldkit.reports.html import to_html
from fieldkit.reports.pdf import to_pdf
from fieldkit.reports.plain import to_plain
from fieldkit.reports.recovery_sheet import ALPHABET, RecoverySheet, compose, key_groups
from fieldkit.reports.save import save

KEY = "7K3QW-90XYZ-ABCDE-F1GH2-JKMN3-PQRS4-TVWX5-Z6789"
SHEET = RecoverySheet(key=KEY, vault="0197f3c2-8d1e-7a52-9b1c-3f5e7a9d2c10", made_on=date(2026, 11, 12), name="A. Lead")


def drawn(pdf: bytes) -> str:
    """The text-showing operators of all pages, decompressed: enough to compare, not to read."""
    from base64 import a85decode

    found = []
    for body in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(a85decode(body.strip(), adobe=True) if body.strip().endswith(b"~>") else body))
        except (ValueError, zlib.error):
            continue
    return b"\n".join(found).decode("latin-1")


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b(?!s)", pdf))


def test_the_same_sheet_is_the_same_bytes() -> None:
    assert to_pdf(compose(SHEET)) == to_pdf(compose(SHEET))


def test_another_key_is_another_page() -> None:
    other = replace(SHEET, key=KEY.replace("7", "8"))
    assert to_pdf(compose(SHEET)) != to_pdf(compose(other))


def test_the_sheet_is_one_page_even_with_a_long_name() -> None:
    assert pages(to_pdf(compose(replace(SHEET, name="Bartholomew Featherstonehaugh-Cholmondeley " * 3)))) == 1


def test_title_and_language_are_told_to_the_readers_program() -> None:
    pdf = to_pdf(compose(SHEET))
    assert b"/Title (Recovery sheet)" in pdf
    assert b"/Lang (en-GB)" in pdf


def test_the_key_stands_in_numbered_groups_on_paper() -> None:
    text = to_plain(compose(SHEET))
    assert [f"{n}: {group}" in text for n, group in enumerate(KEY.split("-"), 1)] == [True] * 8


def test_a_screen_reader_spells_each_group() -> None:
    page = to_html(compose(SHEET))
    assert 'aria-label="Group 1: 7 K 3 Q W"' in page
    assert '<html lang="en-GB">' in page


def test_every_letter_of_the_key_is_drawn_in_order_after_its_groups_number() -> None:
    letters = "".join(re.findall(r"\((\w)\) Tj", drawn(to_pdf(compose(SHEET)))))
    assert "".join(f"{n}{group}" for n, group in enumerate(KEY.split("-"), 1)) in letters


@pytest.mark.parametrize("typed", [KEY.lower(), KEY.replace("-", " "), KEY.replace("-", "")])
def test_a_key_is_read_however_it_is_written(typed: str) -> None:
    assert key_groups(typed) == tuple(KEY.split("-"))


def test_a_key_of_another_length_is_no_key() -> None:
    with pytest.raises(Mistake) as raised:
        key_groups(KEY[:-1])
    assert (raised.value.code, raised.value.details["length"]) == ("vault.recovery_key_length", 39)


def test_no_letter_of_the_alphabet_can_be_read_two_ways() -> None:
    assert len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


def test_a_practice_sheet_says_so_at_the_top() -> None:
    assert "not a real vault" in to_plain(compose(replace(SHEET, is_practice=True))).splitlines()[0]


@pytest.mark.parametrize(("name", "start"), [("a.pdf", b"%PDF-"), ("a.html", b"<!doctype"), ("a.txt", b"FieldKit")])
def test_a_saved_sheet_is_private_and_of_the_kind_its_name_says(tmp_path: Path, name: str, start: bytes) -> None:
    save(compose(SHEET), tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(start)
    assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_sheet_that_cannot_be_written_says_where(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as raised:
        save(compose(SHEET), tmp_path / "missing" / "sheet.pdf")
    assert raised.value.code == "report.not_written", "what it is about is said by who knows: sheet, guide or report"
    assert list(tmp_path.iterdir()) == []
