"""Sentences about information requests."""

from __future__ import annotations

WORDING: dict[str, str] = {
    "request.no_what": "Enter what you ask for",
    "request.no_reason": "Enter why it is needed",
    "request.due_before": "The day it is due must be today or later",
    "request.no_outcome": "Enter why it is closed, like: published on the council’s website",
    "request.status": "Select refused or not needed",
}
