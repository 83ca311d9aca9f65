"""What a filter's values mean in one assessment: codes to ids, names to visits, days to dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher

from fieldkit.app.filter_days import read_days
from fieldkit.app.filters import Clause, Key, Query, going_on, parse, render, unfinished
from fieldkit.app.rows import AssessorRow, Facet, Term, Word
from fieldkit.capture.vocabulary import Vocabulary
from fieldkit.domain.assessment import Activity, ActivityKind, Visit
from fieldkit.domain.barring import same_people
from fieldkit.domain.evidence import Acquisition, Bearing
from fieldkit.domain.framework import Framework, lookup_key
from fieldkit.domain.people import Person
from fieldkit.domain.secondary import secondary_in
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import is_id

MARKS = (
    "untagged",
    "question",
    "risk",
    "quote",
    "view",
    "mark",
    "withdrawn",
    "held",
    "mine",
    "contradicted",
    "restricted",
)
KINDS = {
    "observation": ActivityKind.OBSERVATION, "interview": ActivityKind.INTERVIEW,
    "group": ActivityKind.FOCUS_GROUP, "case": ActivityKind.CASE_TRACK,
    "dropin": ActivityKind.DROP_IN, "record": ActivityKind.RECORD_REVIEW,
}  # fmt: skip
BEARINGS = tuple(one.value for one in (Bearing.STRENGTH, Bearing.SHORTFALL, Bearing.MIXED, Bearing.NEUTRAL))
CAME = tuple(one.value for one in Acquisition)
STATUSES = ("waiting", "sent", "stays", "team")
_FACETS = {
    Key.STATEMENT: Facet.STATEMENT, Key.CATEGORY: Facet.CATEGORY, Key.BEARING: Facet.BEARING, Key.CAME: Facet.CAME,
    Key.ALSO: Facet.SECONDARY,
    Key.IS: Facet.MARK, Key.FROM: Facet.ACTIVITY,
    Key.WHO: Facet.SPEAKER, Key.BY: Facet.AUTHOR, Key.ON: Facet.DAY, Key.VISIT: Facet.VISIT, Key.IN: Facet.ACTIVITY,
    Key.PLACE: Facet.ACTIVITY, Key.ORGANISATION: Facet.ACTIVITY,
    Key.STATUS: Facet.STATUS, Key.ABOUT: Facet.ABOUT,
}  # fmt: skip
_NEAR = 0.5
"""Of a code of two letters one has to be right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What can be named in an assessment. ``today`` is the local date."""

    today: date
    frameworks: tuple[Framework, ...] = ()
    visits: tuple[Visit, ...] = ()
    activities: tuple[Activity, ...] = ()
    people: tuple[Person, ...] = ()
    authors: tuple[AssessorRow, ...] = ()
    silent: tuple[str, ...] = ()
    """The activities whose speakers' codes may not be told: no search for a code finds their notes."""
    restricted: tuple[str, ...] = ()
    """Notes, activities and records whose words are for named people alone."""
    opposed: tuple[str, ...] = ()
    """Notes of findings that other notes of the same finding contradict."""
    abouts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What a note may be about, by its folded name (``c01``, ``c01/3``): the ids it has to belong to, any of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A filter ready to be answered. ``problems`` are for people, to be worded; nothing in them stops the search."""

    words: tuple[Word, ...] = ()
    terms: tuple[Term, ...] = ()
    problems: tuple[Mistake, ...] = field(default=(), compare=False)


def understand(text: str, known: Known, *, is_settled: bool = True) -> Understood:
    """What a typed filter asks for.

    What means nothing is searched as words. While somebody types (``is_settled`` false) it is left out instead: half
    a code is no mistake. Withdrawn notes are left out unless the filter speaks of them.
    """
    query = parse(text)
    query = going_on(query) if unfinished(text) else query
    words, terms, problems = list[Word](), list[Term](), list[Mistake]()
    for part in query:
        if isinstance(part, Word):
            words.append(part)
            problems += _looks_like_key(part)
            continue
        values, unknown = _values(part, known)
        problems += unknown
        if values:
            facet = _FACETS[part.key]
            apart = known.silent if facet is Facet.SPEAKER else ()
            also = _also(values, known) if facet is Facet.MARK else ()
            terms.append(Term(facet=facet, values=values, negated=part.negated, apart=apart, also=also))
        elif is_settled:
            words.append(Word(text=render([part]).lstrip("-"), negated=part.negated))
    if not _speaks_of_withdrawn(query):
        terms.append(Term(facet=Facet.MARK, values=("withdrawn",), negated=True))
    return Understood(words=tuple(words), terms=tuple(dict.fromkeys(terms)), problems=tuple(problems))


def _also(marks: tuple[str, ...], known: Known) -> tuple[str, ...]:
    """What the log alone does not tell of a note: who may know it, and what findings say against it."""
    restricted = known.restricted if "restricted" in marks else ()
    return (*restricted, *(known.opposed if "contradicted" in marks else ()))


def _speaks_of_withdrawn(query: Query) -> bool:
    clauses = (part for part in query if isinstance(part, Clause) and part.key is Key.IS)
    return any("withdrawn" in map(str.casefold, clause.values) for clause in clauses)


def _values(clause: Clause, known: Known) -> tuple[tuple[str, ...], list[Mistake]]:
    if not clause.values:
        return (), [Mistake("filter.empty", text=f"{clause.key}:")]
    found, problems = list[str](), list[Mistake]()
    for value in clause.values:
        meant = _READERS[clause.key](value, known)
        if meant is None or (clause.key is Key.WHO and not _is_person(value, known)):
            problems.append(_unknown(clause.key, value, known))
        found += meant or ()
    return tuple(dict.fromkeys(found)), problems


_Meant = tuple[str, ...] | None
EVERY = "*"
"""After a framework's name (``qs:la/*``): any of its statements."""


