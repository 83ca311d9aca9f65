"""Black boxes: where something is to be made unreadable, in thousandths of a page, so that no size matters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from fieldkit.kernel.errors import Mistake

WHOLE = 1000
_BOX = re.compile(r"(?:(\d{1,5}):)?([\d.]{1,6}),([\d.]{1,6}),([\d.]{1,6}),([\d.]{1,6})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """``page`` counts from 1 (a picture has one); the rest in thousandths of the page's width and height."""

    page: int
    left: int
    top: int
    width: int
    height: int

    @property
    def is_nothing(self) -> bool:
        """Whether it covers nothing."""
        return self.width <= 0 or self.height <= 0

    def within(self) -> Box:
        """The part of it that lies on the page."""
        left, top = max(0, self.left), max(0, self.top)
        right, bottom = min(WHOLE, self.left + self.width), min(WHOLE, self.top + self.height)
        return Box(page=self.page, left=left, top=top, width=max(0, right - left), height=max(0, bottom - top))

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, top, right and bottom on a picture of this size: never smaller than what was drawn."""
        one = self.within()
        return (
            one.left * width // WHOLE, one.top * height // WHOLE,
            -(-(one.left + one.width) * width // WHOLE) - 1, -(-(one.top + one.height) * height // WHOLE) - 1,
        )  # fmt: skip


def read_box(text: str) -> Box:
    """A box as typed, ``page:left,top,width,height`` in per cent. Raises ``Mistake('attach.box')``."""
    match = _BOX.fullmatch(text.replace(" ", ""))
    try:
        if match is None:
            raise ValueError(text)
        left, top, width, height = (round(float(part) * WHOLE / 100) for part in match.groups()[1:])
    except ValueError as error:
        raise Mistake("attach.box", field="box", text=text[:40]) from error
    box = Box(page=int(match[1] or 1), left=left, top=top, width=width, height=height)
    if box.within().is_nothing or box.page < 1:
        raise Mistake("attach.box", field="box", text=text[:40])
    return box


def by_page(boxes: list[Box]) -> dict[int, list[Box]]:
    """The boxes of each page. Raises ``Mistake('attach.no_boxes')`` where there are none."""
    real = sorted((box for box in boxes if not box.within().is_nothing), key=lambda box: box.page)
    if not real:
        raise Mistake("attach.no_boxes", field="box")
    return {page: list(some) for page, some in groupby(real, key=lambda box: box.page)}
