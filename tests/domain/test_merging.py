"""Putting together what laptops made of one record: converges whatever the order, and loses nothing by itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.domain.kinds import FIELDWORK
from fieldkit.domain.merge_rules import RULES, How, rule_of
from fieldkit.domain.merging import DECISION, Account, Merge, merge, same_as
from fieldkit.domain.readable import READERS
from fieldkit.domain.revision import heads
from fieldkit.kernel.ids import RevisionId

BASE = {"assessment": "x", "name": "Visit 1", "place": "Moor", "starts_on": "2026-11-02", "ends_on": "2026-11-04"}
KINDS = sorted({*READERS, *RULES})


class Log:
    """The set of revisions that one laptop knows."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.known: dict[RevisionId, Account] = {}

    @property
    def merge(self) -> Merge:
        return merge(self.kind, self.known.values())

    def write(self, body: Mapping[str, Any], parents: Sequence[RevisionId], by: str) -> Account:
        words = json.dumps([dict(body), sorted(parents), by, len(self.known)], sort_keys=True)
        name = hashlib.sha256(words.encode()).hexdigest()
        account = Account(
            revision=RevisionId(name[:8]), hash=name, parents=tuple(sorted(parents)), body=dict(body)
        )  # fmt: skip
        self.known[account.revision] = account
        return account

    def shown(self) -> Account:
        last = heads({one.revision: one.parents for one in self.known.values()})
        return max((self.known[one] for one in last), key=lambda one: one.hash)

    def edit(self, by: str, **changes: Any) -> None:
        """As a form does it: over the account that is shown, and heads that say the same."""
        shown = self.shown()
        body = {**(shown.body or {}), **changes}
        body.pop(DECISION, None)
        self.write(body, same_as(list(self.known.values()), shown.revision), by)

    def take_in(self, other: Log, by: str) -> None:
        """A page came; what can be combined is."""
        self.known |= other.known
        self.combine(by)

    def combine(self, by: str) -> None:
        found = self.merge
        if len(found.heads) > 1 and not found.is_same and found.body is not None:
            self.write({**found.body, DECISION: {"by": "system"}}, found.heads, by)


def _log(kind: str, body: Mapping[str, Any]) -> Log:
    log = Log(kind)
    log.write(body, (), "first")
    return log


def _copy(log: Log) -> Log:
    found = Log(log.kind)
    found.known = dict(log.known)
    return found


def _fork(kind: str, body: Mapping[str, Any], *changes: Mapping[str, Any]) -> Log:
    """Laptops that each changed the record without knowing of the others."""
    root, whole = _log(kind, body), Log(kind)
    for number, change in enumerate(changes):
        one = _copy(root)
        one.edit(f"laptop {number}", **change)
        whole.known |= one.known
    return whole


def test_different_fields_are_combined_from_what_both_grew_from() -> None:
    found = _fork("visit", BASE, {"name": "Visit one"}, {"place": "Fell"}).merge
    assert found.body == {**BASE, "name": "Visit one", "place": "Fell"}
    assert [part.name for part in found.combined] == ["name", "place"]
    assert not found.is_open


def test_the_same_field_is_never_combined_and_its_true_base_is_known() -> None:
    log = _log("visit", BASE)
    log.edit("both", name="Visit two")
    one, other = _copy(log), _copy(log)
    one.edit("one", name="Visit A", place="Fell")
    other.edit("other", name="Visit B")
    other.edit("other again", name="Visit C")
    one.known |= other.known
    found = one.merge
    assert [(part.name, part.base) for part in found.asked] == [("name", {"name": "Visit two"})]
    assert sorted(value["name"] for value in found.asked[0].values.values()) == ["Visit A", "Visit C"]
    assert [part.name for part in found.combined] == ["place"]
    assert (found.body, found.is_open) == (None, True)
    assert found.decided({"name": {"name": "Visit D"}}) == {**BASE, "name": "Visit D", "place": "Fell"}
    with pytest.raises(KeyError):
        found.decided({})


def test_fields_that_mean_something_only_together_are_asked_about_together() -> None:
    found = _fork("visit", BASE, {"starts_on": "2026-11-04"}, {"ends_on": "2026-11-03"}).merge
    assert [part.fields for part in found.asked] == [("starts_on", "ends_on")]


