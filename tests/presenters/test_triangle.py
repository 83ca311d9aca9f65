"""Triangulation on Evidence: counted over real notes, again when they change, and never twice for one note."""

from __future__ import annotations

import pytest

from fieldkit.app.entries import NewEntry, record_entry, withdraw_entry
from fieldkit.app.triangulating import legs_of
from fieldkit.domain.evidence import Bearing, EvidenceItem
from fieldkit.kernel.errors import Mistake
from fieldkit.kernel.ids import EntryId
from tests.presenters.room import Room
from tests.support.vaults import do
from ui.presenters.evidence.opening import read_board
from ui.presenters.evidence.triangle import Triangle


def _note(room: Room, words: str, category: int, bearing: Bearing, speaker: str = "") -> EntryId:
    pack = room.session.packs.framework(room.vault.questions.assessment(room.activity.assessment).packs[0])
    item = EvidenceItem.new(pack.id, pack.statements[1].id, pack.categories[category].id, bearing)
    new = NewEntry(text=words, evidence=(item,), speaker=speaker or None)
    return do(room.vault, lambda uow: record_entry(uow, room.activity, new)).id


@pytest.fixture
def triangle(room: Room) -> Triangle:
    facts = read_board(room.session, room.vault.questions, room.activity.assessment)
    pack = facts.frameworks[0]
    made = Triangle(room.session, facts, f"{pack.id}/{pack.statements[1].id}")
    made.count()
    return made


def test_a_statement_without_evidence_says_so_and_where_to_look(triangle: Triangle) -> None:
    legs = triangle.state.legs
    assert legs is not None
    assert legs.triangulation.sentence == "No evidence yet."
    assert legs.next_words.startswith("Consider people, then staff")
    assert triangle.state.badge == "Not triangulated yet"


def test_one_voice_is_a_single_source_and_two_kinds_from_two_are_enough(room: Room, triangle: Triangle) -> None:
    first = _note(room, "Heard nothing", 1, Bearing.SHORTFALL, "ch")
    triangle.count()
    assert triangle.state.badge == "Single source"
    _note(room, "Nobody told us", 0, Bearing.SHORTFALL, "dn")
    _note(room, "No letter either", 1, Bearing.SHORTFALL, "dn")
    triangle.count()
    assert triangle.state.badge == "Triangulated"
    assert dict(triangle.state.facts)["Agree"] == "3"
    _note(room, "It went well", 0, Bearing.STRENGTH, "ps")
    triangle.count()
    assert dict(triangle.state.facts)["Contradict"] == "1"
    do(room.vault, lambda uow: withdraw_entry(uow, entry=first, reason="Wrong meeting"))
    triangle.count()
    assert dict(triangle.state.facts)["Agree"] == "2"


def test_what_is_no_statement_is_refused(room: Room) -> None:
    assessment = room.vault.questions.assessment(room.activity.assessment)
    pack = room.session.packs.framework(assessment.packs[0])
    with pytest.raises(Mistake, match=r"score\.unknown"):
        legs_of(room.vault.questions, assessment, pack, "nowhere")
