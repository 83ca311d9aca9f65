"""A consent is withdrawn while the log is open: each of its notes says so at once, and no longer once it is given."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from fieldkit.app.records import keep, revise
from fieldkit.domain.consent import Agreed, Consent
from fieldkit.kernel.ids import RecordId, new_id
from tests.gui.stage import Stage
from tests.support.vaults import quick_keys
from ui.presenters.page import Page
from ui.qt.theme import Appearance

_Key = Qt.Key


@pytest.fixture
def stage(look: Appearance, tmp_path: Path) -> Iterator[Stage]:
    """A log with two notes of one's own."""
    with quick_keys():
        made = Stage(tmp_path)
        made.set_up()
        made.finish_set_up()
        made.create_visit()
        made.open_log()
        made.note("People wait on the ward, they said #lc-")
        made.note("Nobody rang back")
        yield made
        made.close()


def _consent(stage: Stage) -> Consent:
    log = stage.bench.log
    assert log is not None
    activity = log.facts.activity
    return Consent(
        id=RecordId(new_id()), assessment=activity.assessment, about=RecordId(activity.id), agreed=Agreed.WITHDRAWN
    )


def _sentences(stage: Stage) -> list[str]:
    log = stage.bench.log
    assert log is not None
    return [log.reader.words(row).sentence for row in log.rows.rows]


def test_a_withdrawn_consent_is_said_of_every_note_in_log_list_and_search(stage: Stage) -> None:
    consent = _consent(stage)
    workspace = stage.bench.session.workspace
    workspace.perform(lambda uow: keep(uow, consent)).result()
    stage.until(lambda: all("Consent withdrawn. Held on this laptop" in said for said in _sentences(stage)))
    stage.bench.show_evidence("is:held")
    stage.until(lambda: stage.bench.evidence is not None and len(stage.bench.evidence.rows.rows) == 2)
    stage.bench.go(Page.HOME)
    stage.settle()
    workspace.perform(lambda uow: revise(uow, dataclasses.replace(consent, agreed=Agreed.GIVEN))).result()
    stage.until(lambda: not any("Held" in said or "Consent" in said for said in _sentences(stage)))
