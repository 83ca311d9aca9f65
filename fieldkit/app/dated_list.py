"""A dated list as people paste it, from an e-mail or a record: each line or part of one an event with its date.

``12/03/2026 GP referral; ~April assessed``. The date is what a line begins with, as exact as it says it is; the service
is what stands before a colon, dash, bar or tab, or a service of the case that the words begin with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fieldkit.app.when_text import read_when
from fieldkit.domain.when import When
from fieldkit.kernel.errors import Mistake

MOST_LINES = 200
"""Events of one paste; a whole case has a dozen, and each is looked at before it is added."""
_LONGEST_DATE = 7
"""Words of the longest moment: ``between 28 march and 2 april 2026``."""
_SEPARATOR = re.compile(r"\s*(?:\t|\||:(?=\s)|\s[-–—](?=\s))\s*")
_BULLET = re.compile(r"^\s*(?:[-–—•*·]\s+|\(?\d{1,3}[.)]\s+(?=\S*[\d~a-zA-Z]))")
_ENDS = re.compile(r"[,.;:]+$")
_USUAL = ("GP practice", "GP", "Ambulance", "A&E", "Hospital", "District nurse", "Social worker", "Pharmacy", "111")
"""Services that everybody calls by these words: they are known without having been named in a case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedLine:
    """One event of the list. ``number`` is its line from 1. ``problem``: why its date is not read."""

    number: int
    text: str
    when_text: str = ""
    when: When | None = None
    service: str = ""
    happened: str = ""
    problem: Mistake | None = None


def read_dated_list(text: str, services: Sequence[str], today: date) -> tuple[DatedLine, ...]:
    """The events of a list, empty lines left out; ``services`` are those already named, however they are cased.

    Raises ``Mistake('dated_list.too_long')`` for more than ``MOST_LINES``.
    """
    parts = [
        (number, part)
        for number, line in enumerate(text.splitlines(), start=1)
        for part in _parts(line, today)
        if part.strip()
    ]
    if len(parts) > MOST_LINES:
        raise Mistake("dated_list.too_long", field="text", count=f"{len(parts):,}", most=MOST_LINES)
    return tuple(_read(number, part, services, today) for number, part in parts)


def _parts(line: str, today: date) -> list[str]:
    """A line, cut at each semicolon behind which another date begins: any other is a part of what happened."""
    found: list[str] = []
    for part in line.split(";"):
        if found and _dated(part, today) is None:
            found[-1] += f";{part}"
        else:
            found.append(part)
    return found


def _read(number: int, text: str, services: Sequence[str], today: date) -> DatedLine:
    said = " ".join(text.split(" ")).strip()
    dated = _dated(said, today)
    if dated is None:
        return DatedLine(number=number, text=said, problem=Mistake("dated_list.no_date", line=number, text=said[:60]))
    when_text, rest, problem = dated
    when = None if problem is not None else read_when(when_text, today)
    service, happened = _service(rest, services)
    return DatedLine(
        number=number, text=said, when_text=when_text, when=when, service=service, happened=_capital(happened),
        problem=problem,
    )  # fmt: skip


def _dated(text: str, today: date) -> tuple[str, str, Mistake | None] | None:
    """The longest beginning that is a date, what is left, and what is wrong with the date; ``None`` without one."""
    bare = _BULLET.sub("", text).strip()
    words = re.split(r"(\s+|\||(?<=\S):(?=\s))", bare)
    for count in range(min(len(words), 2 * _LONGEST_DATE), 0, -1):
        head = "".join(words[:count]).strip()
        rest = "".join(words[count:])
        moment = _ENDS.sub("", head)
        if not moment or not any(sign.isalnum() for sign in moment):
            continue
        try:
            if read_when(moment, today) is not None:
                return moment, rest, None
        except Mistake as problem:
            if problem.code != "touchpoint.date" or re.fullmatch(r"[\d/.\-]{5,10}", moment):
                return moment, rest, problem  # before what is shorter: 12 November 2027 is not 12 November
    return None


def _service(rest: str, services: Sequence[str]) -> tuple[str, str]:
    said = _SEPARATOR.sub("", rest, count=1) if _SEPARATOR.match(rest) else rest.strip()
    said = said.lstrip(" ,.-–—")
    cut = _SEPARATOR.search(said)
    if cut is not None and 0 < len(said[: cut.start()].split()) <= 6:
        return _known(said[: cut.start()].strip(), services), said[cut.end() :].strip()
    folded = said.casefold()
    for name in sorted({*services, *_USUAL}, key=len, reverse=True):
        plain = name.casefold()
        if folded.startswith(plain) and not folded[len(plain) : len(plain) + 1].isalnum():
            return _known(said[: len(plain)], services), said[len(plain) :].lstrip(" ,:.-–—") or said
    return "", said


def _known(name: str, services: Sequence[str]) -> str:
    """The service as it was named before: whole, or the only one that begins with these words."""
    folded = name.casefold()
    same = next((one for one in services if one.casefold() == folded), None)
    if same is not None:
        return same
    begin = [one for one in services if one.casefold().startswith(f"{folded} ")]
    usual = next((one for one in _USUAL if one.casefold() == folded), name)
    return begin[0] if len(begin) == 1 else usual


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
