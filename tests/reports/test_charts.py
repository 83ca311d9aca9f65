"""Charts tell all they show in words: every cell by word and number, a figure's place by its sum and the bands."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from fieldkit.domain.coverage import Count, Place, coverage_of
from fieldkit.domain.marks import Mark
from fieldkit.domain.scoring import work_out
from fieldkit.frameworks.library import Library
from fieldkit.reports.blocks import Document, Drawing
from fieldkit.reports.charts import band_scale, heat_map, heat_words
from fieldkit.reports.html import to_html
from fieldkit.reports.pdf import to_pdf
from fieldkit.reports.picture import Picture, Stroke, Words
from fieldkit.reports.word import to_word

ICS = Library().load("ics", "2023.1")
LOCAL = Library().load("local-authority", "2023.1")


def _said(picture: Picture) -> list[str]:
    return [mark.text for mark in picture.marks if isinstance(mark, Words)]


def _counts(places: Iterable[tuple[Place, int]]) -> dict[Place, Count]:
    return {place: Count(items=number, sources=number, activities=number) for place, number in places}


def test_each_cell_has_its_word_and_number_and_a_mark_that_needs_no_colour() -> None:
    first, second = ICS.statements[0].id, ICS.statements[1].id
    categories = [one.id for one in ICS.categories]
    counts = _counts([((first, categories[0]), 1), ((first, categories[1]), 3), ((second, categories[0]), 6)])
    coverage = coverage_of(ICS, counts)
    picture = heat_map(ICS, coverage)
    said = _said(picture)
    assert {"Thin 1", "Enough 3", "Strong 6", "Gap 0"} <= set(said)
    bars = [mark for mark in picture.marks if isinstance(mark, Stroke)]
    assert len(bars) == 1 + 2 + 3
    assert picture.text == heat_words(coverage)
    assert f"2 of {coverage.needed} needed cells have enough evidence" in picture.text


@given(st.lists(st.integers(1, 4), min_size=9, max_size=9))
def test_a_figure_stands_in_its_own_band(scores: list[int]) -> None:
    marks = [Mark(subject=one.id, value=value) for one, value in zip(LOCAL.statements, scores, strict=True)]
    overall = work_out(LOCAL, marks).overall
    assert overall is not None
    assert overall.reading is not None
    assert overall.reading.band is not None
    picture = band_scale(LOCAL.method, overall, "Overall")
    assert picture is not None
    assert (
        f"{sum(scores)}/36, {overall.reading.whole_percent}%, provisionally {overall.reading.band.label}"
        in picture.text
    )
    line = next(mark for mark in picture.marks if isinstance(mark, Stroke))
    assert 0 <= line.x1 <= picture.width


def test_nothing_is_drawn_before_everything_is_scored() -> None:
    overall = work_out(LOCAL, [Mark(subject=LOCAL.statements[0].id, value=3)]).overall
    assert overall is not None
    assert band_scale(LOCAL.method, overall, "Overall") is None


def test_charts_are_set_in_every_medium() -> None:
    document = Document(title="T", blocks=(Drawing(title="Coverage", picture=heat_map(ICS, coverage_of(ICS, {}))),))
    assert to_pdf(document).startswith(b"%PDF")
    assert 'role="img"' in to_html(document)
    assert to_word(document)[:2] == b"PK"


def test_a_drawing_fills_the_column_of_a_web_page_and_is_never_wider_on_paper() -> None:
    page = to_html(
        Document(title="T", blocks=(Drawing(title="D", picture=Picture(width=480, height=100, marks=(), text="x")),))
    )
    assert 'width="960" height="200" viewBox="0 0 480 100"' in page
    wide = to_html(
        Document(title="T", blocks=(Drawing(title="D", picture=Picture(width=1200, height=90, marks=(), text="x")),))
    )
    assert 'width="1200" height="90" viewBox="0 0 1200 90"' in wide
    assert "svg{max-width:100%;height:auto}" in page.partition("@media print")[2]


def test_no_words_leave_their_cell_whatever_font_the_reader_has() -> None:
    """A fallback font may be a sixth wider than ours: words that nearly fill their room are held to it."""
    full, short = "Enough 12", "Gap 0"
    marks = (Words(x=0, y=8, text=full, size=7, room=34), Words(x=0, y=20, text=short, size=7, room=34))
    page = to_html(
        Document(title="T", blocks=(Drawing(title="D", picture=Picture(width=80, height=30, marks=marks, text="x")),))
    )
    assert f'textLength="33.4" lengthAdjust="spacingAndGlyphs">{full}<' in page
    assert f">{short}<" in page
    assert page.count("textLength") == 1
    cells = [mark for mark in heat_map(ICS, coverage_of(ICS, {})).marks if isinstance(mark, Words)]
    gaps = [mark for mark in cells if mark.text == "Gap 0"]
    assert gaps
    assert all(mark.within and not mark.room for mark in gaps), "held to its cell, and never cut"
