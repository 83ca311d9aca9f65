"""What records of fieldwork are called on screens and in the command line: by their kind in the log."""

from __future__ import annotations

from collections.abc import Mapping

_WORDS: Mapping[str, str] = {
    "session": "Interview", "questions": "Interview questions", "guide": "Interview guide",
    "conversation": "Drop-in conversation", "touchpoint": "Case event", "access": "Record access",
    "send_out": "Draft sent out", "accuracy_comment": "Accuracy comment", "accuracy_answer": "Accuracy answer",
    "day_item": "End-of-day item", "day_sheet": "End-of-day sheet",
    "metric": "Imported figure",
    "section": "Part of the report",
}  # fmt: skip
"""Where the word in the log, with a capital letter, is not the one that people use."""


def kind_of_record(kind: str) -> str:
    """``Case``, ``Quality risk``; of a kind that only a later version knows too."""
    return _WORDS.get(kind) or kind.replace("_", " ").capitalize()
