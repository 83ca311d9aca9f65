"""A picture as Word's own shapes in one group: vectors that can be taken apart, with the picture's words beside them.

A picture file (SVG with a PNG for programs that read none) would be two drawings of one thing, and the second one
blurred. Shapes are what Word 2010 and later, and LibreOffice, draw by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch
from html import escape

from docx.oxml import parse_xml

from fieldkit.reports.picture import Anchor, Cells, Mark, Picture, Shape, Stroke, Tone, Words
from fieldkit.reports.word import style
from fieldkit.reports.word.xml import Element

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_GROUP = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
_POINT = 12_700
"""English Metric Units in a point (ECMA-376 part 1, 20.1.2.1)."""
_TONES = {
    Tone.INK: style.INK, Tone.SOFT: style.SOFT_INK, Tone.LINE: style.LINE, Tone.PAPER: "FFFFFF",
    Tone.WASH: style.WASH, Tone.ACCENT: style.ACCENT, Tone.ALARM: "A8201A",
}  # fmt: skip
_ALIGNED = {Anchor.LEFT: "left", Anchor.MIDDLE: "center", Anchor.RIGHT: "right"}
_A_LETTER = 0.56
"""Of the size, a letter's usual width in Arial."""
_ABOVE, _HIGH = 0.92, 1.3
"""Of the size: what stands above the base line, and a line's height."""


