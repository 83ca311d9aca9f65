"""Sentences about findings and the written parts of the draft report."""

from __future__ import annotations

from typing import Final

WORDING: Final[dict[str, str]] = {
    "finding.no_statement": "Select the statement that this finding belongs to",
    "finding.no_claim": "Enter what you claim, in one sentence",
    "finding.no_bearing": "Select what the finding says of the statement",
    "finding.no_words": "Enter the words that you cite",
    "finding.no_sentence": "Enter the sentence for the report, or keep the finding as a draft",
    "finding.no_why": "This strength is not the one that the evidence suggests. Enter why you depart from it",
    "finding.too_long": "This is longer than {longest} characters. Shorten it",
    "finding.no_reason": "Enter why this finding is taken out of use. It is kept, and can be brought back",
    "finding.unknown_note": "This note is not in this assessment. Select a note of this assessment",
    "finding.withdrawn_note": "This note counts no more: it was withdrawn, or its consent was. Select another note",
    "finding.not_in_note": "These words do not stand in the note like this. Copy them from the note, or cite all of it",
    "finding.bad_range": "The note has {length} characters. Select a part of it, or cite all of it",
    "finding.not_cited": "{reference} does not cite this note, so nothing was taken off",
    "section.no_subject": "There is no ‘{subject}’ for this part. Select a theme or a statement",
    "section.too_long": "This is longer than {longest} characters. Shorten it",
}
