"""Sentences about the factual accuracy check and what follows it."""

from __future__ import annotations

WORDING: dict[str, str] = {
    "accuracy.no_body": "Enter at least one body that the draft went to, like: Northshire ICB",
    "accuracy.no_report": "Select the file of the draft that was sent, so that its version is known",
    "accuracy.sent_ahead": "The day of the e-mail must be today or earlier",
    "accuracy.too_long": "This must be {most} characters or fewer. It has {length}. A comment itself has no limit",
    "accuracy.no_paragraph": "Enter which paragraph it is about, like 3.2, or page and first words",
    "accuracy.no_kind": "Select what kind of comment it is",
    "accuracy.no_text": "Enter the comment",
    "accuracy.no_evidence": "Enter the evidence from the time of the assessment that contests the fact",
    "accuracy.evidence_ahead": "The day of the evidence must be today or earlier",
    "accuracy.not_decided": "Select whether the comment is accepted",
    "accuracy.no_reason": "Enter why it is accepted or not",
    "accuracy.no_words": "A comment that is not accepted changes no words. Leave the new words empty",
    "accuracy.reviewer_visited": "Somebody who was on the visit does not review comments, and you were: {where}. "
    "The comment is kept. Ask a colleague who was not there",
    "accuracy.not_accepted": "Accept the comment with a reason first. Then a score can change because of it",
    "accuracy.unknown_comment": "There is no comment {wanted} in this assessment. See fieldkit accuracy list",
    "accuracy.unknown_send": "No draft was sent to {wanted} in this assessment. See fieldkit accuracy list",
    "accuracy.nothing_sent": "No draft was sent out yet. Record that first, with fieldkit accuracy send",
    "accuracy.words_unreadable": "The file {file} cannot be read. Nothing was saved. Check that it is there and closed",
    "accuracy.file_kind": "No comments were found in {file}. Use a document with comments, the filled-in form, or a "
    "table (.csv, .xlsx) with columns named paragraph, kind, comment and evidence",
    "accuracy.file_too_large": "{file} is larger than {most} MB once unpacked. Nothing was read",
    "accuracy.file_damaged": "{file} is damaged, or is not a document that can be read here. Nothing was read",
    "accuracy.row_paragraph": "Row {row}: enter which paragraph it is about",
    "accuracy.row_kind": "Row {row}: the kind is none of typographical (1), contested (2), additional (3)",
    "accuracy.row_text": "Row {row}: the comment is empty",
    "accuracy.row_evidence": "Row {row}: a contested fact needs its evidence",
    "accuracy.row_day": "Row {row}: the day of the evidence is not a day like 12 March 2026",
    "accuracy.no_statement": "Select which statement is scored again",
    "accuracy.no_file": "Select the file of comments",
    "accuracy.no_draft": "Select which draft it is about",
    "accuracy.wrong_rows": "{count} rows do not read. Mend them, or tick that they are left out",
    "accuracy.bad_rows": "{count} rows do not read. Nothing was taken in. See them with --look, then mend them or "
    "add --good-rows",
    "improve.no_day": "Enter the day of the summit",
    "improve.no_what": "Enter what is to be done",
    "improve.no_owner": "Enter who does it: a role and its body",
    "improve.no_due": "Enter until when",
    "improve.no_evidence": "Enter what proves that it is done",
    "improve.done_ahead": "The day it was done must be today or earlier",
    "improve.no_words": "Enter what was found",
    "improve.too_long": "This must be {most} characters or fewer. It has {length}. Attach a file for more",
    "improve.unknown": "There is no action {wanted} on the plan. See fieldkit improve list",
}