def drawn(picture: Picture, left: float, right: float, room: float, number: int, title: str) -> Element:
    """What lies between ``left`` and ``right``, beside what is pinned, as a run; never wider than ``room`` points."""
    width = picture.pinned + right - left
    scale = min(1.0, room / width)
    pieces = [*_piece(picture, 0.0, picture.pinned, 0.0), *_piece(picture, left, right, picture.pinned - left)]
    shapes = "".join(_shape(mark) for mark in pieces)
    size = f'cx="{_emu(width * scale)}" cy="{_emu(picture.height * scale)}"'
    inner = f'cx="{_emu(width)}" cy="{_emu(picture.height)}"'
    words = f'name="{escape(title)} {number}" title="{escape(title)}" descr="{escape(picture.text)}"'
    return parse_xml(
        f'<w:r {_NAMES}><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" {words}/><a:graphic><a:graphicData uri="{_GROUP}"><wpg:wgp><wpg:cNvGrpSpPr/>'
        f'<wpg:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/><a:chOff x="0" y="0"/><a:chExt {inner}/></a:xfrm>'
        f"</wpg:grpSpPr>{shapes}</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _piece(picture: Picture, left: float, right: float, shift: float) -> Iterator[Mark]:
    """The marks between two places, cut off there, and moved."""
    for mark in picture.marks if right > left else ():
        cut = _cut(mark, left, right, shift)
        if cut is not None:
            yield cut


@singledispatch
def _cut(mark: Mark, left: float, right: float, shift: float) -> Mark | None:
    raise TypeError(f"not a mark: {type(mark).__name__}")


@_cut.register
def _cut_stroke(mark: Stroke, left: float, right: float, shift: float) -> Mark | None:
    ends = sorted(((mark.x1, mark.y1), (mark.x2, mark.y2)))
    if ends[1][0] < left or ends[0][0] > right:
        return None
    slope = (ends[1][1] - ends[0][1]) / (ends[1][0] - ends[0][0] or 1.0)

    def within(x: float, y: float) -> tuple[float, float]:
        kept = min(max(x, left), right)
        return kept + shift, y + slope * (kept - x)

    (x1, y1), (x2, y2) = within(mark.x1, mark.y1), within(mark.x2, mark.y2)
    is_whole = left <= mark.x2 <= right
    return Stroke(
        x1=x1, y1=y1, x2=x2, y2=y2, tone=mark.tone, width=mark.width, dashed=mark.dashed, arrow=mark.arrow and is_whole
    )


@_cut.register
def _cut_shape(mark: Shape, left: float, right: float, shift: float) -> Mark | None:
    start, _, width, _ = mark.box
    if start + width <= left or start >= right:
        return None
    points = tuple((min(max(x, left), right) + shift, y) for x, y in mark.points)
    return Shape(points=points, fill=mark.fill, edge=mark.edge, width=mark.width, dashed=mark.dashed, round=mark.round)


@_cut.register
def _cut_words(mark: Words, left: float, right: float, shift: float) -> Mark | None:
    if not left <= mark.x <= right:
        return None
    return Words(
        x=mark.x + shift, y=mark.y, text=mark.text, size=mark.size, tone=mark.tone, anchor=mark.anchor,
        bold=mark.bold, room=mark.room,
    )  # fmt: skip


@_cut.register
def _cut_cells(mark: Cells, left: float, right: float, shift: float) -> Mark | None:
    if not left <= mark.x <= right:
        return None
    return Cells(x=mark.x + shift, y=mark.y, cell=mark.cell, rows=mark.rows, tone=mark.tone)


@singledispatch
def _shape(mark: Mark) -> str:
    raise TypeError(f"not a mark: {type(mark).__name__}")


@_shape.register
def _stroke(mark: Stroke) -> str:
    left, top = min(mark.x1, mark.x2), min(mark.y1, mark.y2)
    turned = ('flipH="1" ' if mark.x2 < mark.x1 else "") + ('flipV="1" ' if mark.y2 < mark.y1 else "")
    end = '<a:tailEnd type="triangle"/>' if mark.arrow else ""
    line = _line(mark.tone, mark.width, mark.dashed, end)
    place = _place(left, top, abs(mark.x2 - mark.x1), abs(mark.y2 - mark.y1), turned)
    return _wrapped(f'{place}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>{line}')


@_shape.register
def _polygon(mark: Shape) -> str:
    left, top, width, height = mark.box
    fill = f'<a:solidFill><a:srgbClr val="{_TONES[mark.fill]}"/></a:solidFill>'
    line = _line(mark.edge, mark.width, mark.dashed)
    place = _place(left, top, width, height)
    if mark.round:
        return _wrapped(f'{place}<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom>{fill}{line}')
    corners = [f'<a:pt x="{_emu(x - left)}" y="{_emu(y - top)}"/>' for x, y in mark.points]
    path = f"<a:moveTo>{corners[0]}</a:moveTo>" + "".join(f"<a:lnTo>{one}</a:lnTo>" for one in corners[1:])
    return _wrapped(f"{place}{_custom(width, height, path + '<a:close/>')}{fill}{line}")


@_shape.register
def _cells(mark: Cells) -> str:
    width = mark.cell * max((len(row) for row in mark.rows), default=0)
    height = mark.cell * len(mark.rows)
    paths = []
    for left, top, across in mark.bars():
        x, y, end, foot = (_emu(one) for one in (left - mark.x, top - mark.y, left - mark.x + across,
                                                  top - mark.y + mark.cell))  # fmt: skip
        corners = [f'<a:pt x="{px}" y="{py}"/>' for px, py in ((x, y), (end, y), (end, foot), (x, foot))]
        paths.append(
            f"<a:moveTo>{corners[0]}</a:moveTo>" + "".join(f"<a:lnTo>{c}</a:lnTo>" for c in corners[1:]) + "<a:close/>"
        )
    fill = f'<a:solidFill><a:srgbClr val="{_TONES[mark.tone]}"/></a:solidFill><a:ln><a:noFill/></a:ln>'
    return _wrapped(f"{_place(mark.x, mark.y, width, height)}{_custom(width, height, ''.join(paths))}{fill}")


@_shape.register
def _words(mark: Words) -> str:
    said = _short(mark)
    wide = max(len(said) * mark.size * 0.7, mark.size * 2)
    left = mark.x - {Anchor.LEFT: 0.0, Anchor.MIDDLE: wide / 2, Anchor.RIGHT: wide}[mark.anchor]
    place = _place(left, mark.y - mark.size * _ABOVE, wide, mark.size * _HIGH)
    look = (
        f'<w:rFonts w:ascii="{style.FONT}" w:hAnsi="{style.FONT}" w:cs="{style.FONT}"/>'
        + ("<w:b/>" if mark.bold else '<w:b w:val="0"/>')
        + f'<w:color w:val="{_TONES[mark.tone]}"/><w:sz w:val="{round(mark.size * 2)}"/>'
    )
    box = (
        "<wps:txbx><w:txbxContent><w:p><w:pPr>"
        f'<w:spacing w:before="0" w:after="0" w:line="{round(mark.size * _HIGH * 20)}" w:lineRule="exact"/>'
        f'<w:jc w:val="{_ALIGNED[mark.anchor]}"/></w:pPr><w:r><w:rPr>{look}</w:rPr>'
        f'<w:t xml:space="preserve">{escape(said)}</w:t></w:r></w:p></w:txbxContent></wps:txbx>'
        '<wps:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></wps:bodyPr>'
    )
    return _wrapped(
        f'{place}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln>', box, is_box=True
    )


def _wrapped(inside: str, box: str = "<wps:bodyPr/>", *, is_box: bool = False) -> str:
    kind = '<wps:cNvSpPr txBox="1"/>' if is_box else "<wps:cNvSpPr/>"
    return f"<wps:wsp>{kind}<wps:spPr>{inside}</wps:spPr>{box}</wps:wsp>"


def _place(left: float, top: float, width: float, height: float, turned: str = "") -> str:
    return (
        f'<a:xfrm {turned}><a:off x="{_emu(left)}" y="{_emu(top)}"/>'
        f'<a:ext cx="{_emu(width)}" cy="{_emu(height)}"/></a:xfrm>'
    )


def _custom(width: float, height: float, path: str) -> str:
    return (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{_emu(width)}" h="{_emu(height)}">{path}</a:path></a:pathLst></a:custGeom>'
    )


def _line(tone: Tone, width: float, dashed: bool, end: str = "") -> str:
    dash = '<a:prstDash val="dash"/>' if dashed else ""
    return f'<a:ln w="{_emu(width)}"><a:solidFill><a:srgbClr val="{_TONES[tone]}"/></a:solidFill>{dash}{end}</a:ln>'


def _short(mark: Words) -> str:
    most = int(mark.room / (mark.size * _A_LETTER)) if mark.room else len(mark.text)
    return mark.text if len(mark.text) <= most else mark.text[: max(most - 1, 1)] + "…"


def _emu(points: float) -> int:
    return round(points * _POINT)
