"""Files that are held because another record of them is, and records that point at each other without end."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial

from fieldkit.app.attachments import Said, attach, take_bytes
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.records import keep, revise
from fieldkit.domain.attachment import Attachment
from fieldkit.domain.consent import Agreed, Consent
from fieldkit.kernel.ids import RecordId, new_id
from storage.rebuilding import differences
from storage.vault import OpenVault
from tests.support.vaults import a_meeting, do

_MANY = 400


def _storm(vault: OpenVault, about: str) -> list[Attachment]:
    """Attachments each of which belongs to the next one and was made from the one before, round in a circle."""
    activity = a_meeting(vault)
    said = Said(assessment=activity.assessment, about=RecordId(activity.id), purpose="Shows it")
    first = vault.perform(lambda uow: attach(uow, take_bytes(vault.files, b"words", "a.txt"), said))[0]
    ids = [RecordId(new_id()) for _ in range(_MANY)]
    made = [
        replace(
            first, id=one, about=RecordId(about) if about and not place else ids[place - 1],
            derived_from=ids[(place + 1) % _MANY], exhibit=f"AL7K-{place + 2}", sha256=f"{place:064x}",
        )
        for place, one in enumerate(ids)
    ]  # fmt: skip

    def keep_all(uow: UnitOfWork) -> None:
        for one in made:
            keep(uow, one)

    vault.perform(keep_all)
    return made


def test_files_that_belong_to_each_other_in_a_circle_are_told_of_at_once(vault: OpenVault) -> None:
    made = _storm(vault, "")
    no = Consent(id=RecordId(new_id()), assessment=made[0].assessment, about=made[7].id, agreed=Agreed.REFUSED)
    vault.perform(partial(keep, value=no))
    began = time.process_time()
    rows = {row.row.record: row.row.barred for row in vault.questions.files(made[0].assessment)}
    assert [rows[one.id] for one in made] == [Agreed.REFUSED] * _MANY
    assert rows.keys() - {one.id for one in made}, "the one outside the circle is told of too"
    assert {why for record, why in rows.items() if record not in {one.id for one in made}} == {None}
    assert vault.sync_store.files_to_send() is not None
    assert time.process_time() - began < 2, "it took 0.11 s: no circle is gone round twice"
    assert differences(vault._db) == []


def test_what_a_file_is_called_by_now_does_not_take_it_out_of_a_consents_reach(vault: OpenVault) -> None:
    activity = a_meeting(vault)
    said = Said(assessment=activity.assessment, about=RecordId(activity.id), purpose="Shows it")
    held = vault.perform(lambda uow: attach(uow, take_bytes(vault.files, b"held", "a.txt"), said))[0]
    free = vault.perform(lambda uow: attach(uow, take_bytes(vault.files, b"free", "b.txt"), said))[0]
    elsewhere = replace(held, id=RecordId(new_id()), about=RecordId(new_id()), exhibit="AL7K-9")
    vault.perform(lambda uow: keep(uow, elsewhere))
    no = Consent(id=RecordId(new_id()), assessment=held.assessment, about=held.id, agreed=Agreed.WITHDRAWN)
    vault.perform(partial(keep, value=no))

    def barred() -> dict[str, Agreed | None]:
        return {row.record: row.barred for row in vault.questions.records(Attachment.KIND)}

    assert barred() == {held.id: Agreed.WITHDRAWN, elsewhere.id: Agreed.WITHDRAWN, free.id: None}
    vault.perform(lambda uow: revise(uow, replace(held, sha256=free.sha256, size=free.size)))
    assert barred() == dict.fromkeys((held.id, elsewhere.id, free.id), Agreed.WITHDRAWN)
    assert vault.questions.record(Attachment.KIND, elsewhere.id).barred is Agreed.WITHDRAWN, "asked for alone too"
    do(vault, lambda uow: revise(uow, replace(no, agreed=Agreed.GIVEN)))
    assert set(barred().values()) == {None}
