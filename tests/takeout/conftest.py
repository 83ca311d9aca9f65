"""The sample visit with a case, a consent that was taken back, scores, a file and awkward characters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from fieldkit.app.assessments import plan_activity
from fieldkit.app.attachments import Said, attach, take_bytes
from fieldkit.app.consents import Answers, set_consent
from fieldkit.app.entries import NewEntry, file_evidence, record_entry, withdraw_entry
from fieldkit.app.records import keep
from fieldkit.app.restrictions import NewRestriction, restrict
from fieldkit.app.sample import plan_sample, sample_start, write_afterwards, write_points
from fieldkit.app.sample_reader import read_sample
from fieldkit.app.takeout.taking_out import Order
from fieldkit.domain.assessment import Activity, ActivityKind
from fieldkit.domain.attachment import People
from fieldkit.domain.case import Case
from fieldkit.domain.consent import Agreed, Attribution, Consent, Quoting
from fieldkit.domain.evidence import Bearing, EvidenceItem
from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import Judged, Judgement
from fieldkit.domain.secondary import SecondaryTag
from fieldkit.domain.touchpoint import Touchpoint, TouchpointKind
from fieldkit.domain.when import When
from fieldkit.frameworks.library import Library
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.ids import RecordId, new_id
from storage.vault import OpenVault
from tests.support.vaults import new_vault, quick_keys

FORMULA = '=HYPERLINK("http://x","y")'
AWKWARD = "fell 🙂 “by e\u0301 half”\r\nsecond line\rthird 👩\u200d👧"
SECRET, NAME, CODE = "zq-held-words", "Zq Mary Example", "ZQ7-not-told"
LETTER = b"a letter\n"
PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
SOUND, HELD_SOUND = (b"RIFF\x24\x08\x00\x00WAVEfmt " + each * 3_000 for each in (b"\x00\xff\r\n", b"held sound"))
MADE = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """An open vault with the sample in it, and what tests look for."""

    vault: OpenVault
    framework: Framework
    board: Activity
    case: Case
    awkward: str
    judgement: str

    def order(self, **more: Any) -> Order:
        """Everything of it, to be taken out."""
        return Order(
            questions=self.vault.questions, files=self.vault.files, assessment=self.board.assessment,
            frameworks=[self.framework], made_at=MADE, app="FieldKit test", **more,
        )  # fmt: skip


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    """Made once; nothing writes to it afterwards."""
    with quick_keys():
        framework = Library().load("ics", "2023.1")
        told = read_sample(framework)
        clock = FixedClock(sample_start(told))
        vault = new_vault(tmp_path_factory.mktemp("sample") / "vault", clock, name="A. Lead", initials="AL")
        plan = plan_sample(vault, told, framework)
        write_points(vault, clock, told, plan, framework)
        write_afterwards(vault, clock, told, plan, framework)
        made = _more(vault, framework, plan.visit)
    # not within quick keys: they would stay for every test that this process runs until its end
    yield made
    vault.close()


def _more(vault: OpenVault, framework: Framework, visit: Any) -> Sample:
    def do(action: Any) -> Any:
        return vault.perform(action)[0]

    kinds = (ActivityKind.OBSERVATION, ActivityKind.INTERVIEW, ActivityKind.CASE_TRACK, ActivityKind.FOCUS_GROUP)
    board, held, track, silent = do(lambda uow: [plan_activity(uow, visit, kind, "=Board, | 🙂") for kind in kinds])
    tag = EvidenceItem.new(
        framework.id, framework.statements[1].id, framework.categories[0].id, Bearing.SHORTFALL, True
    )
    awkward = do(lambda uow: record_entry(uow, board, NewEntry(text=AWKWARD, speaker="ch", evidence=(tag,))))
    beside = [SecondaryTag.new(framework.id, "insight-sources", "staff-survey")]
    do(lambda uow: file_evidence(uow, awkward.id, secondary=beside))
    do(lambda uow: record_entry(uow, board, NewEntry(text=FORMULA, follow_up=True)))
    walled = do(lambda uow: record_entry(uow, board, NewEntry(text="zq-restricted-words")))
    do(lambda uow: restrict(uow, walled.id, NewRestriction()))
    gone = do(lambda uow: record_entry(uow, board, NewEntry(text="zq-withdrawn-words")))
    do(lambda uow: withdraw_entry(uow, gone.id, "Twice"))
    agreed = Answers(agreed=Agreed.GIVEN, how="spoken", attribution=Attribution.ROLE, role="Nurse", quoting=Quoting.YES)
    do(lambda uow: set_consent(uow, silent.id, agreed))
    do(lambda uow: record_entry(uow, silent, NewEntry(text="Nobody rang back", speaker=CODE)))
    less = Answers(agreed=Agreed.GIVEN, how="spoken", attribution=Attribution.NONE, quoting=Quoting.YES)
    do(lambda uow: set_consent(uow, silent.id, less))
    do(lambda uow: set_consent(uow, held.id, agreed))
    do(lambda uow: record_entry(uow, held, NewEntry(text=SECRET)))
    no = Consent(
        id=RecordId(new_id()), assessment=visit.assessment, about=RecordId(held.id), agreed=Agreed.WITHDRAWN, name=NAME
    )
    do(lambda uow: keep(uow, no))
    case = Case(id=RecordId(new_id()), assessment=visit.assessment, code="C77", need="stroke, +care", activity=track.id)
    do(lambda uow: keep(uow, case))
    for day, kind, said in ((2, TouchpointKind.REFERRAL, "letter 🙂 sent"), (30, TouchpointKind.CONTACT, "first seen")):
        event = Touchpoint(
            id=RecordId(new_id()), assessment=visit.assessment, case=case.id, when=When.on(date(2026, 9, day)),
            kind=kind, organisation="GP", happened=said,
        )  # fmt: skip
        do(lambda uow, event=event: keep(uow, event))
    do(lambda uow: record_entry(uow, track, NewEntry(text="She waited", about=case.id)))
    judged = Judged(pack=framework.id, subject=framework.statements[1].id)
    judgement = Judgement(
        id=RecordId(new_id()), assessment=visit.assessment, judged=judged, text="Learning 🙂 is slow", value=2,
        relied_on=(awkward.id,), against=(gone.id,),
    )  # fmt: skip
    do(lambda uow: keep(uow, judgement))
    taken = take_bytes(vault.files, LETTER, "letter.txt")
    about = Said(assessment=visit.assessment, about=RecordId(board.id), purpose="Shows | it")
    do(lambda uow: attach(uow, taken, about))
    photo = take_bytes(vault.files, PHOTO, "notice.PNG")
    about = Said(
        assessment=visit.assessment, about=RecordId(awkward.id), purpose="The notice 🙂, cafe\u0301\r\non the wall",
        people=People.NOBODY, taken_on=date(2026, 11, 12),
    )  # fmt: skip
    do(lambda uow: attach(uow, photo, about))
    for data, activity in ((SOUND, track), (HELD_SOUND, held)):
        sound = take_bytes(vault.files, data, "talk.wav")
        talk = Said(assessment=visit.assessment, about=RecordId(activity.id), purpose="What was said")
        do(lambda uow, sound=sound, talk=talk: attach(uow, sound, talk))
    return Sample(vault=vault, framework=framework, board=board, case=case, awkward=awkward.id, judgement=judgement.id)
