"""Keeps a heading with what it is the heading of: none stands alone at the foot of a page.

reportlab's own ``keepWithNext`` measures the whole of what follows, so a heading before a table of ten thousand rows
would make all of them. Here the least that may follow is asked for: the first row of a table, two lines of a
paragraph, the whole of a drawing. Nothing is held back but the headings themselves, so a long report still streams.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportlab.platypus import CondPageBreak, Flowable, ListFlowable, NextPageTemplate, PageBreak, Spacer
from reportlab.platypus import Paragraph as Flow
from reportlab.platypus import Table as FlowTable

from fieldkit.reports.pdf import style
from fieldkit.reports.pdf.rows import Rows

_FEW_LINES = 3
"""A paragraph of so many lines, or fewer, is not parted from its heading."""
_TWO_LINES = 2
_ROWS = 2
"""Of facts below each other; of a table with a header the header and one row."""
_ENDLESS = 1_000_000
_SHORT = 0.2
"""Facts and tables up to so much of a page are not parted."""


def kept(parts: Iterable[Flowable], width: float, height: float) -> Iterator[Flowable]:
    """``parts`` with a break before headings that would not have what follows them on their page.

    ``width`` is that of the column, ``height`` that of a whole one: what is higher is let be, since no page holds it.
    A gap that nothing follows is left out: at the foot of a page it made an empty one.
    """
    heads, gaps, turns = list[Flowable](), list[Flowable](), list[Flowable]()
    is_begun = False
    for one in parts:
        if isinstance(one, Spacer):
            gaps.append(one)
        elif isinstance(one, NextPageTemplate):
            turns = [one]  # a page turned back and turned again at once would be an empty one
        elif isinstance(one, PageBreak):
            turns.append(one)
        elif _is_head(one) or (heads and _is_lead(one, width, heads[-1])):
            heads += (*gaps, one)
            gaps.clear()
        else:
            if turns and not is_begun:  # the title stays on the first page, which stands upright
                yield from (each for each in heads if _is_title(each))
                heads = [each for each in heads if not _is_title(each)]
            yield from _together(turns, [*heads, *gaps], one, width, height)
            is_begun = True
            for done in (heads, gaps, turns):
                done.clear()
    yield from heads


def _together(
    turns: list[Flowable], before: list[Flowable], one: Flowable, width: float, height: float
) -> Iterator[Flowable]:
    yield from turns
    if not turns and (any(_is_head(each) for each in before) or _is_short(one, width, height)):
        room = sum(_whole(each, width) for each in before) + least(one, width, height * _SHORT)
        yield CondPageBreak(min(room, height * 0.9))
    yield from before
    yield one


def least(one: Flowable, width: float, short: float = 0.0) -> float:
    """The height of the smallest piece of it that may stand below its heading; of facts and tables no higher than
    ``short`` all of it: three lines of five over the page are read as three.
    """
    if isinstance(one, Rows):
        return one.least(short)
    if isinstance(one, FlowTable):
        _, high = one.wrap(width, _ENDLESS)
        return float(high if high <= short else sum(one._rowHeights[:_ROWS]))
    if isinstance(one, ListFlowable):
        first = one._flowables[0] if one._flowables else None
        return least(first._flowables[0], width - one._leftIndent) if first is not None else 0.0
    if isinstance(one, Flow):
        _, high = one.wrap(width, _ENDLESS)
        leading = one.style.leading
        return float(high if high <= _FEW_LINES * leading + 1 else _TWO_LINES * leading)
    return _whole(one, width)


def _is_short(one: Flowable, width: float, height: float) -> bool:
    if isinstance(one, Rows):
        return one.is_short(height * _SHORT)
    return isinstance(one, FlowTable) and one.wrap(width, _ENDLESS)[1] <= height * _SHORT


def _whole(one: Flowable, width: float) -> float:
    _, high = one.wrap(width, _ENDLESS)
    if isinstance(one, Flow):
        high += one.getSpaceBefore() + one.getSpaceAfter()
    return float(high)


def _is_head(one: Flowable) -> bool:
    return isinstance(one, Flow) and one.style.name in style.HEADS


def _is_title(one: Flowable) -> bool:
    return isinstance(one, Flow) and one.style.name == style.HEADINGS[1].name


def _is_lead(one: Flowable, width: float, above: Flowable) -> bool:
    """One strong sentence below a heading, or a line right under it, belongs to it: what follows tells what it says."""
    if not isinstance(one, Flow):
        return False
    if one.style.name == style.BODY.name and _is_head(above):
        return bool(one.wrap(width, _ENDLESS)[1] <= one.style.leading + 1)
    if one.style.name != style.STRONG.name:
        return False
    _, high = one.wrap(width, _ENDLESS)
    return bool(high <= _TWO_LINES * one.style.leading + 1)
