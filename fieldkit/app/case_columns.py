"""Which column of a case list is which: guessed from its heading, never from a name, an NHS number or a date of birth.

A column that identifies people is refused whatever a person chooses for it: it is told by its heading and by what
stands in it, and nothing of it is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.capture.personal import Detail, personal_details
from fieldkit.domain.case import CHARACTERISTICS


class Identifies(StrEnum):
    """Why a column may not be used; the value is the code of its sentence."""

    NAME = "case_list.names"
    NHS_NUMBER = "case_list.nhs_numbers"
    BIRTH = "case_list.births"
    ADDRESS = "case_list.addresses"
    CONTACT = "case_list.contacts"


DESCRIPTION, CRITERION, NOTHING = "description", "criterion", ""
FIELDS = (DESCRIPTION, *CHARACTERISTICS, CRITERION)
"""What a column may be; several may be criteria, each named by its heading."""

_REFUSED = (
    (Identifies.NHS_NUMBER, re.compile(r"\bnhs\b|\bnhs ?(?:no|num|number)\b|national insurance|\bni no\b")),
    (Identifies.BIRTH, re.compile(r"\bdob\b|birth|\bborn\b")),
    (Identifies.ADDRESS, re.compile(r"address|post ?code|\bstreet\b|house n")),
    (Identifies.CONTACT, re.compile(r"e-?mail|phone|mobile|\btel\b")),
    (Identifies.NAME, re.compile(r"(?:fore|sur|first|last|family|given|full|christian|middle)[ -]?name|\bnames?\b|"
                                 r"next of kin|\binitials\b")),
)  # fmt: skip
_NO_PERSON = re.compile(
    r"(?:team|service|setting|ward|home|gp|practice|provider|organisation|trust|site|place|need) name"
)
_MEANT = (
    ("age_band", re.compile(r"\bage\b|age ?(?:band|group|range)")),
    ("ethnicity", re.compile(r"ethnic")),
    ("carer", re.compile(r"\bcarers?\b|caring|unpaid care")),
    ("setting", re.compile(r"setting|accommodation|residence|\blives?\b|living|care type|\bhome\b")),
    ("need", re.compile(r"\bneeds?\b|condition|diagnos|support reason|client group|category|presenting")),
    ("place", re.compile(r"place|locality|localities|area|district|borough|neighbourhood|\bpcn\b|town|region")),
    ("description", re.compile(r"descri|summary|story|pathway|scenario|background|notes?|reason|case")),
    ("criterion", re.compile(r"criteri|inclu|meets|transition|admitted|delayed|review overdue")),
)  # fmt: skip
_SAMPLE = 200
"""Cells of a column that are looked at."""
_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2}")
_MANY = 0.5
"""Above this share of cells that identify somebody the column is refused; below it those rows are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the file. ``guess`` is one of ``FIELDS`` or empty; ``refused`` says why it cannot be used."""

    at: int
    heading: str
    guess: str = NOTHING
    refused: Identifies | None = None
    example: str = ""
    """What stands in it first; empty for a refused one."""


def columns_of(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """Every column with what it seems to be; each field but ``criterion`` is guessed for one column at most."""
    width = max((len(headings), *(len(row) for row in rows)), default=0)
    taken: set[str] = set()
    found = []
    for at in range(width):
        heading = " ".join(headings[at].split()) if at < len(headings) else ""
        cells = [row[at] for row in rows[:_SAMPLE] if at < len(row) and row[at]]
        refused = _refused(heading, cells)
        guess = NOTHING if refused else _guess(heading, cells, taken)
        taken.add(guess)
        example = cells[0][:80] if cells and not refused else ""
        found.append(Column(at=at, heading=heading, guess=guess, refused=refused, example=example))
    return tuple(found)


def identifies(cell: str) -> Identifies | None:
    """What one cell gives away of a person, if anything."""
    for sighting in personal_details(cell):
        return Identifies.NHS_NUMBER if sighting.detail is Detail.NHS_NUMBER else Identifies.CONTACT
    if _POSTCODE.search(cell):
        return Identifies.ADDRESS
    return Identifies.BIRTH if _DATE.search(cell) else None


def check_mapping(columns: Sequence[Column], mapping: Mapping[int, str]) -> Identifies | None:
    """Why a choice of columns cannot be used; None when it can."""
    return next((one.refused for one in columns if one.refused and mapping.get(one.at)), None)


def _refused(heading: str, cells: Sequence[str]) -> Identifies | None:
    said = heading.casefold().replace("_", " ")
    for why, pattern in _REFUSED:
        if pattern.search(said) and not (why is Identifies.NAME and _NO_PERSON.search(said)):
            return why
    given = [found for found in map(identifies, cells) if found is not None]
    if len(given) > len(cells) * _MANY:
        return Identifies.NHS_NUMBER if Identifies.NHS_NUMBER in given else given[0]
    return None


def _guess(heading: str, cells: Sequence[str], taken: set[str]) -> str:
    said = heading.casefold().replace("_", " ")
    if not said or not cells:
        return NOTHING
    for field, pattern in _MEANT:
        if pattern.search(said) and (field == CRITERION or field not in taken):
            return field
    return NOTHING
