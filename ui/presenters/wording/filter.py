"""Sentences about a filter's values that mean nothing here. The search goes on: they are looked for as words."""

from __future__ import annotations

_WHAT = (
    ("statement", "a statement of this pack"),
    ("category", "an evidence category in this pack"),
    ("bearing", "a bearing"),
    ("came", "a way evidence comes"),
    ("also", "a secondary tag in this pack"),
    ("is", "a kind of note"),
    ("from", "a kind of activity"),
    ("who", "a person on the list, so it is looked for as a code"),
    ("by", "a member of the team"),
    ("visit", "a visit of this assessment"),
    ("in", "an activity of this assessment"),
    ("place", "a place of a visit of this assessment"),
    ("organisation", "an organisation of an activity of this assessment"),
    ("about", "a case of this assessment"),
    ("status", "a status"),
    ("key", "a filter, so it is looked for as words"),
)

WORDING: dict[str, str] = {
    **{f"filter.{name}": f"‘{{text}}’ is not {what}" for name, what in _WHAT},
    **{f"filter.{name}_near": f"‘{{text}}’ is not {what}. Did you mean ‘{{near}}’?" for name, what in _WHAT},
    "coverage.no_part": "‘{part}’ is not among them, or not one alone. There are: {names}",
    "filter.on": "‘{text}’ is not a day. Enter one like 12nov, today or 12nov-14nov",
    "filter.empty": "Enter something after ‘{text}’",
    "filter.no_name": "Enter a name for this filter",
    "filter.nothing_to_save": "Enter a filter first, then save it",
    "filter.name_taken": "A filter called ‘{name}’ already exists. Use a different name",
}
