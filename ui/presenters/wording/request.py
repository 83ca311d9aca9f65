"""Sentences about information requests."""

from __future__ import annotations

WORDING: dict[str, str] = {
    "request.no_what": "Enter what you ask for",
    "request.no_reason": "Enter why it is needed",
    "request.due_before": "The day it is due must be today or later",
    "request.held": "{count} held already may answer this. Nothing was added. Add --anyway to ask all the same",
    "request.unknown": "There is no request {reference} in this assessment. See fieldkit request list",
    "request.statement": "No framework pack of this assessment has a statement with the code ‘{code}’",
    "request.no_whole": "Select whether it is all that was asked for",
    "request.no_outcome": "Enter why it is closed, like: published on the council’s website",
    "request.too_long": "This must be {most} characters or fewer. It has {length}",
    "request.status": "Select refused or not needed",
}
