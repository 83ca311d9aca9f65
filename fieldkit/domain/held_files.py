"""Which attachments are held because the same file is: held wins, whoever else names it.

A consent that is refused or withdrawn holds what belongs to it (``fieldkit.domain.barring``). Bytes have no place of
their own, so a second record elsewhere that names them would hand on what the first may not. An attachment is
therefore held while any attachment of its assessment that names its file is held, in any account of it that can be
read, and so is what was made from a held one: a black box does not bring a consent back. Nobody can lift it by another
record, only the consent itself by being given again. A function of the set of records: no order of arrival matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fieldkit.domain.barring import stronger
from fieldkit.domain.consent import Agreed


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What one attachment names: ``files`` by SHA-256 in all its accounts, the file as it came among them."""

    assessment: str
    files: frozenset[str]
    made_from: frozenset[str] = frozenset()
    """The attachments it was made from."""


def names_of(assessment: str, accounts: Iterable[Mapping[str, Any]]) -> Names:
    """What the accounts of one attachment (their contents) name together, those of a later version included."""
    accounts = tuple(accounts)
    files = {one.get(name) for one in accounts for name in ("sha256", "original_sha256")}
    made_from = {one.get("derived_from") for one in accounts}
    return Names(assessment=assessment, files=_texts(files), made_from=_texts(made_from))


def held_by_file(attachments: Mapping[str, Names], held: Mapping[str, Agreed]) -> dict[str, Agreed]:
    """Every attachment that is held, and why: those in ``held``, and those that share a file with one or come from one.

    Each attachment is looked at once for each reason: chains and circles of any length end.
    """
    sharing: dict[tuple[str, str], list[str]] = {}
    made_from: dict[str, list[str]] = {}
    for record, names in attachments.items():
        for sha256 in names.files:
            sharing.setdefault((names.assessment, sha256), []).append(record)
        for other in names.made_from:
            made_from.setdefault(other, []).append(record)
    found = {record: why for record, why in held.items() if record in attachments}
    reached: set[tuple[tuple[str, str], Agreed]] = set()
    waiting = list(found)
    while waiting:
        record = waiting.pop()
        names, why = attachments[record], found[record]
        places = [place for sha256 in names.files if ((place := (names.assessment, sha256)), why) not in reached]
        reached.update((place, why) for place in places)
        others = [other for place in places for other in sharing[place]]
        others += [other for other in made_from.get(record, ()) if attachments[other].assessment == names.assessment]
        for other in others:
            if found.get(other) is not (reason := stronger(found.get(other), why)) and reason is not None:
                found[other] = reason
                waiting.append(other)
    return found


def _texts(found: Iterable[object]) -> frozenset[str]:
    return frozenset(one for one in found if isinstance(one, str) and one)
