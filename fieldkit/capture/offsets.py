"""Code points here, UTF-16 units in Qt: the only two functions that know both.

An emoji is one code point and two UTF-16 units; mixing the two shifts every highlight after it (the bug that
made QualCoder, NVivo and others disagree about the same passage).
"""

from __future__ import annotations


def to_utf16(text: str, index: int) -> int:
    """The UTF-16 offset of the code point at ``index``."""
    return len(text[:index].encode("utf-16-le", "surrogatepass")) // 2


def from_utf16(text: str, offset: int) -> int:
    """The code point index at a UTF-16 ``offset``; inside a surrogate pair it is the pair's start."""
    if to_utf16(text, len(text)) == len(text):
        return min(offset, len(text))
    units = 0
    for index, character in enumerate(text):
        units += 2 if ord(character) > 0xFFFF else 1
        if units > offset:
            return index
    return len(text)
