"""The styles of a Word document: those of print (``fieldkit.reports.pdf.style``) in a font that every Word has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from fieldkit.reports.word.xml import element

FONT = "Arial"
INK, SOFT_INK, ACCENT = "1B2430", "44525F", "0B5A6B"
LINE, WASH = "9AA7B2", "EEF4F6"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A paragraph's look; ``size``, ``leading``, ``before`` and ``after`` in points."""

    name: str
    based_on: str = ""
    size: float = 10.5
    leading: float = 15
    before: float = 0
    after: float = 7.4
    ink: str = INK
    bold: bool = False
    keep_with_next: bool = False


BODY, STRONG, CELL, CELL_HEAD = "Normal", "FieldKit Strong", "FieldKit Cell", "FieldKit Cell Head"
LABEL, KICKER, NOTE, NOTE_TITLE = "FieldKit Label", "FieldKit Kicker", "FieldKit Note", "FieldKit Note Title"
BULLET, NUMBER, CAPTION, CODE, FOOT = "List Bullet", "List Number", "Caption", "FieldKit Code", "Footer"
HEADINGS = ("Heading 1", "Heading 2", "Heading 3")

_SHAPES = (
    Shape(name=BODY),
    Shape(name=STRONG, based_on=BODY, bold=True),
    Shape(name=CELL, based_on=BODY, size=9.5, leading=13, after=0),
    Shape(name=CELL_HEAD, based_on=CELL, size=9.5, leading=13, after=0, bold=True),
    Shape(name=LABEL, based_on=CELL, size=9.5, leading=13, after=0, ink=SOFT_INK),
    Shape(name=KICKER, based_on=BODY, size=10, after=2.8, ink=ACCENT, bold=True),
    Shape(name=NOTE_TITLE, based_on=BODY, size=9.5, leading=13, before=7, after=0, bold=True, keep_with_next=True),
    Shape(name=NOTE, based_on=BODY, size=9.5, leading=13, after=8),
    Shape(name=CODE, based_on=BODY, size=14, leading=20, after=0),
    Shape(name=BULLET, based_on=BODY),
    Shape(name=NUMBER, based_on=BODY),
    Shape(name=CAPTION, based_on=BODY, bold=True, keep_with_next=True),
    Shape(name=FOOT, based_on=BODY, size=8, leading=11, after=0, ink=SOFT_INK),
    Shape(name=HEADINGS[0], size=25, leading=30, after=11, bold=True, keep_with_next=True),
    Shape(name=HEADINGS[1], size=13.5, leading=18, before=11, after=4.5, bold=True, keep_with_next=True),
    Shape(name=HEADINGS[2], size=11, leading=15, before=5.7, after=2.8, bold=True, keep_with_next=True),
)  # fmt: skip


def put_on(word: Any, lang: str) -> None:
    """Give a new document the house's styles and its language; nothing of python-docx's own look stays."""
    for shape in _SHAPES:
        _make(word, shape)
    defaults = word.styles.element.find(qn("w:docDefaults"))
    for one in defaults.iter(qn("w:lang")):
        one.set(qn("w:val"), lang)
    foot = word.styles[FOOT].element.pPr
    if foot.tabs is not None:  # of a page of another size
        foot.remove(foot.tabs)
    _dashes(word)
    _as_word_2013(word)


def _dashes(word: Any) -> None:
    """Points begin as on paper: Word's own dot is a sign of the font Symbol, which is not on every computer."""
    numbers, point = word.part.numbering_part.element, word.styles[BULLET].element.pPr.numPr.numId.val
    (abstract,) = numbers.xpath(f"./w:num[@w:numId='{point}']/w:abstractNumId/@w:val")
    (level,) = numbers.xpath(f"./w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl[@w:ilvl='0']")
    level.find(qn("w:lvlText")).set(qn("w:val"), "–")
    for old in list(level.iter(qn("w:rFonts"))):
        old.getparent().replace(old, element("w:rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, hint="default"))


def _as_word_2013(word: Any) -> None:
    """Without this Word lays out as in 2007, and tables stick out into the margin."""
    settings = word.settings.element
    compat = settings.find(qn("w:compat"))
    if compat is None:
        compat = element("w:compat")
        settings.append(compat)
    for one in list(compat):
        compat.remove(one)
    uri = "http://schemas.microsoft.com/office/word"
    compat.append(element("w:compatSetting", name="compatibilityMode", uri=uri, val=15))


def style_id(word: Any, name: str) -> str:
    """How paragraphs name a style."""
    return str(word.styles[name].style_id)


def _make(word: Any, shape: Shape) -> None:
    known = shape.name in {one.name for one in word.styles}
    style = word.styles[shape.name] if known else word.styles.add_style(shape.name, WD_STYLE_TYPE.PARAGRAPH)
    if shape.based_on:
        style.base_style = word.styles[shape.based_on]
    font, lines = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.italic = FONT, Pt(shape.size), shape.bold, False
    font.color.rgb = RGBColor.from_string(shape.ink)
    fonts = style.element.rPr.rFonts
    for key in list(fonts.attrib):  # a theme's font would win over the one that is named
        del fonts.attrib[key]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    lines.line_spacing, lines.space_before, lines.space_after = Pt(shape.leading), Pt(shape.before), Pt(shape.after)
    lines.keep_with_next = shape.keep_with_next
    style.hidden, style.quick_style = False, True


def boxed() -> list[Any]:
    """The properties of a paragraph in a remark: a bar on its left, a wash behind it."""
    bar = element("w:left", val="single", sz=24, space=8, color=ACCENT)
    return [element("w:pBdr", bar), element("w:shd", val="clear", color="auto", fill=WASH)]
