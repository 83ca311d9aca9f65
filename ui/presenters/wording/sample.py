"""Sentences for practice mode with the sample visit."""

from __future__ import annotations

SENTENCES = {
    "sample.damaged": (
        "The sample visit that came with this program could not be opened ({problem}). Your own work is not affected. "
        "Install the program again to get the sample back"
    ),
}
"""From code to sentence; ``problem`` says what was found."""