def _statement(value: str, known: Known) -> _Meant:
    pack, slash, name = value.partition("/")
    packs = known.frameworks
    if slash:  # as on the capture line: ``la/sg`` where another framework than the main one is meant
        short = Vocabulary(frameworks=known.frameworks)
        packs = tuple(one for one in packs if pack.casefold() in (one.id, short.pack_word(one.id)))
    if slash and name == EVERY:
        return tuple(f"{one.id}/{statement.id}" for one in packs for statement in one) or None
    for one in packs:
        statement = one.statement_by((name if slash else value).lstrip("#"))
        if statement is not None:
            return (f"{one.id}/{statement.id}",)
    return None


def _category(value: str, known: Known) -> _Meant:
    found = (one.category_by(value.lstrip("@")) for one in known.frameworks)
    return tuple(dict.fromkeys(one.id for one in found if one is not None)) or None


def _also_tagged(value: str, known: Known) -> _Meant:
    """By its id, by ``set/id``, by its title, or any of a set by ``set/*``."""
    found = ("/".join(key) for key in secondary_named(value, known.frameworks))
    return tuple(found) or None


def secondary_named(value: str, frameworks: Iterable[Framework]) -> tuple[tuple[str, str, str], ...]:
    """Every ``SecondaryTag.key`` that ``value`` may mean; none where no pack has one of that name."""
    wanted = lookup_key(value)
    found = []
    for (pack, tag_set, tag), (one, meant) in secondary_in(frameworks).items():
        names = (tag, f"{tag_set}/{tag}", f"{tag_set}/{EVERY}", lookup_key(meant.title), lookup_key(one.title))
        if wanted in names:
            found.append((pack, tag_set, tag))
    return tuple(found)


def _one_of(allowed: Iterable[str]) -> Callable[[str, Known], _Meant]:
    names = {name: (name,) for name in allowed}
    return lambda value, _: names.get(value.casefold())


def _kind(value: str, known: Known) -> _Meant:
    kind = KINDS.get(value.casefold())
    return None if kind is None else tuple(one.id for one in known.activities if one.kind is kind) or ("none",)


def _who(value: str, known: Known) -> _Meant:
    """A code that nobody has is looked for all the same: people speak before they are on the list."""
    key = lookup_key(value)
    codes = {one.code for one in known.people}
    by_role = {one.code for one in known.people if key in lookup_key(one.role)} if key not in codes else set()
    return tuple(sorted(_of_one_person(by_role or {key}, known)))


def _of_one_person(codes: set[str], known: Known) -> set[str]:
    """``codes`` with all that stand for the same people: notes keep the code they were made with."""
    same = same_people(known.people)
    wanted = {same.get(code, code) for code in codes}
    return codes | wanted | {code for code, least in same.items() if least in wanted}


def _is_person(value: str, known: Known) -> bool:
    key = lookup_key(value)
    return any(key == one.code or key in lookup_key(one.role) for one in known.people)


def _by(value: str, known: Known) -> _Meant:
    key = lookup_key(value)
    found = [one.author for one in known.authors if key in (lookup_key(one.initials), lookup_key(one.name), one.author)]
    return tuple(found) or None


def _on(value: str, known: Known) -> _Meant:
    days = read_days(value, known.today)
    return None if days is None else (f"{days[0].isoformat()}/{days[1].isoformat()}",)


def _visit(value: str, known: Known) -> _Meant:
    return _by_name(value, [(one.id, one.name) for one in known.visits])


