"""Sentences about interview guides."""

from __future__ import annotations

from typing import Final

WORDING: Final[dict[str, str]] = {
    "guide.installed_damaged": (
        "The interview guides that came with this program cannot be read ({file}). Your notes are safe. "
        "Install the program again"
    ),
    "guide.no_built_in": "There is no guide ‘{wanted}’ in this program. It has: {known}",
    "guide.already_here": (
        "The guide ‘{title}’ is already here in this form, as version {version}. Nothing was changed"
    ),
    "guide.no_form": (
        "‘{title}’ cannot be written as a form. One of its rules names a question it does not have: {words} "
        "Nothing was written. Change the rule or the question, then try again"
    ),
    "guide.too_long": "This must be {most} characters or fewer. It has {length}",
    "guide.no_title": "Enter a title",
    "guide.no_questions": "Enter at least one question",
    "guide.question_empty": "Enter the question",
    "guide.rule_names_nothing": (
        "‘{question}’ is asked depending on ‘{name}’, which is not in this guide. Change that rule or leave it empty"
    ),
    "guide.rule_not_read": "This rule cannot be run here (‘{word}’). Leave it empty to ask the question always",
    "guide.minutes": "Minutes must be a number up to 1440",
    "guide.statement_unknown": "No statement of this assessment is called: {words}",
    "guide.asked_for": (
        "The rule of another question asks for this one: ‘{question}’. Nothing was removed. Change that rule first"
    ),
    "guide.no_file": "Choose a file",
    "guide.no_kinds": "Select what the guide is for",
    "guide.too_many_questions": (
        "This guide has {count} questions. A guide can have {most}. Nothing was changed. Divide it into several guides"
    ),
    "guide.too_large": (
        "This guide has more than {most} MB of text, which is too much to send. Nothing was changed. "
        "Divide it into several guides"
    ),
}
