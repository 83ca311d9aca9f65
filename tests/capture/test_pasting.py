"""Pasting: plain words, nothing lost that is seen, where they came from, and never a freeze."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.capture.pasting import LONGEST, clean, origin_of, read_paste, source_of
from fieldkit.capture.typed_line import TypedLine

_WORD = b'<html xmlns:o="urn:schemas-microsoft-com:office:office"><meta name=Generator content="Microsoft Word 15">'
_EXCEL = b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><meta name=ProgId content=Excel.Sheet>'


@pytest.mark.parametrize(
    ("html", "kinds", "source"),
    [
        (_WORD, (), "Word"), (_EXCEL, (), "Excel"), (b'<div class="gmail_quote">', (), "e-mail"),
        (b"<b id='docs-internal-guid-1'>", (), "Google Docs"), (b"<p>x</p>", (), "a web page"), (b"", (), ""),
        (_WORD.decode().encode("utf-16-le"), (), "Word"), (b"", ("message/rfc822",), "e-mail"),
        (b"\xff\xfe\x00\xd8", (), ""), (b"", ("application/x-openoffice-biff-8",), "a spreadsheet"),
        (b'<meta name="generator" content="LibreOffice 7.4">', (), "LibreOffice"),
    ],
)  # fmt: skip
def test_the_program_is_known_by_what_it_says_of_itself(html: bytes, kinds: tuple[str, ...], source: str) -> None:
    assert source_of(html, kinds) == source


def test_only_what_is_not_seen_is_taken_out() -> None:
    assert clean("dis\u00adcharge\u200b \u2018quoted\u2019 \u201cwords\u201d\r\nnext \t\r\n\r\n\r\n\r\nend\n") == (
        "discharge ‘quoted’ “words”\nnext\n\nend"
    )
    assert clean("A\tB\r\n1\t2\r\n") == "A\tB\n1\t2"
    family = "👩\u200d👩\u200d👧 می\u200cخواهم שלום 10\u00a0mg"
    assert clean(family) == family


@given(st.text(max_size=300))
def test_no_letter_figure_or_sign_is_lost_or_changed(text: str) -> None:
    def seen(one: str) -> str:
        return "".join(char for char in one if char.isprintable() and not char.isspace())

    assert seen(clean(text)) == seen(text)
    assert clean(clean(text)) == clean(text)


def test_five_megabytes_are_cut_at_once_and_counted() -> None:
    begun = time.perf_counter()
    found = read_paste("word " * 1_048_576, _WORD * 50_000)
    assert time.perf_counter() - begun < 0.2
    assert len(found.words) == LONGEST
    assert found.left_out == 5 * 1_048_576 - LONGEST - 1  # a space at the very end is not counted


def test_a_note_says_whether_all_of_it_was_pasted_part_or_changed() -> None:
    assert origin_of((), "typed") == ""
    assert origin_of((("Word", "a  b\n"),), "a b") == "Pasted from Word"
    assert origin_of((("", "a"),), "a") == "Pasted"
    assert origin_of((("Word", "a"), ("Excel", "b")), "and a\nb") == "Typed, with words pasted from Word and Excel"
    assert origin_of((("Word", "all of it"),), "all of") == "Pasted from Word and changed"


def test_what_was_pasted_is_remembered_through_edits_and_drafts_until_the_line_is_empty() -> None:
    line = TypedLine().became("from Word").pasting("Word", "from Word").became("from Word, and more")
    again = TypedLine.from_extra(line.text, line.to_extra())
    assert again.pasted == line.pasted == (("Word", "from Word"),)
    assert line.became("").pasted == ()
    assert line.became("").became("typed").pasted == ()
    assert TypedLine.from_extra("x", '{"pasted": [["Word"]]}') == TypedLine(text="x")
