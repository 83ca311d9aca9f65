"""Word documents: real styles, lists that begin at 1, tables with their header, the same bytes for the same words."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from fieldkit.reports.blocks import Document, Drawing, Heading, KeyFacts, Paragraph, Points, Steps, Table
from fieldkit.reports.html import to_html
from fieldkit.reports.pdf import to_pdf
from fieldkit.reports.picture import Anchor, Cells, Picture, Shape, Stroke, Tone, Words
from fieldkit.reports.plain import to_plain
from fieldkit.reports.word import to_word
from tests.reports.test_setters import DOCUMENT, SHARP

PICTURE = Picture(
    width=900, height=80, text="Two services, one wait", pinned=60, cuts=(480.0,),
    marks=(
        Words(x=4, y=40, text="GP & trust", bold=True), Stroke(x1=60, y1=40, x2=880, y2=40, arrow=True),
        Shape(points=((450, 20), (500, 20), (500, 60), (450, 60)), fill=Tone.WASH),
        Shape(points=((700, 20), (740, 60)), round=True), Words(x=720, y=75, text="day 9", anchor=Anchor.MIDDLE),
        Cells(x=100, y=10, cell=2, rows=((True, False), (True, True))),
    ),
)  # fmt: skip


def _read(document: Document) -> docx.document.Document:
    return docx.Document(io.BytesIO(to_word(document)))


def test_headings_title_language_and_foot_are_what_word_knows_them_as() -> None:
    word = _read(replace(DOCUMENT, blocks=(*DOCUMENT.blocks, Heading(text="Deeper", level=3))))
    named = [(one.style.name, one.text) for one in word.paragraphs if one.style and "Heading" in one.style.name]
    assert named == [("Heading 1", SHARP), ("Heading 2", SHARP), ("Heading 2", "Everywhere"), ("Heading 3", "Deeper")]
    facts = word.core_properties
    assert (facts.title, facts.language, facts.author) == (SHARP, "en-GB", "FieldKit")
    below = word.sections[0].footer._element
    assert SHARP in "".join(one.text or "" for one in below.iter(qn("w:t")))
    assert [one.text.strip() for one in below.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


def test_each_numbered_list_begins_at_one() -> None:
    word = _read(Document(title="T", blocks=(Steps(steps=("a", "b")), Paragraph(text="then"), Steps(steps=("c",)))))
    numbers = [one.get(qn("w:val")) for one in word.element.body.iter(qn("w:numId"))]
    assert numbers[0] == numbers[1] != numbers[2]


def test_the_header_of_a_table_is_said_on_each_page_and_long_rows_may_go_over_one() -> None:
    rows = (("short", "words"), ("long", "word " * 500))
    table = _read(Document(title="T", blocks=(Table(header=("A", "B"), rows=rows),))).tables[0]
    kinds = [
        {part.tag.rpartition("}")[2] for part in row._tr.iterchildren(qn("w:trPr")) for part in part}
        for row in table.rows
    ]
    assert kinds == [{"cantSplit", "tblHeader"}, {"cantSplit"}, set()]
    assert table.rows[2].cells[1].text == rows[1][1]


def test_a_drawing_is_shapes_with_its_words_and_wide_ones_are_cut_at_their_places() -> None:
    word = _read(Document(title="T", blocks=(Drawing(title="The pathway", picture=PICTURE),)))
    groups = [one for one in word.element.body.iter() if one.tag.endswith("}wgp")]
    told = [one.get("descr") for one in word.element.body.iter(qn("wp:docPr"))]
    assert (len(groups), told) == (2, ["Two services, one wait"] * 2)
    said = [[one.text for one in group.iter(qn("w:t"))] for group in groups]
    assert [words[0] for words in said] == ["GP & trust"] * 2  # the rows' names stand before each piece
    assert sum("day 9" in words for words in said) == 1


def test_the_same_document_gives_the_same_bytes_and_no_hour() -> None:
    data = to_word(DOCUMENT)
    assert data == to_word(DOCUMENT)
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        assert {one.date_time[0] for one in found.infolist()} == {1980}
        assert b"dcterms" not in found.read("docProps/core.xml").replace(b"xmlns:dcterms", b"")


@pytest.mark.parametrize("words", ["bell \x07 and \ufffe", "two\nlines\ttab", "👩‍⚕️ e\u0301 \u202eright", ""])
def test_no_words_make_a_file_that_word_cannot_open(words: str) -> None:
    word = _read(Document(title="T", blocks=(Paragraph(text=words),)))
    assert word.paragraphs[1].text.replace("\N{REPLACEMENT CHARACTER}", "") == words.translate({7: None, 0xFFFE: None})


def test_a_marking_stands_at_the_head_and_the_foot_of_every_page_in_every_medium() -> None:
    marked = replace(DOCUMENT, marking="OFFICIAL-SENSITIVE", blocks=DOCUMENT.blocks * 12)
    with pypdfium2.PdfDocument(to_pdf(marked)) as found:
        pages = [page.get_textpage().get_text_bounded() for page in found]
    assert len(pages) > 3
    assert all(page.count("OFFICIAL-SENSITIVE") == 2 for page in pages)
    section = _read(marked).sections[0]
    parts = [[one.text for one in part.paragraphs] for part in (section.header, section.footer)]
    assert parts[0] == ["OFFICIAL-SENSITIVE"]
    assert parts[1][-1] == "OFFICIAL-SENSITIVE"
    assert SHARP in parts[1][0]
    assert to_html(marked).count(">OFFICIAL-SENSITIVE<") == to_plain(marked).count("OFFICIAL-SENSITIVE") == 2
    assert to_html(marked).count('content:"OFFICIAL-SENSITIVE"') == 2  # on each sheet, where a browser prints it
    assert b"OFFICIAL" not in to_html(DOCUMENT).encode()


def test_points_have_a_dash_of_their_own_font_and_no_sign_of_one_that_may_be_missing() -> None:
    word = _read(Document(title="T", blocks=(Points(points=("one",)),)))
    numbers, point = word.part.numbering_part.element, word.styles["List Bullet"].element.pPr.numPr.numId.val
    (abstract,) = numbers.xpath(f"./w:num[@w:numId='{point}']/w:abstractNumId/@w:val")
    (level,) = numbers.xpath(f"./w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl[@w:ilvl='0']")
    assert level.find(qn("w:lvlText")).get(qn("w:val")) == "–"
    assert {one.get(qn("w:ascii")) for one in level.iter(qn("w:rFonts"))} == {"Arial"}


def test_short_facts_stay_on_one_page_and_a_form_has_lines_between_its_columns() -> None:
    facts = KeyFacts(facts=(("Who", "P1"), ("Where", "Ward"), ("When", "Noon")))
    table = Table(header=("A", "B"), rows=(("", ""),), room=14)
    first, form = _read(Document(title="T", blocks=(facts, table))).tables
    assert [bool(row._tr.xpath(".//w:keepNext")) for row in first.rows] == [True, True, False]
    assert form._tbl.xpath("./w:tblPr/w:tblBorders/w:insideV")
    assert not first._tbl.xpath("./w:tblPr/w:tblBorders/w:insideV")
