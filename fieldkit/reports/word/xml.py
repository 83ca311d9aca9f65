"""WordprocessingML by hand where python-docx has no call, or is too slow: 10,000 rows of a table take it a minute."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold at all (section 2.2); a note may: it was pasted from anywhere."""

Element = Any
"""lxml's own type is not public."""


def element(name: str, /, *inner: Element, **attributes: object) -> Element:
    """``element("w:jc", val="left")``: attributes in the name's own namespace, children in order."""
    made = OxmlElement(name)
    space = name.partition(":")[0]
    for key, value in attributes.items():
        made.set(qn(f"{space}:{key}"), str(value))
    for one in inner:
        made.append(one)
    return made


def paragraph(words: str, style: str, *more: Element, bold: bool = False) -> Element:
    """A paragraph of plain words; line breaks stay. ``more`` are properties of the paragraph, in the schema's order."""
    properties = element("w:pPr", element("w:pStyle", val=style), *more)
    return element("w:p", properties, *runs(words, bold=bold))


def runs(words: str, *, bold: bool = False) -> list[Element]:
    """Words as one run; a tab or a line's end is its own element."""
    if not words:
        return []
    run = element("w:r")
    if bold:
        run.append(element("w:rPr", element("w:b")))
    for at, line in enumerate(_NOT_XML.sub("\N{REPLACEMENT CHARACTER}", words).splitlines() or [""]):
        if at:
            run.append(element("w:br"))
        said = element("w:t")
        said.text = line
        said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(said)
    return [run]


def field(code: str) -> list[Element]:
    """A field that Word works out itself, as the number of the page."""
    inner = element("w:instrText")
    inner.text = f" {code} "
    shown = element("w:t")
    shown.text = "1"
    return [
        element("w:r", element("w:fldChar", fldCharType="begin")), element("w:r", inner),
        element("w:r", element("w:fldChar", fldCharType="separate")), element("w:r", shown),
        element("w:r", element("w:fldChar", fldCharType="end")),
    ]  # fmt: skip
