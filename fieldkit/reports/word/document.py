"""A whole document as the bytes of a DOCX file; the same document gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING, Any, BinaryIO

from fieldkit.reports.blocks import Document

if TYPE_CHECKING:
    from fieldkit.reports.word.flow import Flow

_MARGIN_MM, _FOOT_MM = 20, 11
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of each file in the package: the hour at which it was made would make it another file."""


_BODY, _NUMBERS = "word/document.xml", "word/numbering.xml"


def to_word(document: Document) -> bytes:
    """The document as DOCX, A4, with title, language, foot line and page numbers."""
    made = io.BytesIO()
    write_word(document, made)
    return made.getvalue()


def write_word(document: Document, target: BinaryIO, begun: Callable[[int], None] | None = None) -> None:
    """The same into a file, a row of a table at a time: as one tree 1,500 pages take 240 MiB.

    ``begun`` is told 0 with every piece; what it raises ends the making.
    """
    import docx

    from fieldkit.reports.word import style

    word = docx.Document()
    style.put_on(word, document.lang)
    _say_what_it_is(word, document)
    body = word.element.body
    for one in list(body):
        if one is not body.sectPr:
            body.remove(one)
    _lay_out(word, document)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in _parts(word).items():
            if name not in (_BODY, _NUMBERS):
                package.writestr(_entry(name), data)
        with package.open(_entry(_BODY), "w") as file:
            _write_body(word, document, file, begun)
        package.writestr(_entry(_NUMBERS), _parts(word)[_NUMBERS])  # last: each list of the body adds a numbering


def _write_body(word: Any, document: Document, file: IO[bytes], begun: Callable[[int], None] | None) -> None:
    from lxml import etree

    from fieldkit.reports.word.flow import Flow, Long

    root, body = word.element, word.element.body
    with etree.xmlfile(file, encoding="UTF-8") as writer:
        writer.write_declaration(standalone=True)
        with writer.element(root.tag, root.attrib, root.nsmap), writer.element(body.tag):
            for one in _pieces(Flow(word), document):
                if begun is not None:
                    begun(0)
                if isinstance(one, Long):
                    with writer.element(one.table.tag):
                        for part in list(one.table):
                            writer.write(part)
                        for row in one.rows:
                            if begun is not None:
                                begun(0)
                            writer.write(row)
                else:
                    writer.write(one)
            writer.write(body.sectPr)


def _pieces(flow: Flow, document: Document) -> Iterator[Any]:
    from fieldkit.reports.word import style

    if document.kicker:
        yield flow.text(document.kicker, style.KICKER)
    yield flow.text(document.title, style.HEADINGS[0])
    for block in document.blocks:
        yield from flow.of(block)


def _parts(word: Any) -> dict[str, bytes]:
    made = io.BytesIO()
    word.save(made)
    with zipfile.ZipFile(made) as found:
        return {one: found.read(one) for one in found.namelist()}


def _entry(name: str) -> zipfile.ZipInfo:
    facts = zipfile.ZipInfo(name, _LONG_AGO)
    facts.compress_type, facts.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    return facts


def _say_what_it_is(word: Any, document: Document) -> None:
    facts = word.core_properties
    facts.title, facts.author, facts.language = document.title, document.author, document.lang
    facts.subject, facts.comments, facts.last_modified_by, facts.revision = document.kicker, "", document.author, 1
    for one in list(facts._element):  # when it was made is not a fact of what it tells
        if one.tag.rpartition("}")[2] in ("created", "modified", "lastPrinted"):
            facts._element.remove(one)


def _lay_out(word: Any, document: Document) -> None:
    from docx.shared import Mm

    from fieldkit.reports.word import style
    from fieldkit.reports.word.flow import WIDTH, foot
    from fieldkit.reports.word.xml import field, runs

    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(_MARGIN_MM)
    page.footer_distance = Mm(_FOOT_MM)
    if document.marking:
        _mark(word, document.marking)
    number = [*runs("Page "), *field("PAGE"), *runs(" of "), *field("NUMPAGES")]
    line = foot(document.footer, style.style_id(word, style.FOOT), WIDTH, number)
    below = page.footer._element
    for one in list(below) if not document.marking else ():
        below.remove(one)
    below.insert(0, line)


def _mark(word: Any, marking: str) -> None:
    """In the middle of the head and of the foot of every page; the foot's own line stands above it."""
    from fieldkit.reports.word import style
    from fieldkit.reports.word.xml import element, paragraph

    name = style.style_id(word, style.STRONG)
    page = word.sections[0]
    for part in (page.header, page.footer):
        inside = part._element
        for one in list(inside):
            inside.remove(one)
        inside.append(paragraph(marking, name, element("w:jc", val="center")))
