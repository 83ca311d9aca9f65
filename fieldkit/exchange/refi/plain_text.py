"""Texts as they are written for other programs: line feeds alone, and on demand nothing above U+FFFF.

Some programs count UTF-16 units where the standard counts code points: every character above U+FFFF shifts all that
follows by one there. Written as ``[slightly smiling face]`` both ways of counting agree.
"""

from __future__ import annotations

import re
import unicodedata

_ABOVE = re.compile("[\U00010000-\U0010ffff]")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_BREAKS = re.compile("\r\n|\r|\x85|\u2028|\u2029")


def plain(text: str, *, exact: bool = False) -> str:
    """``text`` with line feeds alone and what no XML can hold replaced; ``exact`` leaves emoji as they are."""
    found = _NO_XML.sub("\ufffd", _BREAKS.sub("\n", text))
    return found if exact else _ABOVE.sub(_named, found)


def one_line(text: str, most: int, *, exact: bool = False) -> str:
    """The beginning of ``text`` as a name: one line, at most ``most`` characters."""
    return " ".join(plain(text, exact=exact).split())[:most]


def holds_above(text: str) -> bool:
    """Whether there is a character above U+FFFF, which ``plain`` would name."""
    return _ABOVE.search(text) is not None


def _named(match: re.Match[str]) -> str:
    letter = match[0]
    return f"[{unicodedata.name(letter, f'U+{ord(letter):X}').lower()}]"
