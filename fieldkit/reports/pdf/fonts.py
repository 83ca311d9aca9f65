"""The fonts of every page: Atkinson Hyperlegible from ``resources``, and another only where it lacks a glyph.

A missing glyph would print as an empty box and silently lose a letter of evidence or of a name (Atkinson lacks the
Welsh ŵ and everything beyond Latin). Such characters are set in a font of the machine that has them; where none
has, code point and name are printed as ``[U+1F44D thumbs up sign]``.
"""

from __future__ import annotations

import functools
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

import resources

REGULAR = "FieldKit"
BOLD = "FieldKit-Bold"

_FALLBACKS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
    "/usr/share/fonts/dejavu/DejaVuSans.ttf",
    "C:/Windows/Fonts/segoeui.ttf",
    "C:/Windows/Fonts/arial.ttf",
    "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
)
_OTHER = "FieldKit-Other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text that one font can set."""

    font: str
    text: str


@functools.cache
def load_fonts() -> None:
    """Register both faces with reportlab, once."""
    for name, file in ((REGULAR, "AtkinsonHyperlegible-Regular.ttf"), (BOLD, "AtkinsonHyperlegible-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(resources.path("fonts", file))))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


def split_runs(text: str, font: str = REGULAR) -> list[Run]:
    """``text`` cut so that each run's font has every glyph of it; nothing is dropped."""
    load_fonts()
    runs: list[Run] = []
    for char in text:
        name, shown = _choose(char, font)
        if runs and runs[-1].font == name:
            runs[-1] = Run(font=name, text=runs[-1].text + shown)
        else:
            runs.append(Run(font=name, text=shown))
    return runs


def _choose(char: str, font: str) -> tuple[str, str]:
    if char.isspace() or _has(font, char):
        return font, char
    other = _other_font()
    if other is not None and _has(other, char):
        return other, char
    return font, named(char)


def named(char: str) -> str:
    """``[U+1F44D thumbs up sign]``: what stands for a character that no font here has, so that none is lost."""
    name = unicodedata.name(char, "").lower()
    return f"[U+{ord(char):04X}{f' {name}' if name else ''}]"


def has_leftward(text: str) -> bool:
    """Whether there are letters that are read from right to left, which reportlab sets one by one from the left."""
    return not text.isascii() and any(unicodedata.bidirectional(one) in ("R", "AL") for one in text)


def _has(font: str, char: str) -> bool:
    face = pdfmetrics.getFont(font).face
    return ord(char) in face.charToGlyph


@functools.cache
def _other_font() -> str | None:
    for place in _FALLBACKS:
        if Path(place).is_file():
            try:
                pdfmetrics.registerFont(TTFont(_OTHER, place))
            except TTFError:  # a font reportlab cannot read (PostScript outlines): try the next
                continue
            return _OTHER
    return None
