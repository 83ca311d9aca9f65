"""Tables over many pages: each row once and in order, the header at the top of each page, a row higher than a page."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.reports.blocks import Document, Paragraph, Table
from fieldkit.reports.pdf import to_pdf


def _pages(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def _table(sizes: Sequence[int]) -> Document:
    rows = tuple((f"row{at}.", "word " * size) for at, size in enumerate(sizes))
    return Document(title="T", blocks=(Table(header=("Number", "Words"), rows=rows, widths=(1, 5)),))


@settings(max_examples=15)
@given(st.lists(st.sampled_from((0, 1, 40, 400, 2_500)), max_size=12), st.integers(0, 70))
def test_each_row_stands_once_and_in_order_below_the_header_of_its_page(sizes: list[int], before: int) -> None:
    document = _table(sizes)
    lines = tuple(Paragraph(text="line") for _ in range(before))
    pages = _pages(to_pdf(Document(title="T", blocks=(*lines, *document.blocks))))
    said = "\n".join(pages)
    assert re.findall(r"row(\d+)\.", said) == [str(at) for at in range(len(sizes))]
    assert said.count("word") == sum(sizes)
    assert all("Number" in page for page in pages if "row" in page)


def test_the_pages_are_told_as_they_are_begun_and_the_making_can_be_ended() -> None:
    document, told = _table([40] * 200), list[int]()
    to_pdf(document, told.append)
    assert told == list(range(1, len(_pages(to_pdf(document))) + 1))

    def stop(page: int) -> None:
        if page == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        to_pdf(document, stop)


@pytest.mark.parametrize("words", [1, 40])
def test_the_last_row_stands_alone_on_no_page(words: int) -> None:
    for count in range(2, 45):
        pages = _pages(to_pdf(_table([words] * count)))
        assert len(re.findall(r"row\d+\.", pages[-1])) != 1, count
