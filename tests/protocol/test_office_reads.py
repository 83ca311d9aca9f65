"""What the office reads of its own store is what a laptop of the team would tell: the same core, byte for byte."""

from __future__ import annotations

import argparse
import io
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from central import admin
from central.audit import listed
from central.erasing import erase_record
from fieldkit.app.assessments import open_assessment, plan_activity, plan_visit
from fieldkit.app.coverage import coverage
from fieldkit.app.entries import NewEntry, record_entry, withdraw_entry
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.report_catalogue import REPORTS, About, ReportChoice
from fieldkit.app.restrictions import NewRestriction, restrict
from fieldkit.domain.assessment import Activity, ActivityKind, PackPin, SubjectKind
from fieldkit.domain.entry import Entry
from fieldkit.domain.evidence import EvidenceItem
from fieldkit.frameworks.library import Library
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Mistake, Refusal
from fieldkit.reports.pdf import to_pdf
from storage.vault import OpenVault
from tests.central.kit import Office
from tests.protocol.conftest import Team
from tests.support.laptop import Laptop
from tests.support.vaults import do
from ui.cli.desk import Desk, Terminal
from ui.cli.office_vault import office_vault

PACK = Library().load("ics", "2023.1")
TAKEN_BACK = "Said too much"
"""Withdrawn before it left the laptop, so that its words never did."""
AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
ONE_STORE = pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)


def _meeting(laptop: Laptop, name: str = "Northshire") -> Activity:
    def plan(uow: UnitOfWork) -> Activity:
        pin = PackPin(id=PACK.id, version=PACK.version, digest=PACK.digest)
        assessment = open_assessment(uow, name, SubjectKind.INTEGRATED_CARE_SYSTEM, [pin])
        visit = plan_visit(uow, assessment.id, "Visit 1")
        return plan_activity(uow, visit, ActivityKind.OBSERVATION, "Board")

    return laptop.vault.perform(plan)[0]


def _note(laptop: Laptop, meeting: Activity, text: str, place: int = 0) -> Entry:
    item = EvidenceItem.new(PACK.id, PACK.statements[place].id, PACK.categories[place % 6].id)
    entry: Entry = do(laptop.vault, lambda uow: record_entry(uow, meeting, NewEntry(text=text, evidence=(item,))))
    return entry


def _desk(office: Office, clock: FixedClock, *, who: str | None = None, assessment: str | None = None) -> Desk:
    options = argparse.Namespace(
        office_store=str(office.settings.folder), office_reader=who, assessment=assessment, called="report make",
        kind="coverage",
    )  # fmt: skip
    return Desk(
        options=options, terminal=Terminal(io.StringIO(), io.StringIO()), stdin=io.StringIO(), environ={}, clock=clock,
        ask_secret=lambda _: "",
    )  # fmt: skip


def _choice(vault: OpenVault, meeting: Activity) -> ReportChoice:
    assessment = vault.questions.assessment(meeting.assessment)
    return ReportChoice(
        assessment=assessment, framework=PACK, frameworks=(PACK,), visit=meeting.visit, day=AT.date(),
        activity=meeting.id, statement=PACK.statements[0].id,
    )  # fmt: skip


def _texts(vault: OpenVault) -> list[str]:
    from fieldkit.app.paging import every_note

    return sorted(row.entry.text for row in every_note(vault.questions))


def _two(team: Team) -> tuple[Laptop, Laptop, Activity]:
    ann = team("Ann Lead")
    meeting = _meeting(ann)
    ann.settle()
    ben = team("Ben Mate", meeting.assessment)
    ben.settle()
    for place in range(12):
        _note(ann, meeting, f"Ann saw point {place}", place)
        _note(ben, meeting, f"Ben saw point {place}", place + 2)
    gone = _note(ben, meeting, TAKEN_BACK)
    ben.vault.perform(lambda uow: withdraw_entry(uow, gone.id, "A slip"))
    for _ in range(3):
        ben.settle()
        ann.settle()
    return ann, ben, meeting


def test_every_report_of_the_office_is_the_laptops_byte_for_byte(office: Office, team: Team, clock: FixedClock) -> None:
    ann, _, meeting = _two(team)
    with office_vault(_desk(office, clock)) as vault:
        assert _texts(vault) == _texts(ann.vault)
        assessment = vault.questions.assessment(meeting.assessment)
        assert coverage(vault.questions, assessment, PACK) == coverage(ann.vault.questions, assessment, PACK)
        made = 0
        for kind in REPORTS:
            if kind.about in (About.CASE, About.ESCALATION) or kind.id in OF_THIS_LAPTOP:
                continue
            try:
                ours = to_pdf(kind.document(vault.questions, _choice(vault, meeting), AT))
            except Mistake:  # an observation is no interview
                with pytest.raises(Mistake):
                    kind.document(ann.vault.questions, _choice(ann.vault, meeting), AT)
                continue
            assert ours == to_pdf(kind.document(ann.vault.questions, _choice(ann.vault, meeting), AT)), kind.id
            made += 1
        assert made > 8
        folder = Path(vault.folder)
    assert not folder.parent.exists(), "nothing of it stays"


