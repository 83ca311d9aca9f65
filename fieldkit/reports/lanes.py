"""A case's pathway as a drawing: a lane for each service, time from left to right, waits as bars with their days.

Every event has a column of its own, so that nothing covers anything; the room between two columns grows with the days
between them. A bar stands in the lane of the service that was waited for. Shapes and letters tell the kinds apart.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap

from fieldkit.domain.pathway import Pathway, Referral, Step
from fieldkit.domain.touchpoint import Touchpoint, TouchpointKind
from fieldkit.domain.when import MONTHS
from fieldkit.kernel.ids import RecordId
from fieldkit.reports.case_words import LETTERS, PERSONS_WORDS, EventWords, days
from fieldkit.reports.picture import Anchor, Mark, Picture, Shape, Stroke, Tone, Words

Points = tuple[tuple[float, float], ...]


_LEAST_STRETCH = 0.2
"""Of a column for each event that time gets at least: with less, a wait of 32 days looks like one of 2."""


_BEFORE = 0.6
"""Of a column, before the middle of the first."""
_BELOW = 0.8
"""Letters' heights below the last lane: its dates reach a little further down than their lane."""
_MOST_BELOW = 2
"""Open referrals have room below each other in a lane for so many more."""
_LABEL_LINES = 4
_MOST_LETTERS = 11
"""Letters of a date that fit into the column of an event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """Measures of a drawing in its own units; ``em`` is the height of its letters."""

    em: float = 9.0
    label: float = 110.0
    """Width of the lanes' names."""

    @property
    def mark(self) -> float:
        """Across an event's shape."""
        return self.em * 2.7

    @property
    def column(self) -> float:
        """The least room for one event with its date below."""
        return self.em * 5.4

    @property
    def lane(self) -> float:
        """The height of a lane."""
        return self.em * 6.3

    @property
    def top(self) -> float:
        """Above the first lane."""
        return self.em * 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where an event stands: the middle of its mark, and the lane counted from 0."""

    id: RecordId
    x: float
    y: float
    lane: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """A drawing with the places of its events. ``names`` are the lanes from the top; ``picture`` has all marks.

    ``behind`` are the marks without the lanes' names and the events, for a screen that paints those itself.
    """

    names: tuple[str, ...]
    spots: tuple[Spot, ...]
    picture: Picture
    behind: tuple[Mark, ...]
    events: tuple[tuple[Mark, ...], ...]
    """The marks of each event, in the order of ``spots``."""


def draw(
    path: Pathway, rows: Sequence[EventWords], *, width: float, zoom: float = 1.0, sizes: Sizes | None = None
) -> Lanes:
    """The drawing of a pathway, at least ``width`` wide; ``zoom`` stretches the time between events."""
    size = sizes or Sizes()
    names = lane_names(path)
    columns = _columns(path, width - size.label, zoom, size)
    spots = [
        Spot(
            id=step.touchpoint.id, x=size.label + columns[at], lane=names.index(_lane_of(step.touchpoint)),
            y=size.top + (names.index(_lane_of(step.touchpoint)) + 0.45) * size.lane,
        )
        for at, step in enumerate(path.steps)
    ]  # fmt: skip
    right = max([width, *(spot.x + _after(path, size) for spot in spots)])
    below = size.top + len(names) * size.lane + size.em * _BELOW
    at = {spot.id: spot for spot in spots}
    behind = [
        *_rules(names, right, size), *_waits(path, at, size),
        *_open_referrals(path, names, at, right, size),
    ]  # fmt: skip
    events = [tuple(_event(row, step, spot, size)) for row, step, spot in zip(rows, path.steps, spots, strict=True)]
    labels = [mark for place, name in enumerate(names) for mark in _label(name, place, size)]
    picture = Picture(
        width=right, height=below, marks=(*behind, *labels, *(mark for one in events for mark in one)),
        text=told(path, rows), pinned=size.label, cuts=tuple(spot.x + size.column * 0.5 for spot in spots[:-1]),
    )  # fmt: skip
    return Lanes(names=names, spots=tuple(spots), picture=picture, behind=tuple(behind), events=tuple(events))


def fits(path: Pathway, width: float, size: Sizes) -> bool:
    """Whether a drawing of these sizes would be no wider than ``width``."""
    stretch = _LEAST_STRETCH * max(0, len(path.steps) - 1) * size.column
    return size.label + _least(path, size) + stretch <= width


def lane_names(path: Pathway) -> tuple[str, ...]:
    """A lane for each service in order of meeting; below them the person's words."""
    spoken = any(not step.touchpoint.is_service for step in path.steps)
    unnamed = any(step.touchpoint.is_service and not step.touchpoint.organisation for step in path.steps)
    return (*path.services, *(("Service not known",) if unnamed else ()), *((PERSONS_WORDS,) if spoken else ()))


