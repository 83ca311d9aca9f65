"""The one door to ``segno``: QR codes (ISO/IEC 18004) for print, web page, terminal and screen.

Whoever shows a code also shows its text: a code is a shortcut for a camera, never the only way.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fieldkit.kernel.errors import Mistake
from fieldkit.reports.picture import Cells, Picture, Shape, Tone

QUIET = 4
"""Light cells that the standard wants around a code; scanners miss codes without them."""


class Strength(StrEnum):
    """How much of a code may be spoilt and still be read."""

    LOW = "L"
    """7 %: at most 2,953 bytes."""
    MIDDLE = "M"
    """15 %: at most 2,331 bytes."""
    HIGH = "H"
    """30 %: at most 1,273 bytes."""


MOST_BYTES = {Strength.LOW: 2_953, Strength.MIDDLE: 2_331, Strength.HIGH: 1_273}
"""What the largest code (version 40, 177 cells wide) holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """The cells of one code, row by row, without the quiet zone; ``True`` is dark."""

    rows: tuple[tuple[bool, ...], ...]

    @property
    def side(self) -> int:
        """Cells along one side, the quiet zone included."""
        return len(self.rows) + 2 * QUIET


def encode(content: str | bytes, strength: Strength = Strength.MIDDLE) -> Code:
    """The smallest code that holds ``content`` (text as UTF-8) at ``strength`` or better.

    Raises ``Mistake('qr.too_long')`` with ``size`` and ``most`` in bytes.
    """
    import segno  # 15 ms, and most runs of the program show no code

    data = content.encode("utf-8") if isinstance(content, str) else content
    if len(data) > MOST_BYTES[strength]:
        raise Mistake("qr.too_long", size=len(data), most=MOST_BYTES[strength])
    made = segno.make_qr(content, error=strength.value, encoding=None if isinstance(content, bytes) else "utf-8")
    return Code(rows=tuple(tuple(bool(cell) for cell in row) for row in made.matrix))


def picture_of(code: Code, text: str, width: float = 170.0) -> Picture:
    """The code as a picture ``width`` points wide with its quiet zone; ``text`` tells what it is to who cannot see it.

    170 points are 6 cm: a phone reads 69 cells from 20 cm away.
    """
    corners = ((0.0, 0.0), (width, 0.0), (width, width), (0.0, width))
    paper = Shape(points=corners, fill=Tone.PAPER, edge=Tone.PAPER, width=0.0)
    cell = width / code.side
    marks = (paper, Cells(x=QUIET * cell, y=QUIET * cell, cell=cell, rows=code.rows))
    return Picture(width=width, height=width, marks=marks, text=text)


def in_terminal(code: Code) -> list[str]:
    """The code in half blocks, two rows a line: dark cells as spaces, so that a dark terminal shows it the right way.

    On a light terminal it is inverted, which phones made since 2017 read as well.
    """
    width = code.side
    blank = (False,) * width
    margin = (False,) * QUIET
    rows = [blank] * QUIET + [(*margin, *row, *margin) for row in code.rows] + [blank] * QUIET
    if len(rows) % 2:
        rows.append(blank)
    return ["".join(_BLOCKS[pair] for pair in zip(*rows[at : at + 2], strict=True)) for at in range(0, len(rows), 2)]


_BLOCKS = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
"""By whether the upper and the lower cell are dark."""
