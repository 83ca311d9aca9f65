"""What a person typed, made fit to be kept, sent and looked for: any string in, one that UTF-8 can hold out."""

from __future__ import annotations

import re

LONGEST_TEXT = 1_000_000
"""Characters of a note, or of what is added to it with its reason; a paste beyond it is refused with the text kept on
screen (fault F18). At six bytes a character, the most that JSON needs, it still fits a frame of 8 MiB."""

_LONE = re.compile(r"[\ud800-\udfff]")


def whole(text: str) -> str:
    """``text`` with each lone half of a surrogate pair as U+FFFD.

    Keyboards and clipboards let such halves through, and neither the databases nor canonical JSON can hold them.
    """
    return text if text.isascii() else _LONE.sub("\ufffd", text)


def typed(text: str) -> str:
    """What was typed into a field, without the blanks around it; see ``whole``."""
    return whole(text.strip())
