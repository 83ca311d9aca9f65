"""Noting from a record without a screen: no words that were typed are passed over when the page opens again."""

from __future__ import annotations

from fieldkit.app.assessments import plan_activity
from fieldkit.app.drafts import capture_place, keep_draft
from fieldkit.app.record_access import LookAnswers, open_record
from fieldkit.app.rows import Draft, EntryFilter
from fieldkit.capture.vocabulary import Vocabulary
from fieldkit.domain.assessment import ActivityKind
from fieldkit.domain.record_access import Basis, Capacity, Told
from fieldkit.kernel.ids import new_id
from tests.presenters.room import Room
from ui.presenters.record.noting import RecordNoting

_LOOK = LookAnswers(
    whose="c03", what="Care plan", why="To see who agreed the discharge", basis=Basis.POWER,
    allowed_by="Section 63", capacity=Capacity.YES, capacity_how="Their nurse was asked", told=Told.AFTER,
    copied=False,
)  # fmt: skip


def test_a_note_that_was_handed_over_when_the_program_ended_is_recorded_and_the_next_one_stands_in_the_box(
    room: Room,
) -> None:
    visit = room.vault.questions.visit(room.activity.visit)
    review = room.vault.perform(lambda uow: plan_activity(uow, visit, ActivityKind.RECORD_REVIEW, "Records"))[0]
    look = room.vault.perform(lambda uow: open_record(uow, review, _LOOK))[0]
    drafts = []
    for words in ("Discharged without a plan", "Nobody rang"):
        room.clock.advance(5)
        now = room.clock.now()
        place = f"{capture_place(review.id)}/{look.id}/{new_id()}"
        draft = Draft(place=place, text=words, caret=0, noticed_at=now, kept_at=now)
        room.vault.perform(lambda uow, draft=draft: keep_draft(uow, draft))  # type: ignore[misc]
        drafts.append(draft)
    pins = room.vault.questions.assessment(review.assessment).packs
    frameworks = tuple(room.session.packs.framework(pin) for pin in pins)
    noting = RecordNoting(room.session, review, frameworks, Vocabulary(frameworks=frameworks), lambda: None)
    noting.start(drafts)
    noting.show_record(look.id)
    assert noting.box.line.state.text == "Nobody rang"
    (row,) = room.vault.questions.entries(EntryFilter(activity=review.id))
    assert (row.entry.text, row.entry.about) == ("Discharged without a plan", look.id)
    assert [one.text for one in room.vault.questions.drafts()] == ["Nobody rang"]
    noting.close()
