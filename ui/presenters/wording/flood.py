"""Sentences about many things taken out of use at once, which wait for a person."""

from __future__ import annotations

WORDING: dict[str, str] = {
    "flood.pull": (
        "Something at the central store would take many notes or records out of use at once. It was not let in."
        " Everything on this laptop is as it was. Open Decide to look at it, and ask your lead"
    ),
    "flood.paused": (
        "This would take {count} notes or records out of use at once. It was not let in. Everything on this laptop is as"
        " it was. Open Decide to look at it, then take in the file again"
    ),
    "flood.none": "Nothing waits to be let in",
    "flood.changed": "It became more meanwhile: {count}. Nothing was let in. Look at it again",
}