def told(path: Pathway, rows: Sequence[EventWords]) -> str:
    """The drawing in words: how long, which services, then each event."""
    if not rows:
        return "No events yet"
    services = ", ".join(path.services)
    return f"{len(rows)} events over {days(path.days)}. Services: {services}. " + ". ".join(
        row.sentence for row in rows
    )


def shape_of(kind: TouchpointKind, x: float, y: float, across: float) -> tuple[Points, bool]:
    """The corners of a kind's mark around a point, and whether it is round."""
    corners = _SHAPES.get(kind)
    half = across / 2
    if corners is None:
        return ((x - half, y - half), (x + half, y + half)), True
    return tuple((x + half * right, y + half * down) for right, down in corners), False


def _lane_of(one: Touchpoint) -> str:
    return (one.organisation or "Service not known") if one.is_service else PERSONS_WORDS


def _columns(path: Pathway, room: float, zoom: float, size: Sizes) -> list[float]:
    """The middle of each event's column: the least room each, and what is left shared out by the days between."""
    days_on = [step.touchpoint.day for step in path.steps]
    between = [max(0, (after - one).days) for one, after in pairwise(days_on)]
    spare = max(room - _least(path, size), size.column * len(between) * _LEAST_STRETCH)
    a_day = min(spare / max(1, sum(between)), size.column * 2) * zoom  # two events a day apart are not put far apart
    x = size.column * _BEFORE
    found = [x] if days_on else []
    for gap in between:
        x += size.column + gap * a_day
        found.append(x)
    return found


def _least(path: Pathway, size: Sizes) -> float:
    """The width that the columns need without any time between them."""
    return size.column * (_BEFORE + max(0, len(path.steps) - 1)) + _after(path, size)


def _after(path: Pathway, size: Sizes) -> float:
    """The room behind the last event: an open referral has to be seen to go on."""
    return size.column * (1.7 if path.open_referrals else 0.7)


def _rules(names: Sequence[str], right: float, size: Sizes) -> list[Mark]:
    marks: list[Mark] = []
    for place in range(len(names)):
        top = size.top + place * size.lane
        if place % 2 == 0:
            corners = ((0.0, top), (right, top), (right, top + size.lane), (0.0, top + size.lane))
            marks.append(Shape(points=corners, fill=Tone.WASH, edge=Tone.WASH, width=0))
        middle = top + 0.45 * size.lane
        marks.append(Stroke(x1=size.label, y1=middle, x2=right, y2=middle, tone=Tone.LINE, width=0.6))
    return marks


def _label(name: str, place: int, size: Sizes) -> list[Mark]:
    """A lane's name on as many as four lines."""
    room = size.label - size.em * 1.6
    lines = wrap(name, max(4, int(room / (size.em * 0.55))), break_long_words=False)
    lines = lines if len(lines) <= _LABEL_LINES else [*lines[: _LABEL_LINES - 1], " ".join(lines[_LABEL_LINES - 1 :])]
    base = size.top + (place + 0.45) * size.lane + size.em * (0.35 - 0.6 * (len(lines) - 1))
    return [
        Words(x=size.em * 0.8, y=base + at * size.em * 1.2, text=line, size=size.em, bold=True, room=room)
        for at, line in enumerate(lines)
    ]


def _waits(path: Pathway, at: dict[RecordId, Spot], size: Sizes) -> list[Mark]:
    marks: list[Mark] = []
    for step in path.steps:
        if step.since is None or step.wait is None:
            continue
        start, end = at[step.since.id], at[step.touchpoint.id]
        if start.lane != end.lane:
            marks.append(Stroke(x1=start.x, y1=start.y, x2=start.x, y2=end.y, tone=Tone.INK, width=1.2))
        if step.wait.days == 0:
            tip = end.x - size.mark / 2 - 1
            marks.append(Stroke(x1=start.x, y1=end.y, x2=tip, y2=end.y, tone=Tone.INK, width=1.2, arrow=True))
            continue
        is_longest = path.longest is not None and step.touchpoint.id == path.longest.touchpoint.id
        words = days(step.wait.days) + (f", standard {step.touchpoint.standard_days}" if step.is_over else "")
        left = start.x + (size.mark / 2 if start.lane == end.lane else 0)
        loud = is_longest or step.is_over
        marks += _bar(left, end.x - size.mark / 2, end.y, (words, f"{step.wait.days} d"), size, is_loud=loud)
    return marks


