"""Sentences about deciding what two laptops made of one thing, and about final reports over such questions."""

from __future__ import annotations

WORDING: dict[str, str] = {
    "question.none": "There is nothing to decide about this. Somebody may have decided it already",
    "question.changed": "Another change of this came while you looked at it. Nothing was decided. Look at it again",
    "question.unreadable": (
        "One of the changes was made with a later version of FieldKit, or is not shared with you, so it can not be "
        "compared here. Nothing is lost. Update FieldKit, or ask a team-mate who can read it to decide"
    ),
    "question.held": (
        "This is held because consent was refused or withdrawn. Nothing is lost. It can be decided once consent is "
        "given again"
    ),
    "question.no_reason": "Enter why, so that others can follow the decision",
    "question.too_long": "This must be {most} characters or fewer",
    "question.no_choice": "Select which wording to keep",
    "question.no_words": "Enter the new wording",
    "question.not_together": (
        "These choices do not go together. Nothing was decided. Keep one side’s dates or values as they belong together"
    ),
    "question.is_note": "Select whether to keep the note or delete it",
    "question.not_decided": "Somebody went on with this. Nothing was changed. Change it on its own page",
    "question.no_account": "There is no account {number} of this. Give a number from 1 to {most}",
    "question.no_field": "‘{name}’ is not asked about here. Asked about: {fields}",
    "question.unknown": "There is no open question {number}. See fieldkit question list",
}
