"""No heading stands alone at the foot of a page; each page says which of how many it is, and its foot is readable."""

from __future__ import annotations

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.reports.blocks import (
    Block,
    Document,
    Drawing,
    Heading,
    KeyFacts,
    KeyList,
    Note,
    Paragraph,
    Points,
    Steps,
    Table,
)
from fieldkit.reports.pdf import to_pdf
from fieldkit.reports.picture import Picture, Words

FOOT = "Provisional"


def _lines(data: bytes) -> list[list[str]]:
    """The lines of each page from its head to its foot, without marking and foot line."""
    with pypdfium2.PdfDocument(data) as document:
        pages = [page.get_textpage().get_text_bounded().splitlines() for page in document]
    return [[one.strip() for one in page if one.strip() and not one.startswith(("Page ", FOOT))] for page in pages]


def _picture(width: float, height: float) -> Picture:
    marks = tuple(Words(x=x, y=height - 4, text="drawn") for x in range(0, int(width), 60))
    return Picture(width=width, height=height, marks=marks, text="drawn")


_LONG = "word " * 120
_BODIES: tuple[Block, ...] = (
    Paragraph(text="word"),
    Paragraph(text=_LONG),
    Paragraph(text="In short", strong=True),
    KeyFacts(facts=(("Who", "P1"), ("Where", _LONG))),
    Table(header=("A", "B"), rows=((_LONG, "x"), ("y", "z")), caption="Head of a table"),
    Table(header=("A", "B"), rows=(("w " * 4_000, "x"),)),
    Table(header=("A",), rows=(("x",), ("y",)), room=9),
    Note(title="Remark", text=_LONG),
    Steps(steps=(_LONG, "two")),
    Points(points=("word",)),
    Drawing(title="Head of a drawing", picture=_picture(300, 200)),
    Drawing(title="Head of a wide drawing", picture=_picture(2_000, 600)),
)


@settings(max_examples=40)
@given(st.lists(st.sampled_from(_BODIES), min_size=1, max_size=9), st.integers(0, 45))
def test_no_page_ends_with_a_heading(bodies: list[Block], before: int) -> None:
    blocks: list[Block] = [Paragraph(text="line")] * before
    for at, body in enumerate(bodies):
        blocks += [Heading(text=f"Head {at}"), Heading(text=f"Head below {at}", level=3), body]
    pages = _lines(to_pdf(Document(title="T", blocks=tuple(blocks), footer=FOOT)))
    assert all(pages)
    assert [page for page in pages if page[-1].startswith("Head")] == []


_SHORT: tuple[Block, ...] = (
    KeyFacts(facts=(("Who", "P1"), ("Where", "Ward"), ("When", "Noon"), ("Ends", "here"))),
    Table(header=("Who", "B"), rows=(("x", "x"), ("y", "y"), ("ends", "here"))),
)


@pytest.mark.parametrize("body", _SHORT, ids=("facts", "table"))
@pytest.mark.parametrize("before", range(20, 46))
def test_what_is_short_is_not_parted(body: Block, before: int) -> None:
    lines: list[Block] = [Paragraph(text="line")] * before
    pages = _lines(to_pdf(Document(title="T", blocks=(*lines, body), footer=FOOT)))
    found = [{"Who" in " ".join(page), "here" in " ".join(page)} for page in pages]
    assert {True, False} not in found


@pytest.mark.parametrize("before", range(20, 46))
def test_one_line_below_a_heading_stays_with_what_it_leads_to(before: int) -> None:
    lines: list[Block] = [Paragraph(text="line")] * before
    table = Table(header=("One head", "Other head"), rows=(("some words", "other words"),) * 30)
    blocks = (*lines, Heading(text="Head"), Paragraph(text="Times are local."), table)
    pages = _lines(to_pdf(Document(title="T", blocks=blocks, footer=FOOT)))
    assert [page for page in pages if page[-1].startswith(("Head", "Times"))] == []


def test_a_heading_of_a_narrow_column_goes_into_the_next_with_its_rows() -> None:
    keys = tuple(KeyList(title=f"Head {at}", rows=(("F1", "word"),) * 12) for at in range(9))
    pages = _lines(to_pdf(Document(title="T", blocks=keys, footer=FOOT, is_sheet=True)))
    for page in pages:
        assert not page[-1].startswith("Head")


def test_each_page_says_which_of_how_many_it_is() -> None:
    rows = tuple(("word", "word") for _ in range(500))
    document = Document(title="T", blocks=(Table(header=("A", "B"), rows=rows),))
    data = to_pdf(document)
    with pypdfium2.PdfDocument(data) as found:
        said = [page.get_textpage().get_text_bounded() for page in found]
    assert len(said) > 9
    assert all(f"Page {at} of {len(said)}" in words for at, words in enumerate(said, 1))
    assert to_pdf(document) == data


@pytest.mark.parametrize(
    "footer", ["Provisional · " + " · ".join(["one of several facts"] * 9), "Provisional " + "word " * 60, "x" * 400]
)
def test_a_long_foot_never_reaches_the_number_of_the_page(footer: str) -> None:
    with pypdfium2.PdfDocument(to_pdf(Document(title="T", blocks=(Paragraph(text="."),), footer=footer))) as found:
        text = found[0].get_textpage()
        right = text.get_text_bounded(left=539 - 82, right=560, bottom=0, top=50).strip()
        left = text.get_text_bounded(left=0, right=539 - 82, bottom=0, top=50).split()
    assert right == "Page 1 of 1"
    assert left[0] == footer.split(maxsplit=1)[0] or left[0].startswith("xxx")
