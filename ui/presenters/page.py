"""The screens and the parts of Help by name: the window knows them before any of them is imported."""

from __future__ import annotations

from enum import StrEnum


class Page(StrEnum):
    """The screens; the value is the word in the main menu."""

    HOME = "Home"
    VISIT = "Visit"
    LOG = "Live log"
    EVIDENCE = "Evidence"
    COVERAGE = "Coverage"
    SCORES = "Scores"
    FINDINGS = "Findings"
    INTERVIEW = "Interview"
    DROP_IN = "Drop-in"
    CASE = "Case"
    RECORD_REVIEW = "Record review"
    CASES = "Cases"
    COMPARE = "Compare cases"
    PEOPLE = "People"
    GUIDES = "Interview guides"
    FILES = "Files"
    REQUESTS = "Information requests"
    FRAMEWORKS = "Frameworks"
    PROGRAMME = "Programme"
    DAY = "End of day"
    ACCURACY = "Factual accuracy"
    ESCALATIONS = "Escalations"
    DISCLOSURES = "Restricted disclosures"
    TEXTS = "Short texts"
    REPORTS = "Reports"
    SEND = "Send"
    DECIDE = "Decide"
    HAND_OVER = "Hand over"
    URGENT = "Urgent item as a code"
    HAND_IN = "Hand in"
    EXPOSURE = "What would be lost"
    SETTINGS = "Settings"
    HELP = "Help"


class Of(StrEnum):
    """What a page is about, which says what it opens on when nobody names a record."""

    ASSESSMENT = "assessment"
    VISIT = "visit"
    VAULT = "vault"
    """Nothing in particular: it opens without a visit too."""
    RECORD = "record"
    """An activity or another record: always named."""


ABOUT = {
    Page.FRAMEWORKS: Of.ASSESSMENT,
    Page.INTERVIEW: Of.RECORD, Page.DROP_IN: Of.RECORD, Page.CASE: Of.RECORD, Page.RECORD_REVIEW: Of.RECORD,
    Page.CASES: Of.ASSESSMENT, Page.PEOPLE: Of.VISIT, Page.GUIDES: Of.ASSESSMENT, Page.FILES: Of.ASSESSMENT,
    Page.SCORES: Of.ASSESSMENT, Page.REQUESTS: Of.ASSESSMENT, Page.PROGRAMME: Of.VISIT, Page.ESCALATIONS: Of.ASSESSMENT,
    Page.COMPARE: Of.ASSESSMENT, Page.DISCLOSURES: Of.VAULT, Page.HAND_IN: Of.VAULT, Page.TEXTS: Of.VAULT,
    Page.REPORTS: Of.ASSESSMENT, Page.DAY: Of.VISIT, Page.DECIDE: Of.VAULT, Page.HAND_OVER: Of.VAULT,
    Page.URGENT: Of.VAULT, Page.ACCURACY: Of.ASSESSMENT,
    Page.FINDINGS: Of.ASSESSMENT,
}  # fmt: skip
"""The pages of fieldwork (``ui.presenters.fieldwork_pages``)."""


class Part(StrEnum):
    """The parts of Help; the value is the word on the tab."""

    ANSWERS = "This screen"
    SHORTCUTS = "Shortcuts"
    GUIDE = "User guide"
