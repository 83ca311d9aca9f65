"""Findings in a real vault: counted once, traceable both ways, nothing of a note that counts no more."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.app.entries import NewEntry, add_addendum, record_entry, withdraw_entry
from fieldkit.app.finding_board import FindingView, Standing, finding_board, reuse_warning, uses_of
from fieldkit.app.findings import (
    NewCitation,
    NewFinding,
    add_finding,
    change_finding,
    cite,
    drop_finding,
    look_again,
    put_back,
    restore_finding,
    uncite,
)
from fieldkit.domain.assessment import Activity
from fieldkit.domain.evidence import Bearing, EvidenceItem
from fieldkit.domain.finding import Citation, Finding, State, Strength, proof_of
from fieldkit.domain.finding_words import Runs
from fieldkit.domain.framework import Framework
from fieldkit.domain.merging import Account, merge
from fieldkit.domain.triangulation import Side
from fieldkit.frameworks.library import Library
from fieldkit.kernel.errors import Mistake, each_of
from fieldkit.kernel.ids import EntryId, RecordId, RevisionId, new_id
from storage.vault import OpenVault
from tests.support.vaults import do

WORDS = "Nobody told the night team \U0001f691 of the café fall"


@pytest.fixture(scope="module")
def ics() -> Framework:
    return Library().load("ics", "2023.1")


class Desk:
    """The verbs of one assessor at one vault."""

    def __init__(self, vault: OpenVault, board: Activity, ics: Framework) -> None:
        self.vault, self.activity, self.ics = vault, board, ics

    def note(self, words: str = WORDS, speaker: str | None = None, category: int = 0, statement: int = 1) -> EntryId:
        item = EvidenceItem.new(
            "ics", self.ics.statements[statement].id, self.ics.categories[category].id, Bearing.SHORTFALL
        )
        new = NewEntry(text=words, speaker=speaker, evidence=(item,))
        return do(self.vault, lambda uow: record_entry(uow, self.activity, new)).id

    def add(self, *cited: NewCitation, **said: object) -> Finding:
        plain = NewFinding(statement="Q2", claim="Learning is shared late", bearing=Bearing.SHORTFALL)
        new = replace(plain, **said)  # type: ignore[arg-type]
        return do(self.vault, lambda uow: add_finding(uow, self.ics, self.activity.assessment, new, cited))

    def view(self, wanted: str = "F1") -> FindingView:
        found = finding_board(self.vault.questions, self.activity.assessment, self.ics).by(wanted)
        assert found is not None
        return found


@pytest.fixture
def desk(vault: OpenVault, board: Activity, ics: Framework) -> Desk:
    return Desk(vault, board, ics)


def test_a_finding_is_traced_to_its_notes_and_each_note_to_its_findings(desk: Desk) -> None:
    first, other = desk.note(), desk.note("Waits fell in Moor", "ch", category=1)
    desk.add(NewCitation(note=first, words="night team \U0001f691"), NewCitation(note=other, side=Side.CONTRADICTS))
    desk.add(NewCitation(note=first), statement="Q3", claim="Nights are thin")
    view = desk.view()
    assert [(one.words, one.citation.start, one.citation.end) for one in view.cited] == [
        ("night team \U0001f691", 16, 28), ("Waits fell in Moor", None, None),
    ]  # fmt: skip
    assert [use.reference for use in view.cited[0].elsewhere] == ["F2"]
    found = finding_board(desk.vault.questions, desk.activity.assessment, desk.ics)
    assert (found.notes, found.shared) == (2, 1)
    uses = uses_of(desk.vault.questions, desk.activity.assessment, [desk.ics])[first]
    assert [one.words for one in uses] == ["F1 under Learning culture", "F2 under Safe and effective staffing"]
    assert reuse_warning(uses[:1]) == ("This note already supports finding F1 under Learning culture. It counts once")
    assert reuse_warning(uses[:1], but=view.value.id) == ""


def test_the_strength_is_suggested_by_rule_and_departing_from_it_wants_a_reason(desk: Desk) -> None:
    made = desk.add(*(NewCitation(note=desk.note(f"{WORDS} {n}")) for n in range(3)))
    assert (desk.view().strength, desk.view().triangulation.is_single_source) == (Strength.LIMITED, True)
    new = NewFinding(statement="Q2", claim=made.claim, bearing=Bearing.SHORTFALL, strength=Strength.STRONG)
    with pytest.raises(Mistake) as caught:
        desk.vault.perform(lambda uow: change_finding(uow, desk.ics, made.id, new))
    assert caught.value.code == "finding.no_why"
    do(desk.vault, lambda uow: change_finding(uow, desk.ics, made.id, replace(new, why="An independent audit")))
    assert (desk.view().strength, desk.view().departs) == (Strength.STRONG, True)
    more = [NewCitation(note=desk.note("Said so", "ch", 1)), NewCitation(note=desk.note("Me too", "ce", 2))]
    do(desk.vault, lambda uow: cite(uow, made.id, more))
    assert desk.view().triangulation.sentence.endswith("by 1 method, in 3 categories. Triangulated.")
    assert desk.view().suggestion.strength is Strength.MODERATE


def test_a_note_that_was_withdrawn_marks_its_findings_and_lends_them_no_words(desk: Desk) -> None:
    note = desk.note()
    made = desk.add(NewCitation(note=note), NewCitation(note=desk.note("Waits fell", "ch")))
    do(desk.vault, lambda uow: withdraw_entry(uow, note, "Wrong meeting"))
    view = desk.view()
    assert (view.cited[0].standing, view.cited[0].words) == (Standing.WITHDRAWN, "")
    assert view.triangulation.items == 1
    assert view.marks == ("A note under it was withdrawn.",)
    assert WORDS not in str(made.to_content()), "a record of its own would keep the words for ever"
    with pytest.raises(Mistake) as caught:
        desk.vault.perform(lambda uow: cite(uow, made.id, [NewCitation(note=note)]))
    assert caught.value.code == "finding.withdrawn_note"


def test_what_is_added_to_a_note_later_is_told_until_somebody_looked(desk: Desk) -> None:
    note = desk.note()
    made = desk.add(NewCitation(note=note))
    do(desk.vault, lambda uow: add_addendum(uow, note, "It was the day team", "Heard wrongly"))
    assert desk.view().marks == ("Words were added to a note under it since it was cited.",)
    do(desk.vault, lambda uow: look_again(uow, made.id))
    assert desk.view().marks == ()


def test_linking_is_undone_and_done_again_and_one_note_is_cited_once_a_side(desk: Desk) -> None:
    note = desk.note()
    made = desk.add(NewCitation(note=note))
    do(desk.vault, lambda uow: cite(uow, made.id, [NewCitation(note=note, side=Side.CONTRADICTS)]))
    assert [one.citation.side for one in desk.view().cited] == [Side.CONTRADICTS]
    do(desk.vault, lambda uow: uncite(uow, made.id, notes=[note]))
    assert desk.view().cited == ()
    do(desk.vault, lambda uow: put_back(uow, made.id, made.evidence))
    assert desk.view().value.evidence == made.evidence
    do(desk.vault, lambda uow: drop_finding(uow, made.id, "Twice"))
    found = finding_board(desk.vault.questions, desk.activity.assessment, desk.ics)
    assert (len(found.findings), len(found.dropped), found.notes) == (0, 1, 0)
    do(desk.vault, lambda uow: restore_finding(uow, made.id))
    assert not desk.view().value.is_dropped


def test_what_cannot_be_meant_is_told_at_its_field_and_nothing_is_saved(desk: Desk) -> None:
    note = desk.note()
    wrong: tuple[tuple[dict[str, object], tuple[NewCitation, ...], set[str]], ...] = (
        ({"claim": " ", "statement": "nowhere"}, (), {"finding.no_claim", "finding.no_statement"}),
        ({"state": State.READY}, (), {"finding.no_sentence"}),
        ({}, (NewCitation(note=note, words="the day team"),), {"finding.not_in_note"}),
        ({}, (NewCitation(note=note, start=9, end=9),), {"finding.bad_range"}),
        ({}, (NewCitation(note=EntryId(new_id())),), {"finding.unknown_note"}),
    )
    for said, cited, codes in wrong:
        with pytest.raises(Mistake) as caught:
            desk.add(*cited, **said)
        assert {one.code for one in each_of(caught.value)} == codes
    assert desk.vault.questions.records("finding") == []


def test_what_two_laptops_add_to_one_finding_both_stays() -> None:
    base = _content(())
    accounts = [
        _account("1", base), _account("2", _content(("a",)), "1"),
        _account("3", {**_content(("b",)), "sentence": "Late."}, "1"),
    ]  # fmt: skip
    merged = merge("finding", accounts)
    assert not merged.is_open
    assert merged.body is not None
    assert {one["note"] for one in merged.body["citations"]} == {_ID.format("a"), _ID.format("b")}
    assert merged.body["sentence"] == "Late."


@given(text=st.text(max_size=60), data=st.data())
def test_a_part_of_a_note_is_found_again_by_code_points_and_proves_its_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, max(len(text) - 1, 0)))
    end = data.draw(st.integers(start + 1, max(len(text), start + 1)))
    one = Citation(id=new_id(), note=EntryId(new_id()), side=Side.AGREES, start=start, end=end)
    one = replace(one, proof=proof_of(one.id, text[start:end]))
    again = Citation.from_content(one.to_content())
    assert again == one
    assert again.holds(text)
    assert not again.holds(f"{text[:start]}\u2603{text[start:]}") or text[start:end].startswith("\u2603")


def test_words_of_a_note_are_known_again_in_a_sentence_and_chance_is_not() -> None:
    lost = Runs([WORDS, "Waits fell again", "Yes"], [])
    assert lost.are_in("We heard that NOBODY told the night team.")
    assert lost.are_in("They said: waits fell again.")
    assert not lost.are_in("The night team was not told in time. Yes.")
    assert not Runs([WORDS], ["Nobody told the night team"]).are_in("Nobody told the night team.")
    assert not Runs([], [WORDS]).are_in(WORDS)


_ID = "00000000-0000-7000-8000-00000000000{}"


def _content(notes: tuple[str, ...]) -> dict[str, object]:
    cited = tuple(Citation(id=_ID.format(one), note=EntryId(_ID.format(one)), side=Side.AGREES) for one in notes)
    made = Finding(
        id=RecordId(_ID.format(9)), assessment=_ID.format(8), pack="ics", statement="q2", reference="F1",  # type: ignore[arg-type]
        claim="Late", bearing=Bearing.SHORTFALL, evidence=cited,
    )  # fmt: skip
    return made.to_content()


def _account(name: str, body: dict[str, object], *parents: str) -> Account:
    return Account(revision=RevisionId(name), parents=tuple(RevisionId(one) for one in parents), hash=name, body=body)
