"""Putting together what several laptops made of one record: a pure function of the set of its revisions.

Each part of a record (a field, fields that belong together, an element of a set) stands where it was last changed: a
revision *tells* a part where its value differs from what its parents leave standing. Of two tellings the one that
knew of the other stands; two that did not know of each other and differ are a question for a person. Nothing depends
on a clock, on the order of arrival or on which laptop asks, so any two laptops that hold the same revisions come to
the same words (docs/decisions/0144).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from fieldkit.domain.merge_rules import How, MergeRule, rule_of
from fieldkit.domain.revision import heads
from fieldkit.kernel.ids import RevisionId

DECISION = "decision"
"""The field of a content that says that its revision settles a question: by whom, and why."""

Writers = frozenset[RevisionId]
Parts = Mapping[str, Any]
_ABSENT = ""
_REST = "*"
_PLAIN = "="
"""Before the name of a field that could be taken for an element of a list: no field of ours, but a stranger's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One revision of a record as merging sees it. ``body`` is ``None`` where it cannot be read here."""

    revision: RevisionId
    hash: str
    parents: tuple[RevisionId, ...]
    body: Mapping[str, Any] | None

    @property
    def is_reopened(self) -> bool:
        """Whether it puts an account forward again after a decision was taken back."""
        return bool(self.body) and _marker(self.body).get("by") == "reopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a record on which the heads do not say the same.

    ``name`` is a field, several joined by ``+``, or ``field:element``. ``values`` are by head, each the JSON of the
    fields in it; ``base`` is what stood before all of them, ``None`` where there is no one such value.
    """

    name: str
    fields: tuple[str, ...]
    values: Mapping[RevisionId, Mapping[str, Any]]
    base: Mapping[str, Any] | None
    told_by: Writers
    """The revisions that last told it, none of which knew of the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """What stands of a record with these heads.

    ``asked`` has to be decided by a person, ``combined`` was put together. ``body`` is the whole, ``None`` while
    anything is asked or cannot be read. ``is_same``: all heads say the same, and there is nothing to ask.
    ``deleted_by``: revisions that took the record out of use while another head changed it.
    """

    heads: tuple[RevisionId, ...]
    asked: tuple[Part, ...] = ()
    combined: tuple[Part, ...] = ()
    body: Mapping[str, Any] | None = None
    is_same: bool = False
    is_readable: bool = True
    deleted_by: tuple[RevisionId, ...] = ()
    _plan: _Plan | None = field(default=None, repr=False, compare=False)

    @property
    def is_open(self) -> bool:
        """Whether a person has to decide."""
        return len(self.heads) > 1 and not self.is_same and self.body is None

    def decided(self, choices: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        """The whole, with a value (of ``Part.fields``) for every part that is asked.

        Raises ``KeyError`` for one left out.
        """
        if self._plan is None:
            raise KeyError("nothing is asked")
        return self._plan.whole({part.name: choices[part.name] for part in self.asked})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    shape: _Shape
    standing: Mapping[str, str]
    """Parts nobody has to be asked about, as JSON."""
    in_order: tuple[Mapping[str, Any], ...]
    """The heads' bodies, the larger hash first: the order in which elements of lists are put."""

    def whole(self, choices: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        parts = dict(self.standing)
        for name, value in choices.items():
            parts[name] = _json(dict(value)) if value else _ABSENT
        return self.shape.joined(parts, self.in_order)


class _Shape:
    """How the bodies of one record are taken apart, the same for all of its revisions."""

    def __init__(self, rule: MergeRule, bodies: Sequence[Mapping[str, Any]]) -> None:
        self._group = {name: "+".join(group) for group in rule.together for name in group}
        self._sets = frozenset(name for name in rule.sets if all(_is_set(body.get(name, [])) for body in bodies))
        self._keyed = {
            name: key for name, key in rule.keyed.items() if _is_keyed([body.get(name, []) for body in bodies], key)
        }
        self._maps = frozenset(
            name for name in rule.maps if all(isinstance(body.get(name, {}), dict) for body in bodies)
        )

    def is_element_of_set(self, part: str) -> bool:
        return _field(part) in self._sets

    def fields(self, part: str) -> tuple[str, ...]:
        return (part[1:],) if part.startswith(_PLAIN) else tuple(part.partition(":")[0].split("+"))

    def parts(self, body: Mapping[str, Any]) -> dict[str, str]:
        """The body taken apart; values are JSON of the part's fields, so that equal is equal."""
        found: dict[str, Any] = {}
        for name, value in body.items():
            if name == DECISION:
                continue
            if name in self._sets:
                found |= {f"{name}:{_json(one)}": {name: one} for one in value}
            elif name in self._keyed:
                found |= {f"{name}:{_json(one[self._keyed[name]])}": {name: one} for one in value}
            elif name in self._maps:
                found |= {f"{name}:{_json(key)}": {name: one} for key, one in value.items()}
            else:
                found.setdefault(self._group.get(name, _part(name)), {})[name] = value
        return {name: _json(value) for name, value in found.items()}

    def joined(self, parts: Mapping[str, str], in_order: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Parts put together again; elements of lists in the order of the first body that has them."""
        body: dict[str, Any] = {}
        for name, value in parts.items():
            if _field(name) == _REST and value != _ABSENT:
                body |= json.loads(value)
        for name in (*self._sets, *self._keyed, *self._maps):
            order = list(dict.fromkeys(part for one in in_order for part in self.parts(one) if _field(part) == name))
            order += sorted(part for part in parts if _field(part) == name and part not in order)
            elements = {part: json.loads(parts[part])[name] for part in order if parts.get(part, _ABSENT) != _ABSENT}
            if name in self._maps:
                found: Any = {json.loads(part.partition(":")[2]): one for part, one in elements.items()}
            else:
                found = list(elements.values())
            if found or any(name in one for one in in_order):
                body[name] = found
        return body


def merge(kind: str, accounts: Iterable[Account]) -> Merge:
    """What stands of a record, from all its revisions that are known here, readable or not."""
    known = {account.revision: account for account in accounts}
    last = tuple(sorted(heads({one.revision: one.parents for one in known.values()})))
    if len(last) < 2:
        return Merge(heads=last, is_same=True)
    ends = [known[one] for one in last]
    bodies = [one.body for one in ends if one.body is not None]
    if len(bodies) < len(ends):
        return Merge(heads=last, is_readable=False)
    rule = rule_of(kind)
    if rule.how in (How.ONCE, How.GROWS) or len({_json(_told(body)) for body in bodies}) == 1:
        return Merge(heads=last, is_same=True)
    order = _oldest_first(known, last)
    if order is None:  # what they all grew from is not here, or cannot be read
        order = [known[one] for one in last]
    return _merged(rule, order, ends)


def _merged(rule: MergeRule, order: Sequence[Account], ends: Sequence[Account]) -> Merge:
    bodies = {one.revision: one.body for one in order if one.body is not None}
    shape = _Shape(rule, list(bodies.values()))
    history = _History(shape, order)
    standing = history.reduced({part: [history.told[one.revision][part] for one in ends] for part in history.names})
    asked: list[Part] = []
    combined: list[Part] = []
    whole: dict[str, str] = {}
    for name in sorted(history.names):
        values = {history.value(one.revision, name) for one in ends}
        said = history.resolved(name, standing[name])
        if said is not None:
            whole[name] = said
        if len(values) > 1:
            part = history.part(name, ends, standing[name])
            (combined if said is not None and rule.how is How.FIELDS else asked).append(part)
    gone = _deleted_by(rule, history, standing, ends)
    if gone:
        asked += [part for part in combined if rule.deleted in part.fields and part not in asked]
        combined = [part for part in combined if part not in asked]
    for part in asked:
        whole.pop(part.name, None)
    in_order = tuple(dict(bodies[one.revision]) for one in sorted(ends, key=lambda one: one.hash, reverse=True))
    plan = _Plan(shape=shape, standing=whole, in_order=in_order)
    return Merge(
        heads=tuple(one.revision for one in ends), asked=tuple(asked), combined=tuple(combined),
        body=None if asked else plan.whole({}), deleted_by=gone, _plan=plan,
    )  # fmt: skip


def _deleted_by(
    rule: MergeRule, history: _History, standing: Mapping[str, Writers], ends: Sequence[Account]
) -> tuple[RevisionId, ...]:
    """Who took it out of use without knowing of a head that goes on with it."""
    if not rule.deleted or rule.deleted not in history.names:
        return ()
    gone = [one for one in standing[rule.deleted] if _says(history.value(one, rule.deleted))]
    going_on = [one.revision for one in ends if not _says(history.value(one.revision, rule.deleted))]
    return tuple(sorted(one for one in gone if any(not history.knows(end, one) for end in going_on)))


class _History:
    """Who last told each part, for every revision."""

    def __init__(self, shape: _Shape, order: Sequence[Account]) -> None:
        self._shape = shape
        self._parts = {one.revision: shape.parts(one.body or {}) for one in order}
        self.names = frozenset(name for parts in self._parts.values() for name in parts)
        self._before: dict[RevisionId, frozenset[RevisionId]] = {}
        self.told: dict[RevisionId, dict[str, Writers]] = {}
        for one in order:
            self._add(one)

    def value(self, revision: RevisionId, part: str) -> str:
        return self._parts[revision].get(part, _ABSENT)

    def knows(self, revision: RevisionId, other: RevisionId) -> bool:
        """Whether ``other`` is ``revision`` or came before it."""
        return other == revision or other in self._before[revision]

    def _add(self, one: Account) -> None:
        parents = [parent for parent in one.parents if parent in self._parts]
        self._before[one.revision] = frozenset(parents).union(*(self._before[parent] for parent in parents))
        itself = frozenset({one.revision})
        if not parents or one.is_reopened:
            self.told[one.revision] = dict.fromkeys(self.names, itself)
            return
        left = self.reduced({part: [self.told[parent][part] for parent in parents] for part in self.names})
        self.told[one.revision] = {
            part: writers if self.resolved(part, writers) == self.value(one.revision, part) else itself
            for part, writers in left.items()
        }

    def reduced(self, found: Mapping[str, Sequence[Writers]]) -> dict[str, Writers]:
        """Of each part's tellings those that no other of them knew of."""
        return {part: self._latest(frozenset().union(*some)) for part, some in found.items()}

    def _latest(self, writers: Writers) -> Writers:
        if len(writers) == 1:
            return writers
        return frozenset(one for one in writers if not any(one in self._before[other] for other in writers))

    def resolved(self, part: str, writers: Writers) -> str | None:
        """What stands where these told it last; ``None`` where they do not agree."""
        values = {self.value(one, part) for one in writers}
        if len(values) == 1:
            return next(iter(values))
        # Somebody put it in, somebody else took out another of it: what was put in stays.
        return max(values) if self._shape.is_element_of_set(part) else None

    def part(self, name: str, ends: Sequence[Account], writers: Writers) -> Part:
        fields = self._shape.fields(name)
        return Part(
            name=name, fields=fields, told_by=writers, base=self._base(name, ends),
            values={one.revision: _loaded(self.value(one.revision, name)) for one in ends},
        )  # fmt: skip

    def _base(self, name: str, ends: Sequence[Account]) -> Mapping[str, Any] | None:
        """What stood in the last revisions that all of them knew: the true common base."""
        common = frozenset.intersection(*(self._before[one.revision] for one in ends))
        if not common:
            return None
        told = self.reduced({name: [self.told[one][name] for one in common]})[name]
        said = self.resolved(name, told)
        return None if said is None else _loaded(said)


def _oldest_first(known: Mapping[RevisionId, Account], last: Sequence[RevisionId]) -> list[Account] | None:
    """The heads with all they grew from, parents first; ``None`` where some of it is missing or unreadable."""
    order: dict[RevisionId, Account] = {}
    waiting: list[tuple[RevisionId, bool]] = [(one, False) for one in reversed(last)]
    open_now: set[RevisionId] = set()
    while waiting:
        revision, is_left = waiting.pop()
        account = known.get(revision)
        if account is None or account.body is None:
            return None
        if is_left:
            open_now.discard(revision)
            order[revision] = account
        elif revision not in order:
            if revision in open_now:  # parents that go round in a circle: only a forged log has them
                return None
            open_now.add(revision)
            waiting.append((revision, True))
            waiting += [(parent, False) for parent in sorted(account.parents) if parent not in order]
    return list(order.values())


def same_as(accounts: Collection[Account], shown: RevisionId) -> tuple[RevisionId, ...]:
    """The heads that say what ``shown`` says, itself among them: what an edit of the shown account goes over."""
    known = {one.revision: one for one in accounts}
    last = heads({one.revision: one.parents for one in accounts})
    said = known[shown].body
    if said is None:
        return (shown,)
    equal = {one for one in last if (body := known[one].body) is not None and _told(body) == _told(said)}
    return tuple(sorted(equal | {shown}))


def _told(body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != DECISION}


def _marker(body: Mapping[str, Any] | None) -> Mapping[str, Any]:
    found = (body or {}).get(DECISION)
    return found if isinstance(found, dict) else {}


def _part(name: str) -> str:
    return f"{_PLAIN}{name}" if ":" in name or name.startswith(_PLAIN) else name


def _field(part: str) -> str:
    return part.partition(":")[0] if ":" in part and not part.startswith(_PLAIN) else _REST


def _says(value: str) -> bool:
    return value != _ABSENT and any(json.loads(value).values())


def _loaded(value: str) -> Mapping[str, Any]:
    return {} if value == _ABSENT else json.loads(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _is_set(value: object) -> bool:
    return isinstance(value, list) and len({_json(one) for one in value}) == len(value)


def _is_keyed(values: Sequence[object], key: str) -> bool:
    """Whether every list names its elements once, and no two put those that both have in another order."""
    lists: list[list[str]] = []
    for value in values:
        if not isinstance(value, list) or not all(isinstance(one, dict) and key in one for one in value):
            return False
        names = [_json(one[key]) for one in value]
        if len(set(names)) < len(names):
            return False
        lists.append(names)
    different = list(dict.fromkeys(tuple(names) for names in lists))
    return all(_in_one_order(one, other) for one, other in combinations(different, 2))


def _in_one_order(one: Sequence[str], other: Sequence[str]) -> bool:
    both = {*one} & {*other}
    return [name for name in one if name in both] == [name for name in other if name in both]
