"""Sentences for practice mode with the sample visit."""

from __future__ import annotations

WORDING: dict[str, str] = {
    "sample.damaged": (
        "The sample visit that came with this program could not be opened ({problem}). Your own work is not affected. "
        "Install the program again to get the sample back"
    ),
    "sample.ready_made": "The sample visit is ready made. Select ‘Open the sample visit’",
    "sample.not_built": (
        "The sample visit could not be set up in {folder}. Your own work is not affected. Free some space or choose "
        "another folder, then try again"
    ),
}
"""From code to sentence; ``problem`` says what was found."""
