"""Sentences about help with writing."""

from __future__ import annotations

WORDING: dict[str, str] = {
    "writing.word": "A word of your own has 1 to {most} letters and no space",
    "writing.words_full": "Your list holds {most} words. Take one off in Settings, Reading and sound, then add this one",
}
