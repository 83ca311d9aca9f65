"""Which notes a consent keeps out of use: one rule, on every laptop and at the office.

A note depends on a consent that is about its activity, about the record it belongs to, or about anything that record
belongs to in turn (an event, its case, the case's activity); one that was given by one person of a group covers that
speaker's notes alone. A note that belongs through records to another note depends on whatever that one depends on.
While such a consent is refused or withdrawn the note is *barred*:
kept and shown as held, in no coverage, report or export, and not sent if it was not yet (facts, section 6). Of several
consents, or several accounts of one, the more protective decides, so no order of arrival matters.

Records of fieldwork that belong to what is barred (an event of a case, a file) are held in the same way, whatever their
number of steps from it; most kinds that protect somebody are not (``is_held_with_consent``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from fieldkit.domain.attachment import Attachment, Origin
from fieldkit.domain.consent import Agreed, Consent
from fieldkit.domain.kinds import FIELDWORK
from fieldkit.domain.people import Person

_STRENGTH = {Agreed.REFUSED: 1, Agreed.WITHDRAWN: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What one account of a consent bars: notes about ``about`` (of ``person``, where it names a code)."""

    about: str
    person: str
    why: Agreed


def bars_of(accounts: Iterable[Consent]) -> tuple[Bar, ...]:
    """The bars of a consent's accounts that nothing has replaced, each place once with the stronger reason."""
    found: dict[tuple[str, str], Agreed] = {}
    for one in accounts:
        if one.bars:
            place = (str(one.about), one.person.casefold())
            found[place] = stronger(found.get(place), one.agreed) or one.agreed
    return tuple(Bar(about=about, person=person, why=why) for (about, person), why in sorted(found.items()))


def stronger(one: Agreed | None, other: Agreed | None) -> Agreed | None:
    """Withdrawn before refused before nothing: what is said of a note that several consents bar."""
    return max((one, other), key=lambda why: _STRENGTH.get(why, 0) if why else 0)


def same_people(people: Iterable[Person]) -> Mapping[str, str]:
    """Codes that stand for one person, each with the least code of them; who stands alone is left out.

    A merge that goes round in a circle joins all codes on it, which protects most.
    """
    known = {str(one.id): one for one in people}
    least: dict[str, str] = {}

    def root(code: str) -> str:
        while least.get(code, code) != code:
            code = least[code]
        return code

    for one in known.values():
        other = known.get(str(one.merged_into or ""))
        if other is not None:
            low, high = sorted((root(one.code.casefold()), root(other.code.casefold())))
            least[high] = low
    return {code: root(code) for code in least}


def is_held_with_consent(kind: str) -> bool:
    """Whether a record of this kind is held while a consent bars what it belongs to."""
    made = FIELDWORK.get(kind)
    return made is not None and not getattr(made, "OUTLIVES_CONSENT", False)


def is_of_everybody(kind: str, origin: str) -> bool:
    """Whether whatever anybody there said is in a record, so that one person's no holds all of it: sound is so."""
    return kind == Attachment.KIND and origin == Origin.RECORDING


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What of a note decides: who speaks, in which activity, and the record it belongs to."""

    speaker: str | None
    activity: str
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """Somebody's words, and all that they are about."""

    speaker: str | None
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """The bars of one assessment, ready to be asked about its notes."""

    by_place: Mapping[tuple[str, str], Agreed]
    same: Mapping[str, str]

    @classmethod
    def made(cls, bars: Iterable[Bar], people: Iterable[Person]) -> Bars:
        """The bars and the people of an assessment together; people matter only where a bar names one."""
        bars = tuple(bars)
        same = same_people(people) if any(bar.person for bar in bars) else {}
        found: dict[tuple[str, str], Agreed] = {}
        for bar in bars:
            place = (bar.about, same.get(bar.person, bar.person))
            found[place] = stronger(found.get(place), bar.why) or bar.why
        return cls(found, same)

    def why(self, speaker: str | None, *abouts: str | None) -> Agreed | None:
        """Why a note with this speaker about these (its activity, its record) is barred; ``None`` if it is not."""
        if not self.by_place:
            return None
        who = (speaker or "").casefold()
        who = self.same.get(who, who)
        found: Agreed | None = None
        for about in abouts:
            if about is not None:
                found = stronger(found, self.by_place.get((about, "")))
                found = stronger(found, self.by_place.get((about, who))) if who else found
        return found

    def why_of_anybody(self, *abouts: str | None) -> Agreed | None:
        """The same for what everybody about these is in, whoever of them it was that said no."""
        found: Agreed | None = None
        for (about, _), reason in self.by_place.items():
            if about in abouts:
                found = stronger(found, reason)
        return found

    def why_of_all(self, ties: Iterable[Tie]) -> Agreed | None:
        """Why a note with these ties (``ties_of``) is barred; ``None`` if it is not."""
        found: Agreed | None = None
        for tie in ties if self.by_place else ():
            found = stronger(found, self.why(tie.speaker, *tie.places))
        return found


NO_BARS = Bars({}, {})

MOST_STEPS = 8
"""How far up belonging is followed: file, event, case, activity are three. What goes round in a circle ends here."""


Above = Callable[[Collection[str]], Mapping[str, str | None]]
"""Answers what records belong to, and leaves out those it does not know."""
Others = Callable[[Collection[str]], Mapping[str, Said]]
"""Answers which of some ids are notes, and what decides of them."""


def belongings(first: Mapping[str, str | None], above: Above) -> dict[str, tuple[str, ...]]:
    """All that each record belongs to, itself first, step by step.

    ``first`` names for each record what it belongs to; ``above`` answers the same for the records it is asked about.
    """
    found = {record: [record, *([about] if about else [])] for record, about in first.items()}
    for _ in range(MOST_STEPS):
        tops = {chain[-1] for chain in found.values() if len(chain) > 1}
        higher = {one: about for one, about in above(tops).items() if about} if tops else {}
        growing = [chain for chain in found.values() if len(chain) > 1 and higher.get(chain[-1], chain[0]) not in chain]
        if not growing:
            break
        for chain in growing:
            chain.append(str(higher[chain[-1]]))
    return {record: tuple(chain) for record, chain in found.items()}


def ties_of(notes: Mapping[str, Said], above: Above, others: Others) -> dict[str, tuple[Tie, ...]]:
    """Of each note its own tie, and that of every note it belongs to through records, ``MOST_STEPS`` notes far."""
    known: dict[str, Tie] = {}
    fresh: Mapping[str, Said] = notes
    for _ in range(MOST_STEPS):
        chains = belongings({note: said.about for note, said in fresh.items()}, above)
        known |= {note: Tie(said.speaker, (said.activity, *chains[note][1:])) for note, said in fresh.items()}
        higher = {place for note in fresh for place in chains[note][1:]} - known.keys()
        fresh = others(higher) if higher else {}
        if not fresh:
            break
    return {note: _reached(note, known) for note in notes}


def _reached(note: str, known: Mapping[str, Tie]) -> tuple[Tie, ...]:
    """No further than if this note were looked at alone, so that its company in a batch makes no difference."""
    found = {note: known[note]}
    edge = [note]
    for _ in range(MOST_STEPS - 1):
        edge = [place for one in edge for place in known[one].places if place in known and place not in found]
        found |= {place: known[place] for place in edge}
    return tuple(found.values())
