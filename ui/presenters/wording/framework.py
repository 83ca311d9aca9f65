"""Sentences about the frameworks of an assessment: a second one, crosswalks, and figures that are held already."""

from __future__ import annotations

from typing import Final

WORDING: Final[dict[str, str]] = {
    "framework.there": "This assessment works against ‘{title}’ already. Nothing was changed",
    "framework.other_version": (
        "This assessment works against version {version} of this framework. Nothing was changed. Carry the tags over "
        "to the later version instead"
    ),
    "framework.too_many": "An assessment can work against {most} frameworks. Remove one first",
    "framework.main": (
        "This is the main framework of the assessment, so it stays. Nothing was changed. Remove one that "
        "stands beside it"
    ),
    "framework.not_there": "The assessment does not work against ‘{pack}’. Nothing was changed",
    "framework.no_choice": "Select a framework",
    "framework.no_crosswalk": (
        "‘{newer}’ does not say how tags of ‘{older}’ are carried over. Nothing was changed. Tag the notes by hand, or "
        "ask whoever made the pack"
    ),
    "framework.bad_choice": (
        "‘{newer}’ is none of those that follow ‘{older}’. Nothing was changed. Select from: {known}"
    ),
    "framework.not_carried": "No tag was carried over from ‘{older}’, so there is nothing to take back",
    "framework.choice_form": "‘{given}’ is not an older statement and what follows it. Write it like ci=pl or ci=pl,cw",
    "metric.no_file": "Select a file",
    "metric.empty": "‘{file}’ has no table with the columns metric and value. Nothing was changed",
    "metric.no_column": "‘{file}’ has no column {column}. Nothing was changed. Add it, then select the file again",
    "metric.column_twice": "‘{file}’ has two columns {column}. Nothing was changed. Keep one",
    "metric.macros": "‘{file}’ can bring macros. Nothing was changed. Save it as .xlsx or .csv",
    "metric.too_many": "‘{file}’ has {rows} rows, and {most} fit. Nothing was changed. Split it into smaller files",
    "metric.row_missing": "Row {row}: {column} is empty",
    "metric.row_long": "Row {row}: {column} has {length} characters, and {most} fit",
    "metric.row_value": "Row {row}: ‘{value}’ is no figure. Write a number like 78.2",
    "metric.row_polarity": "Row {row}: ‘{value}’ does not say which end is best. Write higher or lower",
    "metric.row_contrary": "Row {row}: the pack says that {said} of ‘{metric}’, and the file says the other",
    "metric.row_no_polarity": (
        "Row {row}: nothing says which end of ‘{metric}’ is best. Write higher or lower in a column called better"
    ),
    "metric.row_scale": "Row {row}: {value} is no step of ‘{scale}’",
    "metric.row_statement": "Row {row}: ‘{value}’ is no statement of a framework of this assessment",
    "metric.row_category": "Row {row}: ‘{value}’ is no category that is used for ‘{statement}’",
    "metric.row_untagged": (
        "Row {row}: nothing says what ‘{metric}’ is evidence for. Select statements, or add a column called statement"
    ),
    "metric.row_twice": "Row {row}: the same metric, organisation and period as row {first}",
    "metric.wrong_rows": "{count} row(s) do not read, the first is row {row}. Nothing was kept",
    "metric.nothing_new": "Nothing in ‘{file}’ is new or changed, so nothing was kept",
    "metric.no_visit": "The assessment has no visit yet. Plan one first: held evidence is kept with a visit",
    "entry.held_metric": (
        "This is a figure that was imported. It is corrected by importing a newer file and never changed by hand"
    ),
}
