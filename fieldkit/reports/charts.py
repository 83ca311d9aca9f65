"""Charts as drawings: the coverage matrix as a heat map, and a figure's place in the bands of a scale.

Nothing is told by a tone alone: each cell has its word and number, each band its name and figures, and the picture's
text tells the whole of it. What stands in a chart stands in the same document in words or a table too.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from fieldkit.domain.coverage import Cell, Coverage, State
from fieldkit.domain.figures import Outcome
from fieldkit.domain.framework import Framework
from fieldkit.domain.method import Band, Method
from fieldkit.reports.picture import Anchor, Mark, Picture, Shape, Stroke, Tone, Words

_STATES = {State.GAP: "Gap", State.THIN: "Thin", State.ENOUGH: "Enough", State.STRONG: "Strong"}
_WIDTH = 480.0
_HEAD, _ROW, _NAMES = 24.0, 16.4, 206.0
"""The names' column holds 56 letters in every medium: the longest statement of the packs that are shipped."""
_TINY, _SMALL, _SIZE = 5.8, 6.7, 8.0
_FILL = {
    State.GAP: Tone.PAPER, State.THIN: Tone.WASH, State.ENOUGH: Tone.LINE, State.STRONG: Tone.ACCENT,
    State.NOT_NEEDED: Tone.PAPER,
}  # fmt: skip
_BARS = {State.THIN: 1, State.ENOUGH: 2, State.STRONG: 3}
"""Marks beside the number, so that a copy without colours tells the same (ux S9)."""
_SCALE_HEIGHT, _BAND_TOP, _BAND_HIGH = 74.0, 26.0, 22.0
_TICK = 4.5
"""The pointer on each edge of a band."""


def heat_map(framework: Framework, coverage: Coverage) -> Picture:
    """Statements down, categories across, in the pack's order; a frame round what is needed and has nothing."""
    titles = {one.id: f"{one.position} {one.title}" for one in framework.statements}
    shorts = {one.id: one.short for one in framework.categories}
    wide = (_WIDTH - _NAMES) / max(len(coverage.categories), 1)
    marks: list[Mark] = []
    for at, category in enumerate(coverage.categories):
        middle = _NAMES + wide * (at + 0.5)
        marks.append(_words(middle, _HEAD - 8, shorts[category], bold=True, anchor=Anchor.MIDDLE))
    for down, statement in enumerate(coverage.statements):
        top = _HEAD + _ROW * down
        marks.append(_words(0, top + _ROW * 0.66, titles[statement], room=_NAMES - 4))
        for at, cell in enumerate(coverage.row(statement)):
            marks += _cell(cell, _NAMES + wide * at, top, wide)
    height = _HEAD + _ROW * len(coverage.statements) + 2
    return Picture(width=_WIDTH, height=height, marks=tuple(marks), text=heat_words(coverage))


def heat_words(coverage: Coverage) -> str:
    """``45 of 96 needed cells have enough evidence; 12 are gaps, 20 are thin``."""
    states = [cell.state for cell in coverage]
    gaps, thin = states.count(State.GAP), states.count(State.THIN)
    return (
        f"{coverage.enough} of {coverage.needed} needed cells have enough evidence;"
        f" {gaps} {'is a gap' if gaps == 1 else 'are gaps'}, {thin} {'is' if thin == 1 else 'are'} thin"
    )


def band_scale(method: Method, outcome: Outcome, label: str) -> Picture | None:
    """Where a figure stands among the bands; ``None`` until everything is scored and a rating can be read.

    The scale runs from the lowest band's edge to 100 per cent. One figure a drawing: scales of unlike polarity never
    share one (facts, section 4).
    """
    if outcome.share is None or outcome.reading is None or outcome.reading.whole_percent is None or not method.bands:
        return None
    share, percent = outcome.share.exact, outcome.reading.whole_percent
    return _scale(method.bands, share, percent, label, f"{outcome.share}", outcome.limiter is not None)


