"""QR codes: drawn as they were encoded, whatever the medium."""

from __future__ import annotations

import re

import pytest

from fieldkit.kernel.errors import Mistake
from fieldkit.reports.blocks import Document, Drawing
from fieldkit.reports.picture import Cells
from fieldkit.reports.qr import MOST_BYTES, QUIET, Strength, encode, in_terminal, picture_of

TEXT = "fieldkit:enrol?code=ABCD-EFGH-JKMN-PQRS&at=https%3A%2F%2Fstore.example"


def test_the_three_finders_stand_in_their_corners() -> None:
    """ISO/IEC 18004 7.3.2: a dark ring of seven round a light one round three dark by three."""
    rows = encode(TEXT).rows
    last = len(rows) - 7
    for down, across in ((0, 0), (0, last), (last, 0)):
        finder = [row[across : across + 7] for row in rows[down : down + 7]]
        assert finder[0] == finder[6] == (True,) * 7
        assert finder[3] == (True, False, True, True, True, False, True)


def test_every_strength_holds_what_it_says_and_not_one_byte_more() -> None:
    for strength, most in MOST_BYTES.items():
        assert len(encode(b"\xff" * most, strength).rows) == 177
        with pytest.raises(Mistake) as told:
            encode(b"\xff" * (most + 1), strength)
        assert told.value.code == "qr.too_long"


def test_the_terminal_shows_exactly_the_cells_inside_a_light_margin() -> None:
    code = encode(TEXT, Strength.LOW)
    upper = {" ": True, "▀": False, "▄": True, "█": False}
    lower = {" ": True, "▀": True, "▄": False, "█": False}
    cells = [[table[block] for block in line] for line in in_terminal(code) for table in (upper, lower)]
    margin = (False,) * QUIET
    shown = [tuple(row) for row in cells[QUIET : QUIET + len(code.rows)]]
    assert shown == [(*margin, *row, *margin) for row in code.rows]
    assert not any(any(row) for row in cells[:QUIET])


def test_bars_cover_the_dark_cells_and_nothing_else() -> None:
    code = encode(TEXT)
    grid = next(mark for mark in picture_of(code, "A code").marks if isinstance(mark, Cells))
    dark = [[False] * len(row) for row in code.rows]
    for left, top, width in grid.bars():
        start, down = round((left - grid.x) / grid.cell), round((top - grid.y) / grid.cell)
        for across in range(start, start + round(width / grid.cell)):
            dark[down][across] = True
    assert [tuple(row) for row in dark] == list(code.rows)


def test_print_and_web_page_draw_it_and_say_what_it_is() -> None:
    from fieldkit.reports.html import to_html
    from fieldkit.reports.pdf.page import to_pdf

    drawing = Drawing(title="Code", picture=picture_of(encode(TEXT), "QR code of the enrolment"))
    document = Document(title="Enrol", kicker="FieldKit", blocks=(drawing,), footer="")
    page = to_html(document)
    assert "QR code of the enrolment" in page
    path = re.search(r'<path d="([^"]+)"', page)
    assert path is not None
    grid = next(mark for mark in drawing.picture.marks if isinstance(mark, Cells))
    assert path[1].count("M") == path[1].count("z") == len(list(grid.bars()))
    assert to_pdf(document).startswith(b"%PDF")
