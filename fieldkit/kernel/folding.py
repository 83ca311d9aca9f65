"""Words as search compares them, on the laptop's disk and in memory alike."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """Letters and digits without case and accents, each word with a space before it: ``" ward 4"``."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return "".join(f" {word}" for word in kept.split())
