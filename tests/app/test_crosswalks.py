"""Two frameworks on one visit, and tags carried over by a crosswalk: beside the old ones, once, and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldkit.app.crosswalks import apply_crosswalk, plan_crosswalk, undo_crosswalk
from fieldkit.app.entries import NewEntry, file_evidence, record_entry, withdraw_entry
from fieldkit.app.parallel import add_framework, pin_of, remove_framework, use_of
from fieldkit.app.requests import add_request
from fieldkit.capture.parse import parse
from fieldkit.capture.vocabulary import Vocabulary
from fieldkit.domain.assessment import Activity
from fieldkit.domain.carrying import Left
from fieldkit.domain.evidence import Bearing, EvidenceItem
from fieldkit.domain.framework import Framework
from fieldkit.frameworks.library import Library
from fieldkit.frameworks.reader import read_pack
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import EntryId
from storage.vault import OpenVault
from tests.packs.small_pack import FILES, write_pack
from tests.support.two_laptops import TwoLaptops
from tests.support.vaults import do

ICS = Library().load("ics", "2023.1")
PROVIDER = Library().load("provider", "2026.1")


def _note(vault: OpenVault, board: Activity, *statements: str, category: str = "observation") -> EntryId:
    tags = tuple(EvidenceItem.new("ics", one, category, Bearing.SHORTFALL, strong=True) for one in statements)
    return do(vault, lambda uow: record_entry(uow, board, NewEntry(text="Seen", evidence=tags))).id


def _tags(vault: OpenVault, note: EntryId, pack: str = "provider") -> list[tuple[str, str]]:
    return sorted((one.statement, one.carried) for one in vault.questions.entry(note).evidence if one.pack == pack)


def test_a_second_framework_comes_and_goes_and_its_tags_stay(vault: OpenVault, board: Activity) -> None:
    where = board.assessment
    do(vault, lambda uow: add_framework(uow, where, PROVIDER))
    assert [one.id for one in vault.questions.assessment(where).packs] == ["ics", "provider"]
    with pytest.raises(Mistake) as again:
        do(vault, lambda uow: add_framework(uow, where, PROVIDER))
    assert again.value.code == "framework.there"
    (tag,) = parse("Seen #provider/ip-", Vocabulary(frameworks=(ICS, PROVIDER))).tags
    item = EvidenceItem.new(tag.pack, tag.statement, "observation")
    note = do(vault, lambda uow: record_entry(uow, board, NewEntry(text="Seen", evidence=(item,)))).id
    assert use_of(vault.questions, where, PROVIDER).notes == 1
    do(vault, lambda uow: remove_framework(uow, where, "provider"))
    assert _tags(vault, note) == [("infection-prevention", "")]
    with pytest.raises(Mistake) as main:
        do(vault, lambda uow: remove_framework(uow, where, "ics"))
    assert main.value.code == "framework.main"
    assert vault.verify() == []


def test_a_code_means_one_thing_a_shared_statement_goes_to_both_and_the_rest_names_its_pack() -> None:
    both = Vocabulary(frameworks=(ICS, PROVIDER))
    assert [(one.pack, one.statement) for one in parse("x #sg-", both).tags] == [
        ("ics", "safeguarding"), ("provider", "safeguarding"),
    ]  # fmt: skip
    assert [one.pack for one in parse("x #ip", both).tags] == ["provider"]
    assert [(one.pack, one.code) for one in parse("x #provider/S2", both).tags] == [("provider", "sg")]
    codes = {one.code: one.id for one in ICS} | {
        one.code: one.id for one in Library().load("local-authority", "2023.1")
    }
    assert [one.code for one in PROVIDER if codes.get(one.code, one.id) != one.id] == []


def test_the_preview_counts_what_a_crosswalk_touches_and_writes_nothing(vault: OpenVault, board: Activity) -> None:
    where = board.assessment
    _note(vault, board, "safeguarding")
    _note(vault, board, "shared-direction", "capable-leaders")
    _note(vault, board, "care-provision")
    _note(vault, board, "partnerships")
    gone = _note(vault, board, "safeguarding")
    do(vault, lambda uow: withdraw_entry(uow, gone, "Twice"))
    plan = plan_crosswalk(vault.questions, where, ICS, PROVIDER, {})
    assert (len(plan.notes), len(plan.touched), plan.tags) == (5, 2, 2)
    assert (plan.left(Left.TO_CHOOSE), plan.left(Left.NOTHING_FOLLOWS)) == (1, 1)
    assert [one.olds for one in plan.asked] == [("care-provision",)]
    assert [one.id for one in vault.questions.assessment(where).packs] == ["ics"]
    with pytest.raises(Mistake) as wrong:
        plan_crosswalk(vault.questions, where, ICS, PROVIDER, {"care-provision": ("medicines",)})
    assert wrong.value.code == "framework.bad_choice"


def test_it_is_applied_once_taken_back_whole_and_applied_again(vault: OpenVault, board: Activity) -> None:
    where, choose = board.assessment, {"care-provision": ("care-that-works",)}
    one = _note(vault, board, "shared-direction", "capable-leaders", category="outcomes")
    split = _note(vault, board, "care-provision")
    by_hand = _note(vault, board, "learning-culture")
    own = EvidenceItem.new("provider", "learning-culture", "observation", Bearing.SHORTFALL, strong=True)
    do(vault, lambda uow: file_evidence(uow, by_hand, (own,)))
    asked = do(vault, lambda uow: add_request(uow, where, "Audit", "Differs", statements=("ics/safeguarding",))).id
    applied = do(vault, lambda uow: apply_crosswalk(uow, where, ICS, PROVIDER, {}))
    assert (applied.notes, applied.tags, applied.records, applied.waiting) == (1, 1, 1, 1)
    assert _tags(vault, one) == [("shared-direction", "ics 2023.1")]
    assert vault.questions.entry(one).evidence[-1].category == "processes"
    assert _tags(vault, one, "ics") == [("capable-leaders", ""), ("shared-direction", "")]
    chosen = do(vault, lambda uow: apply_crosswalk(uow, where, ICS, PROVIDER, choose))
    assert (chosen.tags, chosen.records, chosen.waiting) == (1, 0, 0)
    before = [_tags(vault, note) for note in (one, split, by_hand)]
    undone = do(vault, lambda uow: undo_crosswalk(uow, where, ICS, PROVIDER))
    assert (undone.notes, undone.tags, undone.records) == (2, 2, 1)
    assert [_tags(vault, note) for note in (one, split, by_hand)] == [[], [], [("learning-culture", "")]]
    assert vault.questions.record("request", asked).value.statements == ("ics/safeguarding",)
    do(vault, lambda uow: apply_crosswalk(uow, where, ICS, PROVIDER, choose))
    assert [_tags(vault, note) for note in (one, split, by_hand)] == before
    assert vault.verify() == []


def test_two_laptops_that_apply_it_at_once_end_with_each_tag_once(
    vault: OpenVault, board: Activity, clock: FixedClock, tmp_path: Path
) -> None:
    notes = [_note(vault, board, one) for one in ("safeguarding", "shared-direction", "care-provision")]
    two = TwoLaptops(tmp_path, clock, mine=vault, meeting=board)
    where = board.assessment
    two.here(lambda uow: apply_crosswalk(uow, where, ICS, PROVIDER, {"care-provision": ("planned-around-me",)}))
    two.there(lambda uow: apply_crosswalk(uow, where, ICS, PROVIDER, {"care-provision": ("care-that-works",)}))
    two.meet()
    said = [[_tags(one, note) for note in notes] for one in (two.mine, two.theirs)]
    assert said[0] == said[1]
    assert said[0] == [
        [("safeguarding", "ics 2023.1")], [("shared-direction", "ics 2023.1")],
        [("care-that-works", "ics 2023.1"), ("planned-around-me", "ics 2023.1")],
    ]  # fmt: skip
    for laptop in (two.mine, two.theirs):
        assert [one.id for one in laptop.questions.assessment(where).packs] == ["ics", "provider"]
        assert laptop.verify() == []
    two.here(lambda uow: undo_crosswalk(uow, where, ICS, PROVIDER))
    two.meet()
    assert [_tags(two.theirs, note) for note in notes] == [[], [], []]
    two.close()


def test_tags_of_each_kind_of_crosswalk_and_the_old_ones_are_the_same_on_two_laptops_and_after_undo(
    vault: OpenVault, board: Activity, clock: FixedClock, tmp_path: Path
) -> None:
    each = (("safeguarding",), ("capable-leaders", "shared-direction"), ("care-provision",), ("partnerships",))
    notes = [_note(vault, board, *one) for one in each]
    two, where = TwoLaptops(tmp_path, clock, mine=vault, meeting=board), board.assessment
    both = {"care-provision": ("planned-around-me", "care-that-works")}
    two.here(lambda uow: apply_crosswalk(uow, where, ICS, PROVIDER, both))
    two.meet()
    follow = [["safeguarding"], ["shared-direction"], ["care-that-works", "planned-around-me"], []]
    for laptop in (two.mine, two.theirs):
        assert [[one for one, _ in _tags(laptop, note)] for note in notes] == follow
        assert [[one for one, _ in _tags(laptop, note, "ics")] for note in notes] == [list(one) for one in each]
    two.there(lambda uow: undo_crosswalk(uow, where, ICS, PROVIDER))
    two.meet()
    for laptop in (two.mine, two.theirs):
        assert [_tags(laptop, note) for note in notes] == [[], [], [], []]
        assert [[one for one, _ in _tags(laptop, note, "ics")] for note in notes] == [list(one) for one in each]
        assert laptop.verify() == []
    two.close()


def test_two_laptops_that_add_different_frameworks_at_once_end_with_both(
    vault: OpenVault, board: Activity, clock: FixedClock, tmp_path: Path
) -> None:
    council = Library().load("local-authority", "2023.1")
    two, where = TwoLaptops(tmp_path, clock, mine=vault, meeting=board), board.assessment
    two.here(lambda uow: add_framework(uow, where, PROVIDER))
    two.there(lambda uow: add_framework(uow, where, council))
    two.meet()
    two.here(lambda uow: remove_framework(uow, where, "provider"))
    two.meet()
    for laptop in (two.mine, two.theirs):
        assert [one.id for one in laptop.questions.assessment(where).packs] == ["ics", "local-authority"]
        assert laptop.questions.several_heads(where) == []
    two.close()


def _later(folder: Path) -> tuple[Framework, Framework]:
    """A small pack, and its next version in which kind care is called otherwise and has another id."""
    (folder / "old").mkdir()
    older = read_pack(write_pack(folder / "old"))
    new = folder / "new"
    new.mkdir()
    for name, text in FILES.items():
        later = text.replace("kind-care", "warm-care").replace('version: "1.0"', 'version: "2.0"')
        (new / name).write_text(later, encoding="utf-8")
    (new / "crosswalk.yaml").write_text(
        """\
