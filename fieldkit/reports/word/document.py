"""A whole document as the bytes of a DOCX file; the same document gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from fieldkit.reports.blocks import Document

_MARGIN_MM, _FOOT_MM = 20, 11
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of each file in the package: the hour at which it was made would make it another file."""


def to_word(document: Document) -> bytes:
    """The document as DOCX, A4, with title, language, foot line and page numbers."""
    import docx

    from fieldkit.reports.word import style
    from fieldkit.reports.word.flow import Flow

    word = docx.Document()
    style.put_on(word, document.lang)
    _say_what_it_is(word, document)
    body = word.element.body
    end = body.sectPr
    for one in list(body):
        if one is not end:
            body.remove(one)
    _lay_out(word, document)
    flow = Flow(word)
    if document.kicker:
        end.addprevious(flow.text(document.kicker, style.KICKER))
    end.addprevious(flow.text(document.title, style.HEADINGS[0]))
    for block in document.blocks:
        for one in flow.of(block):
            end.addprevious(one)
    made = io.BytesIO()
    word.save(made)
    return _without_time(made.getvalue())


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


def _without_time(data: bytes) -> bytes:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as found,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for one in found.infolist():
            facts = zipfile.ZipInfo(one.filename, _LONG_AGO)
            facts.compress_type, facts.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(facts, found.read(one.filename))
    return made.getvalue()
