"""The check boxes of the Filters panel and the quick filters: each writes one value of the filter language."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from fieldkit.app.filter_names import BEARINGS, CAME, EVERY, KINDS, MARKS, STATUSES
from fieldkit.app.filters import Key
from fieldkit.domain.people import shown_codes
from fieldkit.domain.secondary import secondary_in
from ui.presenters.coverage.links import code_in
from ui.presenters.evidence.opening import BoardFacts

_MARKS = {
    "untagged": "Untagged", "question": "Follow-up", "risk": "Possible risk", "quote": "Exact words",
    "view": "My view", "mark": "Marked moment", "withdrawn": "Withdrawn", "held": "Held",
    "mine": "Written by me", "contradicted": "Contradicted", "restricted": "Restricted",
}  # fmt: skip
_BEARINGS = {"strength": "Strength", "shortfall": "Shortfall", "mixed": "Both ways", "neutral": "Neither way"}
_CAME = {"held": "Held already", "requested": "Asked for", "collected": "Collected on site"}
_KINDS = {
    "observation": "Observation", "interview": "Interview", "group": "Focus group", "case": "Case track",
    "dropin": "Drop-in", "record": "Record review",
}  # fmt: skip
_STATUSES = {
    "waiting": "Waiting to send", "sent": "Sent and confirmed", "stays": "Stays on this laptop",
    "team": "From your team",
}  # fmt: skip
QUICK = (
    ("Untagged", Key.IS, "untagged"), ("Follow-ups", Key.IS, "question"), ("Exact words", Key.IS, "quote"),
    ("Contradicted", Key.IS, "contradicted"),
    ("Waiting", Key.STATUS, "waiting"), ("My view", Key.IS, "view"),
)  # fmt: skip
"""The row of quick filters (ux S8); one at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A check box: what it says, and what it writes (``qs:lc``)."""

    words: str
    key: Key
    value: str

    @property
    def typed(self) -> str:
        """What somebody who types would write; shown beside the box, so that it is learnt by seeing."""
        return f"{self.key}:{self.value}" if " " not in self.value else f'{self.key}:"{self.value}"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Check boxes under a heading."""

    heading: str
    choices: tuple[Choice, ...]


def groups_of(facts: BoardFacts) -> tuple[Group, ...]:
    """Everything the panel offers in this assessment; groups with nothing to choose are left out."""
    main = facts.frameworks[0]
    merged = shown_codes(facts.people)
    people = dict.fromkeys((one.code, one.role) for one in facts.people if one.code not in merged)
    found = (
        _group("Kind of note", Key.IS, [(_MARKS[value], value) for value in MARKS]),
        _group("Bearing", Key.BEARING, [(_BEARINGS[value], value) for value in BEARINGS]),
        _group("How it came", Key.CAME, [(_CAME[value], value) for value in CAME]),
        _group("From", Key.FROM, [(_KINDS[value], value) for value in KINDS]),
        _group("Status", Key.STATUS, [(_STATUSES[value], value) for value in STATUSES]),
        _group("Evidence category", Key.CATEGORY, [(one.title, one.code) for one in main.categories]),
        *(_statements(facts, place) for place in range(len(facts.frameworks))),
        *_secondary(facts),
        _group("Speaker", Key.WHO, [(role, code) for code, role in people]),
        _group("Written by", Key.BY, [(one.name, one.initials) for one in facts.authors]),
        _group("Visit", Key.VISIT, [(one.name, one.name) for one in facts.visits]),
        _group("Place", Key.PLACE, [(one.place, one.place) for one in facts.visits if one.place.strip()]),
        _group(
            "Organisation",
            Key.ORGANISATION,
            [(one.organisation, one.organisation) for one in facts.activities if one.organisation.strip()],
        ),
    )
    return tuple(group for group in found if group.choices)


def _statements(facts: BoardFacts, place: int) -> Group:
    """The statements of a framework; of any but the main one under its name, and all of them by one box."""
    framework, words = facts.frameworks[place], "Statement"
    pairs = [(f"{one.position} {one.title}", code_in(facts.frameworks, place, one.code)) for one in framework]
    if place:
        words = f"{words}, {framework.short_title}"
        pairs.insert(0, ("Any of them", code_in(facts.frameworks, place, EVERY)))
    return _group(words, Key.STATEMENT, pairs)


def _secondary(facts: BoardFacts) -> list[Group]:
    """The secondary tags, a group for each set; packs that share one share its boxes."""
    sets: dict[str, str] = {}
    pairs: dict[str, list[tuple[str, str]]] = {}
    every = secondary_in(facts.frameworks)
    homes = Counter(tag for tag, _ in {(tag, tag_set) for _, tag_set, tag in every})
    for (_, tag_set, tag), (one, meant) in every.items():
        sets.setdefault(tag_set, one.title)
        value = tag if homes[tag] == 1 else f"{tag_set}/{tag}"
        pairs.setdefault(tag_set, []).append((meant.title, value))
    return [_group(title, Key.ALSO, pairs[tag_set]) for tag_set, title in sets.items()]


def _group(heading: str, key: Key, pairs: list[tuple[str, str]]) -> Group:
    choices = (Choice(words=words, key=key, value=value) for words, value in dict.fromkeys(pairs))
    return Group(heading=heading, choices=tuple(choices))