crosswalks:
  - from: small
    version: "1.0"
    former:
      - {id: kind-care, code: kc, title: As it was}
    statements:
      - {from: [kind-care], to: [warm-care], reason: Renamed.}
      - {from: [good-food], to: [good-food], reason: The same.}
      - {from: [clean-rooms], to: [], reason: Asked no more.}
""",
        encoding="utf-8",
    )
    return older, read_pack(new)


def test_a_later_version_takes_the_place_of_the_earlier_one_and_gives_it_back(
    vault: OpenVault, board: Activity, tmp_path: Path
) -> None:
    older, newer = _later(tmp_path)
    where, was = board.assessment, older.statements[0]
    do(vault, lambda uow: add_framework(uow, where, older))
    tag = EvidenceItem.new(older.id, was.id, "people")
    note = do(vault, lambda uow: record_entry(uow, board, NewEntry(text="Seen", evidence=(tag,)))).id
    do(vault, lambda uow: apply_crosswalk(uow, where, older, newer, {}))
    assert pin_of(newer) in vault.questions.assessment(where).packs
    assert pin_of(older) not in vault.questions.assessment(where).packs
    assert _tags(vault, note, older.id) == sorted([(was.id, ""), ("warm-care", f"{older.id} {older.version}")])
    former = newer.former(was.id)
    assert former is not None
    assert former.title == "As it was"
    again = do(vault, lambda uow: apply_crosswalk(uow, where, older, newer, {}))
    assert again.tags == 0
    do(vault, lambda uow: undo_crosswalk(uow, where, older, newer))
    assert _tags(vault, note, older.id) == [(was.id, "")]
    assert pin_of(older) in vault.questions.assessment(where).packs