def test_what_was_changed_on_from_another_laptops_words_is_no_question_for_a_third() -> None:
    log = _log("visit", BASE)
    third = _copy(log)
    third.edit("third", place="Fell")
    log.edit("first", name="A")
    second = _copy(log)
    second.edit("second", name="B")  # knew of A
    log.edit("first", ends_on="2026-11-05")  # did not know of B
    log.known |= second.known | third.known
    assert log.merge.body == {**BASE, "name": "B", "place": "Fell", "ends_on": "2026-11-05"}


def test_a_set_is_combined_as_one_in_which_what_was_put_in_stays() -> None:
    base = {"title": "Board", "assigned": ["AL", "BM"], "items": []}
    found = _fork("activity", base, {"assigned": ["AL", "CD"]}, {"assigned": ["AL", "BM", "EF"]}).merge
    assert sorted((found.body or {})["assigned"]) == ["AL", "CD", "EF"]
    again = _log("activity", base)
    again.edit("first", assigned=["AL"])
    other = _copy(again)
    again.edit("one", assigned=["AL", "BM"])
    other.edit("two", assigned=[])
    again.known |= other.known
    assert (again.merge.body or {})["assigned"] == ["BM"], "taken out of what both knew; put in anew stays"


def test_lists_are_combined_element_by_element_and_the_same_element_is_asked_about() -> None:
    item = {"id": "1", "title": "Welcome", "starts": ""}
    base = {"title": "Board", "items": [item]}
    more = {"items": [item, {"id": "2", "title": "Falls", "starts": ""}]}
    put_right = {"items": [{**item, "title": "Opening"}]}
    found = _fork("activity", base, more, put_right).merge
    assert [one["title"] for one in (found.body or {})["items"]] == ["Opening", "Falls"]
    both = _fork("activity", base, put_right, {"items": [{**item, "title": "Start"}]}).merge
    assert [part.name for part in both.asked] == ['items:"1"']
    turned = {"items": [{"id": "2", "title": "Falls", "starts": ""}, item]}
    assert _fork("activity", more, turned, put_right).merge.asked, "the order of a list is nobody's to guess"


def test_taking_out_of_use_against_a_change_is_asked_about_and_the_change_stands() -> None:
    base = {"title": "Board", "is_cancelled": False, "items": []}
    found = _fork("activity", base, {"is_cancelled": True}, {"title": "Board in public"}).merge
    assert len(found.deleted_by) == 1
    assert [part.name for part in found.asked] == ["is_cancelled"]
    keep = found.decided({"is_cancelled": {"is_cancelled": False}})
    assert (keep["title"], keep["is_cancelled"]) == ("Board in public", False)
    twice = _fork("activity", base, {"is_cancelled": True}, {"is_cancelled": True, "title": "Gone"}).merge
    assert not twice.is_open


def test_nothing_is_combined_where_what_all_grew_from_is_not_known_or_cannot_be_read() -> None:
    log = _fork("visit", BASE, {"name": "A"}, {"place": "Fell"})
    root = next(one for one in log.known.values() if not one.parents)
    unread = Account(revision=root.revision, hash=root.hash, parents=(), body=None)
    for known in ({**log.known, root.revision: unread}, {r: a for r, a in log.known.items() if r != root.revision}):
        found = merge("visit", known.values())
        assert {part.name for part in found.asked} == {"name", "place"}
        assert found.body is None
    head = next(one for one in log.known.values() if one.parents)
    sealed = Account(revision=head.revision, hash=head.hash, parents=head.parents, body=None)
    assert not merge("visit", {**log.known, head.revision: sealed}.values()).is_readable


def test_a_decision_taken_back_is_asked_again_and_not_combined() -> None:
    log = _fork("visit", BASE, {"name": "A"}, {"name": "B"})
    first, second = log.merge.heads
    settled = log.write({**(log.known[first].body or {}), DECISION: {"by": "person"}}, (first, second), "somebody")
    assert not log.merge.is_open
    for head in (first, second):
        log.write({**(log.known[head].body or {}), DECISION: {"by": "reopened", "of": head}}, (settled.revision,), head)
    assert [part.name for part in log.merge.asked] == ["name"]


def test_strange_names_of_fields_are_kept_as_they_are() -> None:
    base = {"title": "Board", "items": [], "assigned:x": 1, "=a:b": 2, "a+b": 3, "on+starts": 4}
    found = _fork("activity", base, {"title": "New", "assigned:x": 5}, {"a+b": 6, "=a:b": 7}).merge
    assert found.body == {"title": "New", "items": [], "assigned:x": 5, "=a:b": 7, "a+b": 6, "on+starts": 4}


