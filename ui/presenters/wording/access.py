"""Sentences about looking at records."""

from __future__ import annotations

WORDING: dict[str, str] = {
    "access.not_one": "‘{title}’ is no record review. Records are opened in an activity of that kind",
    "access.whose": "Enter whose record it is, by code, like P2 or C03",
    "access.whose_code": "Enter a code and no name, like P2 or C03. Add the person first if they have none yet",
    "access.what": "Enter what you look at, like care plan or incident report",
    "access.why": "Enter why it is necessary to look at this record",
    "access.basis": "Select what allows you to look: a power or the person’s consent",
    "access.power": "Enter which power is used, like section 63 of the Health and Social Care Act 2008",
    "access.consent": "Enter how the person agreed, like: spoken, to their nurse, this morning",
    "access.capacity": "Select whether you considered if the person can decide about this",
    "access.capacity_how": "Enter how it was considered, or why it was not",
    "access.told": "Select whether the person is told before, after, or not",
    "access.told_why": "Enter why the person is not told",
    "access.copied": "Select whether anything is copied",
    "access.copied_what": "Enter what is copied and where the copy is",
    "access.too_long": "This is longer than {longest} characters. Write what you found as notes",
    "access.needed": (
        "Open a record first: a note here has to say which record it is from. What you typed is kept as a draft"
    ),
    "access.other": (
        "The open record is {whose}’s, and this note is about somebody else. Open their record first. "
        "What you typed is kept as a draft"
    ),
    "access.closed": "{reference} is closed already",
    "access.no_consent": "{reference} rests on a power and not on consent",
    "access.unknown": "There is no record {reference} in this assessment’s access log. See fieldkit access list",
    "access.which": "Name the record review with --activity: {choices}",
}
