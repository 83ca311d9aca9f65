"""Sentences about leaving a team, and about who may know what."""

from __future__ import annotations

TEAM = {
    "team.alone": "This laptop works on its own: what is in it is nowhere else. Nothing was left",
    "team.waits": (
        "Your role on the team of {name} is {role}, which hands nothing in. What you write there is kept, here and at "
        "the office, and the team sees it once its {roles} lets it in"
    ),
    "team.not_left": "That assessment was not left",
    "team.told": "The office knows already. Ask the lead to put you on the team again: then everything comes back",
    "restrict.unknown": "There is no note, activity or record {record}. Choose one that lists show",
    "restrict.role": "‘{role}’ is no role. Roles are {roles}",
    "restrict.person": "Nobody on the team is called ‘{person}’, or more than one person is. Give the whole name",
    "restrict.too_long": "The reason has at most {most} characters. The whole team reads it",
}
