"""What ``fieldkit demo`` does: the practice world, sent before a newcomer's eyes. All of it is real but the meeting."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk

if TYPE_CHECKING:
    from fieldkit.app.rows import EntryRow
    from storage.vault import OpenVault
    from sync.wire.reading import EntryItem, EntryList
    from ui.practice.world import World

_SHOWN = 4
"""Notes shown of each kind: enough to see the point, few enough to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What the demo shows: the lead's notes, and the office's before and after sending."""

    mine: tuple[EntryRow, ...]
    before: EntryList
    after: EntryList
    everything_is_there: bool

    @property
    def stayed(self) -> tuple[EntryRow, ...]:
        """Untagged notes: on the laptop only."""
        from fieldkit.app.rows import SendStatus

        return tuple(row for row in self.mine if row.status is SendStatus.STAYS and row.withdrawal is None)

    @property
    def arrived(self) -> list[EntryItem]:
        """Notes the office has now and had not before."""
        known = {one.id for one in self.before.entries}
        return [one for one in self.after.entries if one.id not in known]


def demo(desk: Desk) -> int:
    """Build, send, show."""
    from ui.practice.world import build, open_lead, start_office

    with ExitStack() as stack:
        folder = _folder(desk, stack)
        desk.terminal.say("Building the sample visit: two assessors, two encrypted vaults, one central store …")
        world = build(folder)
        running = start_office(world)
        stack.callback(running.stop)
        vault = open_lead(world, running.url, desk.clock)
        stack.callback(vault.close)
        seen = _send(vault, world)
        desk.terminal.show(_facts(seen, desk), _words(seen))
    if desk.options.folder:
        desk.terminal.say(_kept(desk.options.folder))
    return faults.OK if seen.everything_is_there else faults.TROUBLE


def _folder(desk: Desk, stack: ExitStack) -> Path:
    if desk.options.folder is None:
        return Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fieldkit-demo-"))) / "practice"
    folder = Path(desk.options.folder).expanduser().absolute()
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / "whole").exists())):
        raise Mistake("cli.folder_used", field="folder", folder=str(folder))
    return folder


def _send(vault: OpenVault, world: World) -> _Seen:
    from fieldkit.app.paging import every_note
    from ui.practice.world import send

    assessment = vault.questions.assessments()[0].assessment.id
    before = _office(world, assessment)
    send(vault)
    mine = tuple(row for row in every_note(vault.questions) if row.is_mine)
    standing = vault.questions.standing()
    return _Seen(
        mine=mine, before=before, after=_office(world, assessment), everything_is_there=standing.everything_is_there
    )


def _office(world: World, assessment: str) -> EntryList:
    from contextlib import closing

    from central.core import open_core
    from central.reading import entries
    from central.settings import Settings

    with closing(open_core(Settings.load(world.office))) as core:
        return entries(core, None, assessment)


def _words(seen: _Seen) -> list[str]:
    from ui.cli.office import note_lines
    from ui.presenters.wording import ui

    first = seen.mine[0].entry
    stayed, arrived = seen.stayed, seen.arrived
    return [
        "",
        f"An assessor spent {ui.day(first.noticed_at.date())} and the day after on site, not connected, and wrote "
        f"{ui.count(len(seen.mine), 'note')}.",
        f"The office had {ui.count(len(seen.before.entries), 'note')} of the team-mate. Now the laptop sends.",
        "",
        f"Arrived at the office: {ui.count(len(arrived), 'tagged note')}, each signed for. The first of them:",
        *(f"  {line}" for line in note_lines(arrived)[:_SHOWN]),
        "",
        f"Stayed on the laptop: {ui.count(len(stayed), 'untagged note')}. Their words never left it. The first:",
        *(f"  {ui.noticed(row.entry)}  {row.entry.text}" for row in stayed[:_SHOWN]),
        "",
        _proof(seen),
    ]


def _proof(seen: _Seen) -> str:
    from ui.presenters.wording import ui

    if not seen.everything_is_there:
        return "Not all of it is confirmed. This should not happen here: fieldkit vault verify says more."
    return (
        f"{ui.ALL_THERE}: every record has a verified receipt. Of the untagged notes the office holds "
        "the proof that they exist, so nobody can add or remove one later unseen."
    )


def _kept(folder: str) -> list[str]:
    from ui.practice.world import PASSPHRASE

    return [
        "",
        "Everything is kept. Look at it with:",
        f"  fieldkit central show {folder}/office --assessment Northshire",
        f"  FIELDKIT_PASSPHRASE='{PASSPHRASE}' fieldkit find winter --vault {folder}/vault",
        f"  FIELDKIT_PASSPHRASE='{PASSPHRASE}' fieldkit vault verify --vault {folder}/vault",
    ]


def _facts(seen: _Seen, desk: Desk) -> dict[str, Any]:
    return {
        "notes_written": len(seen.mine), "notes_arrived": [one.id for one in seen.arrived],
        "notes_stayed": [row.entry.id for row in seen.stayed], "notes_at_office_before": len(seen.before.entries),
        "notes_at_office": len(seen.after.entries), "proofs_at_office": seen.after.sealed,
        "everything_is_there": seen.everything_is_there, "folder": desk.options.folder,
    }  # fmt: skip
