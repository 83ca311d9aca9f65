"""Sentences about notes, assessments, visits, activities, people and the log itself."""

from __future__ import annotations

WORDING: dict[str, str] = {
    "entry.empty": "Enter a note",
    "entry.too_long": "Note must be {longest} characters or less. Your text is still on screen",
    "entry.noticed_in_future": "Time must be now or earlier",
    "entry.unknown": "This note is not in your vault. Look for it with Find",
    "entry.withdrawn": "This note is withdrawn. Take the withdrawal back first",
    "entry.not_withdrawn": "This note is in use, so there is no withdrawal to take back",
    "addendum.empty": "Enter the words to add",
    "addendum.no_reason": "Enter a reason for adding to this note",
    "withdrawal.no_reason": "Enter a reason for withdrawing this note",
    "assessment.no_name": "Enter a name for this assessment",
    "assessment.no_pack": "Select a framework pack",
    "assessment.too_long": "Name must be {most} characters or fewer. It has {length}",
    "assessment.name_taken": "An assessment called ‘{name}’ already exists. Use a different name",
    "assessment.unknown": "This assessment is not in your vault",
    "visit.no_name": "Enter a visit name",
    "visit.name_taken": "A visit called ‘{name}’ without a date already exists. Use a different name",
    "visit.name_taken_on": "A visit called ‘{name}’ on {day} already exists. Use a different name",
    "visit.too_long": "This must be {most} characters or fewer. It has {length}",
    "visit.year": "Date must be between {first} and {last}",
    "visit.ends_before_start": "End date must be the same as or after the start date",
    "visit.unknown": "This visit is not in your vault",
    "activity.too_long": "This must be {most} characters or fewer. It has {length}",
    "activity.no_title": "Enter a name for this activity",
    "activity.time": "Time must be like 09:30. This one is ‘{text}’",
    "activity.starts": "Start time must be like 09:30",
    "activity.ends": "End time must be like 09:30",
    "activity.in_time_order": "The agenda is in order of time. Change the start time of ‘{title}’ to move it further",
    "activity.has_notes": (
        "‘{title}’ has notes, and notes stay with the visit they were made on. Add it to the other visit as a new "
        "activity instead"
    ),
    "activity.named_by_consent": (
        "This interview is called ‘{title}’ because of what was agreed. Nothing was changed. Change the consent first "
        "if they agreed to be named"
    ),
    "activity.other_assessment": "Select a visit of the same assessment",
    "activity.no_lines": "Enter at least one line, like 09:30 ICB board",
    "activity.line_time": "Line {number} has no time. Add one, or leave it as a heading",
    "item.no_title": "Enter a name for this agenda item",
    "activity.ends_before_start": "End time must be after {starts}",
    "activity.unknown": "This activity is not in your vault",
    "person.kind": "Select who it is, or ‘Own code’",
    "person.letters": "A code begins with {known}",
    "person.same": "{code} is the same person already. Select somebody else",
    "person.merged": "{code} and {into} stand for one person already",
    "person.elsewhere": "These two are of different assessments, and codes are joined within one",
    "person.not_merged": "{code} stands for itself: nothing to undo",
    "person.unknown": "This person is not on the list any more",
    "person.no_into": "Select whose code stays",
    "person.code": "Code must be 1 to 8 letters and numbers, starting with a letter. This one is ‘{code}’",
    "person.code_taken": "The code ‘{code}’ is already used on this visit. Use a different code",
    "box.passphrase_wrong": "This is not the passphrase of this part of the vault. Check Caps Lock and try again",
    "box.changed": "Something else was saved here a moment before. Nothing is lost. Save again",
    "box.wait": (
        "This is not the passphrase of this part of the vault. You can try again in {seconds} seconds. "
        "What is in it is safe"
    ),
    "box.damaged": "This part of the vault cannot be read: its bytes have changed. Go back to a backup in Settings",
    "box.full": "This part of the vault is full. Hand over what is in it, then remove it here",
    "box.shut": "This part of the vault was closed. Open it again with its passphrase",
    "record.unknown": "There is no such record on this laptop. It may belong to another assessment",
    "person.no_code": "Enter a code, like ch",
    "person.no_role": "Enter a role",
    "person.too_long": "This must be {most} characters or fewer. It has {length}",
    "revision.too_large": "This is more text than one record can hold. Your text is still on screen. Make it shorter",
    "revision.malformed": "Something that arrived is not a FieldKit record. It was set aside and nothing else changed",
    "revision.sealed": "The words of this record are not on this laptop. Only the proof that it exists is here",
    "receipt.malformed": "A receipt could not be read, so nothing is shown as confirmed by it. Your work is safe",
    "receipt.signature": (
        "A receipt was not signed by your central store, so nothing is shown as confirmed by it. "
        "Your work is safe. Tell IT"
    ),
    "key.does_not_open": "This key does not open the vault. Nothing was changed",
    "wire.damaged": "What arrived was damaged on the way. Your work is saved on this laptop. FieldKit will try again",
}
