"""Sentences about cases, their events and case lists."""

from __future__ import annotations

SENTENCES = {
    "case.nothing": "Enter a short description, like: Woman, 80s, fall at home",
    "case.too_long": "This must be {most} characters or fewer. It has {length}",
    "case.no_reason": "Enter why this case does not take part",
    "case.held": "{state}. This case is held on this laptop and is not written to a file",
    "case.none": "There are no cases yet. Import a list or add a case first",
    "case.unknown": "There is no case {code}",
    "case.no_visit": "Select the visit on which this case is followed",
    "case.sample_size": "Sample must be between 1 and 50 cases",
    "touchpoint.no_when": "Enter when this happened",
    "touchpoint.date": "Date must be a real date",
    "touchpoint.future": "Date must be in the past",
    "touchpoint.early": "Date must be in 1900 or later",
    "touchpoint.no_service": "Select the service",
    "touchpoint.nothing": "Enter what happened",
    "touchpoint.no_words": "Enter the person's words",
    "touchpoint.no_reason": "Enter why this event is taken off",
    "touchpoint.standard": "Longest wait must be a whole number of days, like 14",
    "touchpoint.tag": "Tag not recognised: {word}. Enter tags like #sp- #lc",
    "touchpoint.unknown": "There is no event {number} in case {code}",
    "compare.none": "No case is followed yet. Follow a case first, then compare",
    "gap.unknown": "There is no gap {number} in case {code}",
    "gap.no_tag": "Enter a tag, like #sp-. Without one the gap counts in no coverage",
    "dated_list.empty": "Paste the list, one event a line with its date first",
    "dated_list.too_long": "This list has {count} events. Paste {most} or fewer at a time. Nothing was added",
    "dated_list.no_date": "Line {line}: no date was found. Begin the line with one, like 12 March 2026: {text}",
    "dated_list.wrong_lines": (
        "{count} of the lines do not read. Nothing was added. Mend them, or tick to leave them out. {words}"
    ),
    "dated_list.nothing_good": "No line of this list reads as an event. Begin each with a date, like 12 March 2026",
    "case_list.no_file": "Choose the file of the case list",
    "case_list.macros": (
        "{file} can hold macros, which FieldKit never opens. Save it as an Excel workbook (.xlsx) or as CSV, then "
        "choose that file. Nothing was imported"
    ),
    "case_list.empty": "{file} has no row of headings with cases below it. Nothing was imported",
    "case_list.too_many": (
        "{file} has {rows} rows. A case list can have {most}. Make a shorter list, then choose it again. Nothing was "
        "imported"
    ),
    "case_list.no_columns": "Select what at least one column holds",
    "case_list.twice": "Select only one column for: {what}",
    "case_list.names": "A column of names cannot be imported. Cases have a reference and never a name",
    "case_list.nhs_numbers": "A column of NHS numbers cannot be imported. Cases have a reference of their own",
    "case_list.births": "A column of dates of birth cannot be imported. Use the age band",
    "case_list.addresses": "A column of addresses cannot be imported. Use the place, like a town or district",
    "case_list.contacts": "A column of phone numbers or e-mail addresses cannot be imported",
    "case_list.cell_long": "Row {row}: {column} has {length} characters. It can have {most}. Shorten it in the file",
    "case_list.cell_nhs_number": "Row {row}: {column} holds what looks like an NHS number. Take it out of the file",
    "case_list.cell_contact": (
        "Row {row}: {column} holds what looks like a phone number or e-mail address. Take it out of the file"
    ),
    "case_list.cell_postcode": "Row {row}: {column} holds what looks like a postcode. Take it out of the file",
    "case_list.cell_date": (
        "Row {row}: {column} holds a full date, which could be a date of birth. Use a month or an age band instead"
    ),
    "case_list.repeated": "Row {row}: says the same as {first}",
    "case_list.wrong_rows": (
        "{count} of the rows cannot be imported, the first is row {row}. Nothing was imported. Mend the file, or "
        "import only the good rows"
    ),
    "case_list.nothing_good": "None of the rows can be imported. Nothing was changed",
}