def _bar(start: float, right: float, y: float, words: tuple[str, str], size: Sizes, *, is_loud: bool) -> list[Mark]:
    """A wait: a bar with its days above (the shorter words where there is little room); hatched if it stands out."""
    half = size.em * (0.5 if is_loud else 0.28)
    said = words[0] if right - start > len(words[0]) * size.em * 0.5 else words[1]
    corners = ((start, y - half), (right, y - half), (right, y + half), (start, y + half))
    tone = Tone.ALARM if is_loud else Tone.ACCENT
    marks: list[Mark] = [Shape(points=corners, fill=Tone.PAPER if is_loud else Tone.ACCENT, edge=tone, width=1.2)]
    if is_loud:
        marks += _hatch(start, right, y, half, size)
    marks.append(
        Words(
            x=(start + right) / 2, y=y - half - size.em * 0.4, text=said, size=size.em * 0.95, anchor=Anchor.MIDDLE,
            bold=is_loud,
        )
    )  # fmt: skip
    return marks


def _hatch(start: float, right: float, y: float, half: float, size: Sizes) -> list[Mark]:
    step = size.em * 0.9
    count = max(0, math.floor((right - start - 2 * half) / step))
    return [
        Stroke(
            x1=start + n * step, y1=y + half, x2=start + n * step + 2 * half, y2=y - half, tone=Tone.ALARM, width=0.8
        )
        for n in range(count + 1)
        if start + n * step + 2 * half <= right
    ]


def _open_referrals(
    path: Pathway, names: Sequence[str], at: dict[RecordId, Spot], right: float, size: Sizes
) -> list[Mark]:
    """Those to one lane below each other, so that none is drawn over another."""
    marks: list[Mark] = []
    there: dict[int, int] = {}
    for one in path.open_referrals:
        start = at[one.made.id]
        lane = names.index(one.made.towards) if one.made.towards in names else start.lane
        marks += _referral(one, start, lane, min(there.get(lane, 0), _MOST_BELOW), right, size)
        there[lane] = there.get(lane, 0) + 1
    return marks


def _referral(one: Referral, start: Spot, lane: int, place: int, right: float, size: Sizes) -> list[Mark]:
    """A referral without contact: a dashed bar in the lane it went to, on to the edge, with a question mark."""
    y = size.top + (lane + 0.45) * size.lane + size.em * (1.7 * place + (1.1 if lane == start.lane else 0))
    end = right - size.em * 2
    marks: list[Mark] = []
    if lane != start.lane:
        marks.append(Stroke(x1=start.x, y1=start.y, x2=start.x, y2=y, tone=Tone.ALARM, width=1.2, dashed=True))
    marks.append(Stroke(x1=start.x, y1=y, x2=end, y2=y, tone=Tone.ALARM, width=1.6, dashed=True))
    marks.append(
        Words(x=end + size.em * 0.5, y=y + size.em * 0.4, text="?", size=size.em * 1.3, tone=Tone.ALARM, bold=True)
    )
    marks.append(
        Words(
            x=end, y=y - size.em * 0.5, text=f"No contact yet, {days(one.days)}", size=size.em * 0.95, bold=True,
            anchor=Anchor.RIGHT,
        )
    )  # fmt: skip
    return marks


def _event(row: EventWords, step: Step, spot: Spot, size: Sizes) -> list[Mark]:
    points, is_round = shape_of(row.kind, spot.x, spot.y, size.mark)
    edge = Tone.ALARM if row.is_concern else Tone.INK
    below = spot.y + size.mark / 2 + size.em * 0.2
    marks: list[Mark] = [
        *_date(row.when, spot, below, size),
        Shape(
            points=points, edge=edge, width=2.6 if row.is_concern else 1.5, dashed=not step.touchpoint.when.is_exact,
            round=is_round,
        ),
        Words(
            x=spot.x, y=spot.y + size.em * 0.42, text=LETTERS[row.kind], size=size.em * 1.15, anchor=Anchor.MIDDLE,
            bold=True,
        ),
    ]  # fmt: skip
    if row.is_concern:
        marks.append(
            Words(
                x=spot.x + size.mark * 0.52, y=spot.y - size.mark * 0.32, text="!", size=size.em * 1.3,
                tone=Tone.ALARM, bold=True,
            )
        )  # fmt: skip
    return marks


