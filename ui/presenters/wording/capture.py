"""Quiet remarks after a note is saved: something in it may have been meant otherwise. None of them blocks."""

from __future__ import annotations

SENTENCES = {
    "capture.tag_unknown": "Tag not recognised: {word}. It was kept as a word",
    "capture.number_kept": "{word} was kept as a word. Select Choose a tag if you meant a statement",
    "capture.person_unknown": "Person not recognised: {word}. It was kept as a word",
    "capture.category_twice": "This note has two categories. The last one counts, {word} was kept as a word",
    "capture.case_twice": "This note names two cases. The last one counts, {word} was kept as a word",
    "capture.category_not_used": "{word} was kept as a word. This framework does not use that kind of evidence",
    "capture.nhs_number": "This looks like an NHS number. Withdraw the note and write it without the number",
    "capture.email": "This looks like an email address. Withdraw the note if it names a person",
    "capture.phone": "This looks like a telephone number. Withdraw the note if it is a person’s own",
}
"""From code to remark; ``word`` is the word of the line it is about."""