def _in(value: str, known: Known) -> _Meant:
    return _by_name(value, [(one.id, one.title) for one in known.activities])


def _place(value: str, known: Known) -> _Meant:
    """The activities of the visits there."""
    there = set(_by_name(value, [(one.id, one.place) for one in known.visits if one.place.strip()]) or ())
    return tuple(one.id for one in known.activities if one.visit in there) or (("none",) if there else None)


def _organisation(value: str, known: Known) -> _Meant:
    return _by_name(value, [(one.id, one.organisation) for one in known.activities if one.organisation.strip()])


def _about(value: str, known: Known) -> _Meant:
    return known.abouts.get(lookup_key(value).lstrip("~")) or ((value,) if is_id(value) else None)


def _by_name(value: str, choices: Sequence[tuple[str, str]]) -> _Meant:
    key = _bare(value)
    tests: tuple[Callable[[str, str], bool], ...] = (
        lambda record, name: key in (record, name),
        lambda _, name: name.startswith(key),
        lambda _, name: key in name,
    )
    for test in tests:
        found = tuple(record for record, name in choices if test(record, _bare(name)))
        if found:
            return found
    return None


def _bare(name: str) -> str:
    """Without quotation marks: in the filter language they stand round a value and cannot stand in one."""
    return lookup_key(name.replace('"', ""))


_READERS: dict[Key, Callable[[str, Known], _Meant]] = {
    Key.STATEMENT: _statement, Key.CATEGORY: _category, Key.BEARING: _one_of(BEARINGS),
    Key.CAME: _one_of(CAME), Key.ALSO: _also_tagged, Key.IS: _one_of(MARKS), Key.FROM: _kind, Key.WHO: _who,
    Key.BY: _by, Key.ON: _on, Key.VISIT: _visit, Key.IN: _in, Key.PLACE: _place,
    Key.ORGANISATION: _organisation, Key.STATUS: _one_of(STATUSES), Key.ABOUT: _about,
}  # fmt: skip


def _unknown(key: Key, value: str, known: Known) -> Mistake:
    near = _nearest(value, _names(key, known))
    code = f"filter.{key.name.lower()}"
    if near is None:
        return Mistake(code, text=f"{key}:{value}")
    return Mistake(f"{code}_near", text=f"{key}:{value}", near=near)


def _nearest(value: str, names: Sequence[str]) -> str | None:
    """The name that looks most like what was typed; of several, one that begins alike, then the first."""
    typed = lookup_key(value)
    fits = [(SequenceMatcher(None, typed, lookup_key(name)).ratio(), name) for name in names]
    good = [(ratio, lookup_key(name)[:1] == typed[:1], -place) for place, (ratio, name) in enumerate(fits)]
    best = max(good, default=(0.0, False, 0))
    return fits[-best[2]][1] if best[0] >= _NEAR else None


def _names(key: Key, known: Known) -> list[str]:
    match key:
        case Key.STATEMENT:
            return [name for pack in known.frameworks for one in pack for name in (one.code, one.position, one.id)]
        case Key.CATEGORY:
            return [name for pack in known.frameworks for one in pack.categories for name in (one.code, one.id)]
        case Key.IS:
            return list(MARKS)
        case Key.BEARING:
            return list(BEARINGS)
        case Key.CAME:
            return list(CAME)
        case Key.ALSO:
            every = secondary_in(known.frameworks).items()
            return [name for (_, _, tag), (_, meant) in every for name in (tag, meant.title)]
        case Key.FROM:
            return list(KINDS)
        case Key.WHO:
            return [one.code for one in known.people]
        case Key.BY:
            return [one.initials for one in known.authors]
        case Key.VISIT:
            return [one.name for one in known.visits]
        case Key.IN:
            return [one.title for one in known.activities]
        case Key.PLACE:
            return [one.place for one in known.visits if one.place.strip()]
        case Key.ORGANISATION:
            return list(dict.fromkeys(one.organisation for one in known.activities if one.organisation.strip()))
        case Key.STATUS:
            return list(STATUSES)
        case Key.ABOUT:
            return [name for name in known.abouts if "/" not in name]
        case Key.ON:
            return []


def _looks_like_key(word: Word) -> list[Mistake]:
    """``tag:lc`` is searched as it stands, yet somebody meant a key."""
    key, colon, value = word.text.partition(":")
    if not colon or not value or not key.isalpha() or value.startswith("//"):
        return []
    near = _nearest(key, list(Key))
    if near is None:
        return [Mistake("filter.key", text=word.text)]
    return [Mistake("filter.key_near", text=word.text, near=f"{near}:")]