def _date(when: str, spot: Spot, top: float, size: Sizes) -> list[Mark]:
    """An event's date in two short lines, on ground of its own so that no line runs through the letters."""
    lines = _two_lines(when)
    wide = max(len(line) for line in lines) * size.em * 0.47 + size.em * 0.3
    ground = Tone.WASH if spot.lane % 2 == 0 else Tone.PAPER
    foot = top + len(lines) * size.em * 1.1 + size.em * 0.15
    corners = ((spot.x - wide / 2, top), (spot.x + wide / 2, top), (spot.x + wide / 2, foot), (spot.x - wide / 2, foot))
    return [
        Shape(points=corners, fill=ground, edge=ground, width=0),
        *(
            Words(
                x=spot.x, y=top + size.em * (0.95 + 1.1 * at), text=line, size=size.em * 0.9, tone=Tone.SOFT,
                anchor=Anchor.MIDDLE,
            )
            for at, line in enumerate(lines)
        ),
    ]  # fmt: skip


def _two_lines(when: str) -> list[str]:
    """``about`` over ``2 April``, ``about 2`` over ``April 2025``, ``14 March`` over ``2026`` or a time.

    No wider than the column of an event: longer months are cut to their first letters, as in no sentence.
    """
    words = when.replace(" to ", " – ").split()
    if len(words) > 6:  # from one month into another: each end has a line
        at = words.index("–")
        lines = [" ".join(words[:at]), " ".join(words[at:])]
    elif words[0] == "about" and len(words) > 3:
        lines = [" ".join(words[:-2]), " ".join(words[-2:])]
    elif words[0] == "about":
        lines = ["about", " ".join(words[1:])]
    else:
        lines = [" ".join(words[:2]), " ".join(words[2:])] if len(words) > 2 else [when]
    return [line if len(line) <= _MOST_LETTERS else _short(line) for line in lines]


def _short(line: str) -> str:
    return " ".join(word[:3] if word in MONTHS else word for word in line.split())


def _polygon(count: int, turn: float) -> Points:
    angles = (turn + 2 * math.pi * n / count for n in range(count))
    return tuple((math.cos(angle), math.sin(angle)) for angle in angles)


_SQUARE: Points = ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85))
_SHAPES: dict[TouchpointKind, Points] = {
    TouchpointKind.REFERRAL: ((-0.95, -0.8), (0.45, -0.8), (1.1, 0.0), (0.45, 0.8), (-0.95, 0.8)),
    TouchpointKind.ASSESSMENT: ((0.0, -1.15), (1.15, 0.0), (0.0, 1.15), (-1.15, 0.0)),
    TouchpointKind.DECISION: _SQUARE,
    TouchpointKind.HAND_OVER: ((-1.0, -0.8), (0.55, -0.8), (1.0, 0.0), (0.55, 0.8), (-1.0, 0.8), (-0.55, 0.0)),
    TouchpointKind.ADMISSION: ((-0.9, 0.9), (-0.9, -0.35), (0.0, -1.15), (0.9, -0.35), (0.9, 0.9)),
    TouchpointKind.DISCHARGE: ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.35), (0.0, 1.15), (-0.9, 0.35)),
    TouchpointKind.NO_SHOW: ((-1.0, -0.6), (-0.6, -1.0), (0.0, -0.75), (0.6, -1.0), (1.0, -0.6), (0.75, 0.0),
                             (1.0, 0.6), (0.6, 1.0), (0.0, 0.75), (-0.6, 1.0), (-1.0, 0.6), (-0.75, 0.0)),
    TouchpointKind.CRISIS: _polygon(8, math.pi / 8),
    TouchpointKind.REVIEW: _polygon(6, 0.0),
    TouchpointKind.WORDS: ((-1.0, -0.8), (1.0, -0.8), (1.0, 0.6), (0.1, 0.6), (-0.5, 1.15), (-0.4, 0.6), (-1.0, 0.6)),
}  # fmt: skip
