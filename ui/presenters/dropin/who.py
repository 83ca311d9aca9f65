"""Who was spoken to, in two or three keys: ``3s`` is three members of staff, ``p10`` one person for ten minutes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from fieldkit.domain.framework import SpeakerKind
from fieldkit.kernel.errors import Mistake

LETTERS: Mapping[str, SpeakerKind | None] = {
    "p": SpeakerKind.PERSON, "c": SpeakerKind.CARER, "s": SpeakerKind.STAFF, "l": SpeakerKind.LEADER,
    "a": SpeakerKind.PARTNER, "o": None,
}  # fmt: skip
BANDS: Mapping[SpeakerKind | None, str] = {
    SpeakerKind.PERSON: "People who use services", SpeakerKind.CARER: "Carers and family", SpeakerKind.STAFF: "Staff",
    SpeakerKind.LEADER: "Leaders", SpeakerKind.PARTNER: "Another organisation", None: "Others",
}  # fmt: skip
_SPOKEN: Mapping[SpeakerKind | None, tuple[str, str]] = {
    SpeakerKind.PERSON: ("person who uses services", "people who use services"),
    SpeakerKind.CARER: ("carer or relative", "carers and family"), SpeakerKind.STAFF: ("member of staff", "staff"),
    SpeakerKind.LEADER: ("leader", "leaders"),
    SpeakerKind.PARTNER: ("person from another organisation", "people from another organisation"),
    None: ("other person", "others"),
}  # fmt: skip
HINT = "p person, c carer, s staff, l leader, a another organisation, o other. 3s is three staff, s10 is ten minutes"
_CODE = re.compile(r"(?P<people>\d{1,4})?\s*(?P<letter>[pcslao])\s*(?P<minutes>\d{1,4})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """``minutes`` None = by the clock."""

    people: int
    band: SpeakerKind | None
    minutes: int | None = None


def spoken(people: int, band: SpeakerKind | None) -> str:
    """``3 staff``, ``1 carer or relative``."""
    one, many = _SPOKEN[band]
    return f"{people} {one if people == 1 else many}"


def read_who(text: str) -> Who:
    """Raises ``Mistake('dropin.who')``."""
    match = _CODE.fullmatch(text.strip())
    if match is None:
        raise Mistake("dropin.who", field="who", text=text.strip()[:20])
    return Who(
        people=int(match["people"]) if match["people"] else 1, band=LETTERS[match["letter"].lower()],
        minutes=int(match["minutes"]) if match["minutes"] else None,
    )  # fmt: skip
