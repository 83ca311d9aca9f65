"""A person's words as a full-text query that cannot be wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from fieldkit.app.rows import Word


def match_of(words: Sequence[Word], *, any_of: bool = False) -> str:
    """An FTS5 query for notes with all of the words (``any_of``: with any); empty where there is nothing to ask.

    Each piece is quoted, so no character of it is an operator; pieces without a letter or digit are left out.
    """
    pieces = []
    for word in words:
        if any(map(_is_indexed, word.text)):
            quoted = '"' + word.text.replace('"', " ").replace("\0", " ") + '"'
            is_prefix = word.is_prefix and _is_indexed(word.text.rstrip()[-1:])
            pieces.append(quoted + ("*" if is_prefix else ""))
    return (" OR " if any_of else " AND ").join(pieces)


def _is_indexed(letter: str) -> bool:
    return bool(letter) and (unicodedata.category(letter)[0] in "LN" or unicodedata.category(letter) == "Co")
