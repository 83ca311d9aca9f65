"""An ``EntryFilter`` as SQL: which way to walk down the notes, and what each of them has to fulfil on it.

One condition leads: words walk the search index, a statement its tags, everything else the sieve. All of these give
row ids in falling order without sorting, and the other conditions are asked of each note on the way. Of several
statements to choose from, each is a walk of its own, and the newest of all are taken. People and days have no index of
their own: walking the sieve to its end takes 5 ms at 100,000 notes, and an index would be one more page to encrypt
and flush with every note.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product

from fieldkit.app.rows import EntryFilter, Facet, Term
from storage import sieve
from storage.log import marks
from storage.match import match_of
from storage.outbox import CONFIRMED, CONTENT, FROM_ELSEWHERE, LEAVES, STAYS
from storage.sieve import key_of

_BITS = {
    "question": sieve.QUESTION, "risk": sieve.RISK, "quote": sieve.QUOTE, "view": sieve.VIEW, "mark": sieve.MARK,
    "withdrawn": sieve.WITHDRAWN, "held": sieve.HELD,
}  # fmt: skip
_PLACES = ", ".join(f"({priority} << 40 | p.n)" for priority in range(10))
# What was added to a note that was sent already waits by itself; only such notes are looked up so far.
_ADDED_WAITS = (
    f"(s.marks & {sieve.ADDED} AND EXISTS (SELECT 1 FROM entries e JOIN pointers p ON p.entry = e.id"
    f" JOIN outbox o ON o.place IN ({_PLACES}) WHERE e.n = s.n AND o.wants & {CONTENT}))"
)
_STATUS = {
    "stays": f"s.sharing = {STAYS}",
    "team": f"s.sharing = {FROM_ELSEWHERE}",
    "waiting": f"(s.sharing = {LEAVES} OR s.sharing = {CONFIRMED} AND {_ADDED_WAITS})",
    "sent": f"(s.sharing = {CONFIRMED} AND NOT {_ADDED_WAITS})",
}
# A strength where another note says shortfall of the same statement, or the other way round; asked once for a walk.
_CONTRADICTED = (
    "s.n IN (WITH said AS MATERIALIZED (SELECT t.n, e.assessment, t.pack, t.statement, t.bearing FROM tags t"
    " CROSS JOIN sieve e ON e.n = t.n"
    f" WHERE t.bearing IN ('strength', 'shortfall') AND e.marks & {sieve.WITHDRAWN | sieve.HELD} = 0),"
    " split AS (SELECT assessment, pack, statement FROM said GROUP BY 1, 2, 3"
    " HAVING min(bearing) <> max(bearing) AND count(DISTINCT n) > 1)"
    " SELECT n FROM said JOIN split USING (assessment, pack, statement))"
)
_COLUMNS = {Facet.VISIT: "visit", Facet.ACTIVITY: "activity", Facet.AUTHOR: "author"}

_CHAIN = 100
"""Conditions in a row; nobody ticks as many, but a pasted page is read as a filter too."""

Condition = tuple[str, list[object]]


@dataclass(frozen=True, slots=True)
class Arm:
    """One walk: ``key`` is the row id in ``source``."""

    source: str
    key: str
    conditions: list[Condition] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Plan:
    """The walks of a filter."""

    arms: tuple[Arm, ...]

    def page(self, before: int, floor: int, limit: int) -> tuple[str, list[object]]:
        """The newest ``limit`` row ids from ``floor`` up to, not including, ``before``."""
        parts, values = self._parts(before, floor, f"ORDER BY 1 DESC LIMIT {int(limit)}")
        if len(parts) == 1:
            return parts[0], values
        inner = " UNION ".join(f"SELECT * FROM ({part})" for part in parts)
        return f"{inner} ORDER BY 1 DESC LIMIT {int(limit)}", values

    def count(self, before: int, floor: int) -> tuple[str, list[object]]:
        """How many there are on this stretch."""
        parts, values = self._parts(before, floor, "")
        return f"SELECT count(*) FROM ({' UNION '.join(parts)})", values

    def _parts(self, before: int, floor: int, tail: str) -> tuple[list[str], list[object]]:
        parts, values = list[str](), list[object]()
        for arm in self.arms:
            conditions: list[Condition] = [*arm.conditions, (f"{arm.key} < ? AND {arm.key} >= ?", [before, floor])]
            distinct = "DISTINCT " if arm.key == "t.n" else ""
            where = _joined([condition for condition, _ in conditions], "AND")
            parts.append(f"SELECT {distinct}{arm.key} FROM {arm.source} WHERE {where} {tail}".rstrip())
            values += [value for _, some in conditions for value in some]
        return parts, values


def plan_of(wanted: EntryFilter, me: str, only: Sequence[int] = ()) -> Plan:
    """How to find these notes; ``only`` asks for no others than those with these ``n``."""
    tag_terms, others = _tags_apart(wanted.terms)
    conditions = [*_scope(wanted), *(_condition(term, me) for term in others)]
    if only:
        conditions.append((f"s.n IN ({marks(len(only))})", list(only)))
    if refused := match_of([word for word in wanted.words if word.negated], any_of=True):
        conditions.append(("s.n NOT IN (SELECT rowid FROM entry_words WHERE entry_words MATCH ?)", [refused]))
    words = match_of([word for word in wanted.words if not word.negated])
    lead_tag = tag_terms[0] if tag_terms and not words and wanted.activity is None else None
    conditions += [_tagged(one) for one in tag_terms if one is not lead_tag]
    if words and wanted.activity is not None:
        conditions.append(("s.activity = ?", [key_of(wanted.activity)]))
    if words:
        arms = [_words_arm(words, conditions)]
    elif wanted.activity is not None:
        arms = [_activity_arm(wanted.activity, conditions)]
    elif lead_tag is not None:
        arms = [_tag_arm(statement, lead_tag[1], conditions) for statement in lead_tag[0].values]
    else:
        arms = [Arm("sieve s", "s.n", conditions)]
    return Plan(tuple(arms))


_Asked = tuple[Term, tuple[Term, ...]]
_OF_TAGS = {Facet.CATEGORY: "category", Facet.BEARING: "bearing", Facet.CAME: "acquisition"}


def _tags_apart(terms: Sequence[Term]) -> tuple[list[_Asked], list[Term]]:
    """Statements with whatever else is asked of a tag beside them: one tag has to have all of it."""
    statements = [term for term in terms if term.facet is Facet.STATEMENT and not term.negated]
    if not statements:
        return [], list(terms)
    beside = [[term for term in terms if term.facet is facet and not term.negated] for facet in _OF_TAGS]
    said = [term for some in beside for term in some]
    rest = [term for term in terms if term not in statements and term not in said]
    asked = product(statements, product(*(some for some in beside if some)))
    return list(asked), rest


def _scope(wanted: EntryFilter) -> list[Condition]:
    ids = (("assessment", wanted.assessment), ("visit", wanted.visit))
    return [(f"s.{column} = ?", [key_of(value)]) for column, value in ids if value is not None]


def _words_arm(words: str, conditions: list[Condition]) -> Arm:
    source = "entry_words f CROSS JOIN sieve s ON s.n = f.rowid" if conditions else "entry_words f"
    return Arm(source, "f.rowid", [("entry_words MATCH ?", [words]), *conditions])


def _activity_arm(activity: str, conditions: list[Condition]) -> Arm:
    source = "entries a INDEXED BY entries_activity"
    source += " CROSS JOIN sieve s ON s.n = a.n" if conditions else ""
    return Arm(source, "a.n", [("a.activity = ?", [activity]), *conditions])


def _tag_arm(statement: str, beside: Sequence[Term], conditions: list[Condition]) -> Arm:
    asked = _tag_conditions(statement, beside)
    source = "tags t CROSS JOIN sieve s ON s.n = t.n" if conditions else "tags t"
    return Arm(source, "t.n", [asked, *conditions])


def _tag_conditions(statement: str, beside: Sequence[Term] = ()) -> Condition:
    pack, _, name = statement.partition("/")
    asked = [f"t.{_OF_TAGS[term.facet]} IN ({marks(len(term.values))})" for term in beside]
    values = [value for term in beside for value in term.values]
    return " AND ".join(("t.statement = ? AND t.pack = ?", *asked)), [name, pack, *values]


def _tagged(pair: _Asked) -> Condition:
    statements, beside = pair
    return _any([_has_tag(_tag_conditions(statement, beside)) for statement in statements.values])


def _has_tag(asked: Condition) -> Condition:
    return f"EXISTS (SELECT 1 FROM tags t WHERE t.n = s.n AND {asked[0]})", asked[1]


def _condition(term: Term, me: str) -> Condition:
    found = _about(term.values) if term.facet is Facet.ABOUT else _any([_one(term.facet, v, me) for v in term.values])
    if term.also:
        found = _any([found, _covered(term.also)])
    if term.apart:
        found = (
            f"({found[0]} AND (s.speaker GLOB '[0-9]*' OR s.activity NOT IN ({marks(len(term.apart))})))",
            [*found[1], *(key_of(one) for one in term.apart)],
        )
    return (f"NOT coalesce({found[0]}, 0)", found[1]) if term.negated else found


def _any(conditions: Sequence[Condition]) -> Condition:
    joined = _joined([one for one, _ in conditions], "OR")
    return f"({joined or '0'})", [value for _, some in conditions for value in some]


def _joined(parts: Sequence[str], word: str) -> str:
    """Many are halved again and again: a chain is as deep as it is long, and SQLite refuses what is 1,000 deep."""
    if len(parts) <= _CHAIN:
        return f" {word} ".join(parts)
    half = len(parts) // 2
    return f"({_joined(parts[:half], word)}) {word} ({_joined(parts[half:], word)})"


def _one(facet: Facet, value: str, me: str) -> Condition:
    match facet:
        case Facet.STATEMENT:
            return _has_tag(_tag_conditions(value))
        case Facet.CATEGORY:
            return "instr(s.categories, ?)", [f" {value} "]
        case Facet.BEARING | Facet.CAME:
            return _has_tag((f"t.{_OF_TAGS[facet]} = ?", [value]))
        case Facet.SECONDARY:
            return "EXISTS (SELECT 1 FROM secondary t WHERE t.tag = ? AND t.n = s.n)", [value]
        case Facet.MARK:
            return _mark(value, me)
        case Facet.ITEM:
            return "(SELECT e.agenda_item FROM entries e WHERE e.n = s.n) = ?", [value]
        case Facet.SPEAKER:
            return "s.speaker = ?", [value]
        case Facet.DAY:
            return "s.day BETWEEN ? AND ?", list(_days(value))
        case Facet.STATUS:
            return _STATUS[value], []
        case _:
            return f"s.{_COLUMNS[facet]} = ?", [key_of(value)]


def _about(values: Sequence[str]) -> Condition:
    """Of all of them at once: a case with its sixty events is looked for like one record."""
    wanted = marks(len(values))
    belongs = f"SELECT n FROM entries WHERE about IN ({wanted})"
    belongs += f" UNION ALL SELECT n FROM entries WHERE activity IN ({wanted})"
    return f"s.n IN ({belongs})", [*values, *values]


def _covered(ids: Sequence[str]) -> Condition:
    wanted = marks(len(ids))
    belongs, values = _about(ids)
    notes = f"s.n IN (SELECT n FROM revisions WHERE id IN ({wanted}))"
    return f"({belongs} OR {notes})", [*values, *ids]


def _mark(value: str, me: str) -> Condition:
    if value == "mine":
        return "s.author = ?", [key_of(me)]
    if value == "untagged":
        return f"s.marks & {sieve.TAGGED} = 0", []
    if value == "restricted":  # what a restriction covers is told by ``Term.also``
        return "0", []
    if value == "contradicted":
        return _CONTRADICTED, []
    return f"s.marks & {_BITS[value]} <> 0", []


def _days(value: str) -> tuple[int, int]:
    first, _, last = value.partition("/")
    return sieve.day_number(first), sieve.day_number(last or first)