OF_THIS_LAPTOP = frozenset({"custody-log", "hand-in"})
"""What became of it on the way is told by who holds it: these name the vault itself."""


def test_what_is_restricted_stays_sealed_but_for_who_may_know(office: Office, team: Team, clock: FixedClock) -> None:
    ann, ben, meeting = _two(team)
    secret = _note(ann, meeting, "Named in confidence")
    ann.vault.perform(lambda uow: restrict(uow, secret.id, NewRestriction(people=("Ann Lead",))))
    ann.settle()
    ben.settle()
    with office_vault(_desk(office, clock)) as vault:
        assert "Named in confidence" not in _texts(vault)
    with office_vault(_desk(office, clock, who="Ben Mate")) as vault:
        assert _texts(vault) == [one for one in _texts(ben.vault) if one != TAKEN_BACK]
        assert "Named in confidence" not in _texts(vault)
    with office_vault(_desk(office, clock, who="Ann Lead")) as vault:
        assert _texts(vault) == _texts(ann.vault)
        assert "Named in confidence" in _texts(vault)
    lines = listed(office.settings)
    read, given = ([one for one in lines if one.act == act] for act in ("evidence.read_out", "restricted.given"))
    assert [one.actor.startswith("server") for one in (*read, given[-1])] == [True] * 4, "nobody proved to be Ann"
    ids = [one.details.get("as") for one in read]
    assert ids[0] is None
    assert None not in ids[1:]
    assert ids[1] != ids[2]
    assert (given[-1].details["as"], given[-1].details["count"]) == (ids[2], 1)


@ONE_STORE
def test_assessments_do_not_mix_and_a_stranger_reads_nothing(office: Office, team: Team, clock: FixedClock) -> None:
    _, _, meeting = _two(team)
    eve = team("Eve Other")
    elsewhere = _meeting(eve, "Southshire")
    _note(eve, elsewhere, "Of another place")
    eve.settle()
    with office_vault(_desk(office, clock, assessment="Southshire")) as vault:
        assert _texts(vault) == ["Of another place"]
        assert [row.assessment.id for row in vault.questions.assessments()] == [elsewhere.assessment]
    with pytest.raises(Mistake) as unclear, office_vault(_desk(office, clock)):
        pass
    assert unclear.value.code == "cli.which"
    with (
        pytest.raises(Refusal) as refused,
        office_vault(_desk(office, clock, who="Eve Other", assessment="Northshire")),
    ):
        pass
    assert refused.value.code == "central.not_found"
    with pytest.raises(Mistake) as unknown, office_vault(_desk(office, clock, who="Nobody", assessment="Northshire")):
        pass
    assert unknown.value.code == "central.person_unknown"
    assert meeting.assessment != elsewhere.assessment


@ONE_STORE
def test_what_was_erased_by_law_is_not_read_and_an_adviser_reads_on_their_laptop(
    office: Office, team: Team, clock: FixedClock
) -> None:
    ann, ben, meeting = _two(team)
    gone = _note(ann, meeting, "Erased by law")
    ann.settle()
    erase_record(office.settings, gone.id, "request of 12 November", "D. Officer", clock=clock)
    ann.settle()
    with office_vault(_desk(office, clock)) as vault:
        assert _texts(vault) == _texts(ann.vault)
        assert "Erased by law" not in _texts(vault)
        assert vault.verify() == []
    admin.set_role(office.settings, "Ben Mate", "adviser", clock=clock)
    with pytest.raises(Mistake) as refused, office_vault(_desk(office, clock, who="Ben Mate")):
        pass
    assert (refused.value.code, refused.value.details["name"]) == ("central.adviser_reads", "Ben Mate")
    assert ben.vault.verify() == []


@ONE_STORE
def test_what_a_laptop_lost_since_is_there_and_a_fault_leaves_nothing(
    office: Office, team: Team, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ann, ben, _ = _two(team)
    texts = _texts(ben.vault)
    for laptop in (ann, ben):
        laptop.close()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = sorted(tmp_path.iterdir())

    def stopped() -> None:
        with office_vault(_desk(office, clock)) as vault:
            assert _texts(vault) == [one for one in texts if one != TAKEN_BACK]
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert sorted(tmp_path.iterdir()) == before
