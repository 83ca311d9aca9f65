"""Sentences about reports."""

from __future__ import annotations

REPORTS = {
    "report.unknown": "There is no report ‘{kind}’. fieldkit report list shows those there are",
    "report.suffix": "A report is saved as {suffixes}. Give the file a name that ends in one of these",
    "report.exists": "{file} is there already. Choose another name, or add --replace",
    "report.which_statement": "Say which statement the report is about, with --statement",
    "report.held": "Nothing was saved. The consent of this case: {state}. What is held is in nothing that leaves",
    "report.interview_held": "Nothing was saved. Consent of this interview: {state}. What is held leaves in nothing",
    "report.restricted": "Nothing was saved. This is restricted to named people, so its words are not put on paper",
    "report.stopped": "The report was stopped. Nothing was written",
    "report.nothing": "There is nothing to report of {what} yet",
}
"""From code to sentence; braces name the error's details."""