_CHANGES = st.dictionaries(
    st.sampled_from(["name", "place", "starts_on", "ends_on", "more"]), st.sampled_from(["1", "2", "3"]), min_size=1
)
_STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.one_of(_CHANGES, st.integers(0, 2), st.just("decide"))), min_size=1, max_size=14
)


def _play(kind: str, steps: Sequence[tuple[int, Any]]) -> tuple[Log, Log, Log]:
    root = _log(kind, BASE)
    laptops = (_copy(root), _copy(root), _copy(root))
    for number, (who, what) in enumerate(steps):
        laptop, by = laptops[who], f"{who} at {number}"
        if isinstance(what, dict):
            laptop.edit(by, **what)
        elif isinstance(what, int):
            laptop.take_in(laptops[what], by)
        elif (found := laptop.merge).is_open:
            choices = {part.name: part.values[found.heads[-1]] for part in found.asked}
            laptop.write({**found.decided(choices), DECISION: {"by": "person"}}, found.heads, by)
    return laptops


@given(_STEPS, st.sampled_from(["visit", "activity", "consent", "guide"]))
@settings(max_examples=150, deadline=None)
def test_any_schedule_on_three_laptops_ends_alike_and_nobody_loses_a_head(
    steps: Sequence[tuple[int, Any]], kind: str
) -> None:
    """Invariants 7 and 20: a head goes only by a revision that cites it; laptops that met hold the same heads."""
    laptops = _play(kind, steps)
    for _ in range(3):  # they meet until nothing is new
        before = [len(laptop.known) for laptop in laptops]
        for number, laptop in enumerate(laptops):
            for other in laptops:
                laptop.take_in(other, f"end of {number}")
        if before == [len(laptop.known) for laptop in laptops]:
            break
    else:
        pytest.fail("laptops go on combining each other's combinations")
    first = laptops[0].merge
    for laptop in laptops:
        assert laptop.merge == first
        cited = {parent for one in laptop.known.values() for parent in one.parents}
        assert set(first.heads) == set(laptop.known) - cited
    assert first.is_same or first.is_open, "what can be combined is"


@given(_STEPS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_what_stands_is_the_same_whatever_came_first(steps: Sequence[tuple[int, Any]], shuffled: Any) -> None:
    """Invariant 15: no order of arrival and no clock has a say."""
    log = _play("visit", steps)[0]
    accounts = list(log.known.values())
    before = merge("visit", accounts)
    shuffled.shuffle(accounts)
    assert merge("visit", accounts) == before


@pytest.mark.parametrize("kind", KINDS)
@given(_STEPS)
@settings(max_examples=8, deadline=None)
def test_of_no_kind_is_a_field_two_people_wrote_at_once_chosen_by_itself(
    kind: str, steps: Sequence[tuple[int, Any]]
) -> None:
    """Invariant 7, for every kind: what stands without a person is what only one of them wrote last."""
    log = _play(kind, steps)[0]
    log.known |= _fork(kind, BASE, {"name": "mine"}, {"name": "theirs"}).known
    found = log.merge
    rule = rule_of(kind)
    if rule.how in (How.ONCE, How.GROWS):
        assert found.is_same, "such a kind never asks"
        return
    assert found.is_open
    assert "name" in {part.name for part in found.asked}
    if rule.how is How.ASKS:
        assert not found.combined


def test_every_field_that_a_rule_names_is_one_of_its_kind() -> None:
    for kind, made in FIELDWORK.items():
        rule = rule_of(kind)
        optional = {"order", "stream", "guide", "guide_version", "band", "role", "marks", "started_at", "pauses",
                    "ended_at", "sound", "is_taken_back", "is_retired"}  # fmt: skip
        named = {*(name for group in rule.together for name in group), *rule.sets, *rule.keyed, *rule.maps}
        assert named | ({rule.deleted} if rule.deleted else set()) <= {*made.FIELDS, *optional}, kind


def test_judgements_consents_and_what_protects_somebody_are_never_combined() -> None:
    for kind in ("consent", "escalation", "quality_risk", "quality_review", "withdrawal", "agreed_score", "anything"):
        assert rule_of(kind).how is How.ASKS