def _scale(
    bands: Sequence[Band], share: Fraction, percent: int, label: str, sum_words: str, is_limited: bool
) -> Picture:
    ordered = sorted(bands, key=lambda one: one.low)
    low = ordered[0].low
    marks: list[Mark] = []

    def across(value: float) -> float:
        return (value - low) / (100 - low) * _WIDTH

    for at, band in enumerate(ordered):
        left, right = across(band.low), across(ordered[at + 1].low if at + 1 < len(ordered) else 100)
        is_here = band.low <= percent <= band.high
        marks.append(_box(left, _BAND_TOP, right - left, _BAND_HIGH, Tone.WASH if is_here else Tone.PAPER, Tone.SOFT))
        marks.append(_words((left + right) / 2, _BAND_TOP + 14, band.label, room=right - left - 4, bold=is_here,
                            anchor=Anchor.MIDDLE))  # fmt: skip
        figures = f"{band.low} to {band.high}%"
        marks.append(_words((left + right) / 2, _BAND_TOP + _BAND_HIGH + 12, figures, room=right - left - 2,
                            anchor=Anchor.MIDDLE, tone=Tone.SOFT))  # fmt: skip
    place = across(float(min(max(share * 100, Fraction(low)), Fraction(100))))
    tip = ((place, _BAND_TOP), (place - 5, _BAND_TOP - 8), (place + 5, _BAND_TOP - 8))
    for top in (_BAND_TOP, _BAND_TOP + _BAND_HIGH - _TICK):  # at both edges: in between stands the band's name
        marks.append(Stroke(x1=place, y1=top, x2=place, y2=top + _TICK, tone=Tone.INK, width=1.6))
    marks.append(Shape(points=tip, fill=Tone.INK, edge=Tone.INK, width=0.5))
    said = f"{sum_words}, {percent}%"
    anchor = Anchor.LEFT if place < _WIDTH * 0.15 else Anchor.RIGHT if place > _WIDTH * 0.85 else Anchor.MIDDLE
    marks.append(_words(place, _BAND_TOP - 12, said, size=_SIZE, bold=True, anchor=anchor))
    here = next((one.label for one in ordered if one.low <= percent <= one.high), "no band")
    named = ", ".join(f"{one.label} {one.low} to {one.high}" for one in ordered)
    limited = ", before the rule that limits it" if is_limited else ""
    text = f"{label}: {said}, provisionally {here}{limited}. The bands are {named} per cent"
    return Picture(width=_WIDTH, height=_SCALE_HEIGHT, marks=tuple(marks), text=text)


def _cell(cell: Cell, left: float, top: float, wide: float) -> list[Mark]:
    state, number = cell.state, cell.count.items
    fill, ink = _FILL[state], Tone.PAPER if state is State.STRONG else Tone.INK
    if state is State.NOT_NEEDED:
        words, ink = (f"– {number}" if number else "–"), Tone.SOFT
    else:
        words = f"{_STATES[state]} {number}"
    edge = Tone.ALARM if state is State.GAP else Tone.LINE
    found: list[Mark] = [_box(left + 1, top + 1, wide - 2, _ROW - 2, fill, edge)]
    for at in range(_BARS.get(state, 0)):
        x = left + 4.5 + at * 3
        found.append(Stroke(x1=x, y1=top + 5, x2=x, y2=top + _ROW - 5, tone=ink, width=1.2))
    size = _SMALL if len(words) <= len("Enough 3") else _TINY  # a number of three digits has its place too
    within = wide - 15 - 3
    found.append(Words(x=left + 15, y=top + _ROW * 0.66, text=words, size=size, tone=ink, within=within))
    return found


def _box(left: float, top: float, wide: float, high: float, fill: Tone, edge: Tone) -> Shape:
    corners = ((left, top), (left + wide, top), (left + wide, top + high), (left, top + high))
    return Shape(points=corners, fill=fill, edge=edge, width=0.8)


def _words(
    x: float, y: float, text: str, *, room: float = 0.0, size: float = _SMALL, tone: Tone = Tone.INK,
    anchor: Anchor = Anchor.LEFT, bold: bool = False,
) -> Words:  # fmt: skip
    return Words(x=x, y=y, text=text, size=size, tone=tone, anchor=anchor, bold=bold, room=room)
