"""Sentences about recording sound."""

from __future__ import annotations

WORDING: dict[str, str] = {
    "audio.off": "Your organisation has not turned on sound recording. Ask your lead if an interview needs it",
    "audio.no_consent": "Nobody agreed to be recorded in this activity. Record their consent first",
    "audio.not_built_in": (
        "This build of FieldKit has no parts for sound, so it cannot record. Use the recorder your organisation "
        "allows, then attach its file here"
    ),
}
