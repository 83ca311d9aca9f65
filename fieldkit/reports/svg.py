"""A picture as SVG for web pages: the same marks as in print, told as one image."""

from __future__ import annotations

from functools import singledispatch
from html import escape

from fieldkit.reports.picture import Anchor, Cells, Mark, Picture, Shape, Stroke, Tone, Words

_COLOURS = {
    Tone.INK: "#1b2430", Tone.SOFT: "#44525f", Tone.LINE: "#9aa7b2", Tone.PAPER: "#ffffff", Tone.WASH: "#eef4f6",
    Tone.ACCENT: "#0b5a6b", Tone.ALARM: "#a8201a",
}  # fmt: skip
_ANCHORS = {Anchor.LEFT: "start", Anchor.MIDDLE: "middle", Anchor.RIGHT: "end"}
_COLUMN = 960
"""Pixels of the column of a web page."""
_LARGEST = 2.0
_DASH = ' stroke-dasharray="4 3"'
_A_WIDE_LETTER = 0.64
"""The same in the widest fonts that a browser falls back to."""
_A_LETTER = 0.53
"""Of the size, a letter's usual width: words longer than their room are cut short by it."""


def to_svg(picture: Picture) -> str:
    """One ``svg`` element with its text for screen readers: up to twice as large as on paper where that fits the column
    of a web page, never smaller.
    """
    inner = "".join(_drawn(mark) for mark in picture.marks)
    width, height = _figure(picture.width), _figure(picture.height)
    scale = max(1.0, min(_LARGEST, _COLUMN / picture.width)) if picture.width else 1.0
    wide, high = _figure(picture.width * scale), _figure(picture.height * scale)
    return (
        f'<svg role="img" aria-label="{escape(picture.text)}" width="{wide}" height="{high}" '
        f'viewBox="0 0 {width} {height}" font-family="Atkinson Hyperlegible,system-ui,sans-serif">{inner}</svg>'
    )


def arrow_head(stroke: Stroke, size: float = 5.0) -> tuple[tuple[float, float], ...]:
    """The corners of a head at the end of a stroke that runs along an axis or aslant."""
    across, down = stroke.x2 - stroke.x1, stroke.y2 - stroke.y1
    length = (across**2 + down**2) ** 0.5 or 1.0
    ux, uy = across / length, down / length
    backx, backy = stroke.x2 - size * ux, stroke.y2 - size * uy
    half = size * 0.6
    return (
        (stroke.x2, stroke.y2), (backx - half * uy, backy + half * ux), (backx + half * uy, backy - half * ux),
    )  # fmt: skip


@singledispatch
def _drawn(mark: Mark) -> str:
    raise TypeError(f"not a mark: {type(mark).__name__}")


@_drawn.register
def _stroke(mark: Stroke) -> str:
    dash = _DASH if mark.dashed else ""
    line = (
        f'<line x1="{_figure(mark.x1)}" y1="{_figure(mark.y1)}" x2="{_figure(mark.x2)}" y2="{_figure(mark.y2)}" '
        f'stroke="{_COLOURS[mark.tone]}" stroke-width="{mark.width}"{dash}/>'
    )
    return line + (
        f'<polygon points="{_corners(arrow_head(mark))}" fill="{_COLOURS[mark.tone]}"/>' if mark.arrow else ""
    )


@_drawn.register
def _shape(mark: Shape) -> str:
    edge = f'stroke="{_COLOURS[mark.edge]}" stroke-width="{mark.width}"' + (_DASH if mark.dashed else "")
    fill = f'fill="{_COLOURS[mark.fill]}"'
    if mark.round:
        left, top, width, height = mark.box
        middle = f'cx="{_figure(left + width / 2)}" cy="{_figure(top + height / 2)}"'
        return f'<ellipse {middle} rx="{_figure(width / 2)}" ry="{_figure(height / 2)}" {fill} {edge}/>'
    return f'<polygon points="{_corners(mark.points)}" {fill} {edge}/>'


@_drawn.register
def _words(mark: Words) -> str:
    weight, said = ' font-weight="bold"' if mark.bold else "", _short(mark)
    return (
        f'<text x="{_figure(mark.x)}" y="{_figure(mark.y)}" font-size="{_figure(mark.size)}" '
        f'fill="{_COLOURS[mark.tone]}" text-anchor="{_ANCHORS[mark.anchor]}"'
        f"{weight}{_held(mark, said)}>{escape(said)}</text>"
    )


def _held(mark: Words, said: str) -> str:
    """What keeps words in their room where the reader's font is wider than ours."""
    limit = mark.room or mark.within
    if not limit or len(said) * mark.size * _A_WIDE_LETTER <= limit:
        return ""
    length = min(limit, len(said) * mark.size * _A_LETTER)
    return f' textLength="{_figure(length)}" lengthAdjust="spacingAndGlyphs"'


@_drawn.register
def _cells(mark: Cells) -> str:
    """One path for all, so that no light line shows between two squares."""
    bars = "".join(
        f"M{left:.2f} {top:.2f}h{width:.2f}v{mark.cell:.2f}h-{width:.2f}z" for left, top, width in mark.bars()
    )
    return f'<path d="{bars}" fill="{_COLOURS[mark.tone]}" shape-rendering="crispEdges"/>'


def _short(mark: Words) -> str:
    most = int(mark.room / (mark.size * _A_LETTER)) if mark.room else len(mark.text)
    return mark.text if len(mark.text) <= most else mark.text[: max(most - 1, 1)] + "…"


def _corners(points: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{_figure(x)},{_figure(y)}" for x, y in points)


def _figure(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
