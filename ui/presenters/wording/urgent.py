"""Sentences about an urgent item that leaves by a phone's camera or by voice."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "urgent.text": (
        "This is no urgent item for this central store, or a part of it is missing. Nothing was taken in."
        " Scan the code once more and copy all of it, from FKURGENT1 on"
    ),
    "urgent.not_yours": (
        "This escalation was written on another laptop, so it leaves from there. Nothing was changed."
        " Ring, and read out what it says"
    ),
    "urgent.too_long": (
        "This escalation is too long for one code ({size} characters of {most}). Nothing was changed."
        " Ring and read it out, or hand over a file"
    ),
    "urgent.told_long": "What was told may have {most} characters at most. Nothing was written down",
    "urgent.words": "The check phrase has {count} words of the list. Ask for them once more. Nothing was written down",
}
