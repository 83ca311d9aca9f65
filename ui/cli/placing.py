"""What ``fieldkit central files …`` does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.office import settings_of


def use(desk: Desk) -> int:
    """Choose a place."""
    from dataclasses import replace

    from central.file_office import choose
    from central.file_settings import FileSettings

    settings, options = settings_of(desk), desk.options
    chosen = FileSettings(place=options.place, endpoint=options.endpoint, region=options.region)
    if chosen.place:
        chosen = replace(chosen, key=settings.files.key, secret=settings.files.secret)
    choose(settings, chosen)
    facts = {"place": chosen.place or "folder", "endpoint": chosen.endpoint}
    words = [f"Files go to {facts['place']} from the next start of the store on."]
    if chosen.place:
        words.append(f"Move those that are here with: fieldkit central files move {options.store}")
    desk.terminal.show(facts, words)
    return faults.OK


def move(desk: Desk) -> int:
    """Move what lies in the folder."""
    from central.file_office import move as carry
    from ui.presenters.wording import ui

    settings = settings_of(desk)
    done = carry(settings, _progress(desk), desk.clock)
    words = [f"{ui.count(done.files, 'file')} moved to {settings.files.place}."]
    words += [f"Not moved, its content is not what its name says: {one}" for one in done.bad]
    desk.terminal.show(asdict(done), words)
    return faults.FOUND if done.bad else faults.OK


def move_back(desk: Desk) -> int:
    """Move what lies in the chosen place into the folder."""
    from central.file_office import move_back as carry
    from ui.presenters.wording import ui

    settings, keeps = settings_of(desk), desk.options.keep
    done = carry(settings, _progress(desk), keeps=keeps)
    words = [f"{ui.count(done.files, 'file')} {'copied' if keeps else 'moved'} from {settings.files.place}."]
    words += [f"Left there, its content is not what its name says: {one}" for one in done.bad]
    if not done.bad and not keeps:
        words.append(f"Keep new ones here too: fieldkit central files use {desk.options.store} folder")
    desk.terminal.show(asdict(done), words)
    return faults.FOUND if done.bad else faults.OK


def check(desk: Desk) -> int:
    """Compare every file with its hash."""
    from central.file_office import check as look
    from ui.presenters.wording import ui

    settings = settings_of(desk)
    found = look(settings, _progress(desk), quick=desk.options.quick, clock=desk.clock)
    what = "has its size" if desk.options.quick else "is what its hash says"
    sound = f"{ui.count(found.files, 'file')}: every one {what}."
    if not found.files:
        sound = "No file of an attachment has arrived here yet."
    words = [f"{ui.count(found.files, 'file')}, {len(found.bad)} not in order." if found.bad else sound]
    words += [f"{_WRONG[one.wrong]}: {one.sha256} of assessment {one.assessment}" for one in found.bad]
    if found.bad:
        words.append("Put them back from a backup, or ask whoever attached them: laptops keep what they sent.")
    if found.unlisted:
        words.append(f"{ui.count(len(found.unlisted), 'file')} more belong to no record. Nothing was deleted.")
    desk.terminal.show(asdict(found), words)
    return faults.FOUND if found.bad else faults.OK


_WRONG = {"missing": "Missing", "size": "Of another size", "content": "Changed"}


def _progress(desk: Desk) -> Callable[[int, int], None]:
    def told(done: int, total: int) -> None:
        if total and desk.terminal.err.isatty() and not desk.terminal.as_json:
            desk.terminal.err.write(f"\r{done:,} of {total:,} files" + ("\n" if done >= total else ""))
            desk.terminal.err.flush()

    return told
