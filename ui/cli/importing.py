"""What ``fieldkit import …`` does: an export is proved whole, then taken into the vault."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from fieldkit.app.takeout.taking_in import Proved, TakenIn


def import_json(desk: Desk) -> int:
    """Prove, say whose keys the file alone vouches for, and keep; ``--check`` ends before keeping."""
    from fieldkit.app.takeout.taking_in import prove, take_in
    from storage.custody import Event
    from storage.vault import note_event

    path = Path(desk.options.file).expanduser()
    with opened(desk, is_whole=True) as vault:
        proved = prove(path, vault.questions, vault.sync_store)
        _say_keys(desk, proved)
        if desk.options.check:
            desk.terminal.show(_facts(proved, None), _proved_words(proved))
            return faults.OK
        taken = take_in(proved, vault.sync_store)
        vault.perform(lambda uow: note_event(uow, Event.IMPORTED, proved.head.assessment))
    desk.terminal.show(_facts(proved, taken), _taken_words(proved, taken))
    return faults.FOUND if taken.set_aside else faults.OK


def _say_keys(desk: Desk, proved: Proved) -> None:
    """Nothing else knows these keys yet: people compare them as words, as they do for every laptop."""
    from fieldkit.kernel.signing import fingerprint
    from ui.cli.key_words import in_words

    for one in proved.strangers:
        words = in_words(fingerprint(one.public))
        desk.terminal.remark(f"Only the file says that this is the key of laptop {one.device[-8:]}: {words}")


def _facts(proved: Proved, taken: TakenIn | None) -> dict[str, object]:
    facts: dict[str, object] = {
        "assessment": proved.head.assessment, "name": proved.head.name, "made_at": proved.head.made_at,
        "app": proved.head.app, "revisions": proved.revisions, "new": proved.fresh, "sealed": proved.sealed,
        "log": proved.digest.log, "words": proved.digest.words,
        "keys_of_the_file_alone": [one.device for one in proved.strangers],
    }  # fmt: skip
    if taken is not None:
        facts |= {
            "taken_in": taken.fresh, "set_aside": taken.set_aside, "files": taken.files,
            "files_known": taken.known_files, "files_missing": taken.files_missing, "new_device": proved.is_ahead,
        }  # fmt: skip
    return facts


def _proved_words(proved: Proved) -> list[str]:
    from ui.presenters.wording import ui

    return [
        f"‘{proved.head.name}’: {ui.count(proved.revisions, 'record')}, {proved.fresh:,} new here. Everything in it"
        " holds. Nothing was taken in.",
        *_sealed(proved),
    ]


def _taken_words(proved: Proved, taken: TakenIn) -> list[str]:
    from ui.presenters.wording import ui

    lines = [
        f"‘{proved.head.name}’: {ui.count(proved.revisions, 'record')} proved, {taken.fresh:,} taken in,"
        f" {proved.revisions - taken.fresh:,} known already."
    ]
    if taken.files or taken.known_files or taken.files_missing:
        lines.append(
            f"{ui.count(taken.files, 'file')} taken in, {taken.known_files:,} known already,"
            f" {taken.files_missing:,} did not come along."
        )
    if taken.set_aside:
        lines.append(f"{ui.count(taken.set_aside, 'record')} did not hold here and were set aside.")
    if proved.is_ahead:
        lines.append("It held later work of this laptop than the vault: this laptop goes on under a new device.")
    return [*lines, *_sealed(proved)]


def _sealed(proved: Proved) -> list[str]:
    from ui.presenters.wording import ui

    if not proved.sealed:
        return []
    return [f"{ui.count(proved.sealed, 'record')} came without words: held when the export was made, or never shared."]
