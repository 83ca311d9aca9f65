"""Sentences about what waits for a person: many things taken out of use at once, and what is to be final."""

from __future__ import annotations

WORDING: dict[str, str] = {
    "flood.pull": (
        "Something at the central store would take many notes or records out of use at once. It was not let in."
        " Everything on this laptop is as it was. Open Decide to look at it, and ask your lead"
    ),
    "flood.paused": (
        "This would take {count} notes or records out of use at once. It was not let in. Everything on this laptop is"
        " as it was. Open Decide to look at it, then take in the file again"
    ),
    "final.open": (
        "{count} {noun} open about what two people changed at once. Nothing was made. Decide them first, or say why"
        " it is made all the same"
    ),
    "final.no_reason": "Enter why it is made although questions are open, or decide them first",
    "flood.which": "Withdrawals wait in several assessments. Say which with --assessment",
    "flood.none": "Nothing waits to be let in",
    "flood.changed": "It became more meanwhile: {count}. Nothing was let in. Look at it again",
}
