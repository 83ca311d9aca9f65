"""What ``fieldkit vault …`` does."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.kernel.errors import Mistake
from ui.cli import faults, passphrase
from ui.cli.desk import Desk
from ui.cli.vaults import existing_folder, folder_of, opened

if TYPE_CHECKING:
    from storage.vault import OpenVault


def create(desk: Desk) -> int:
    """Create a vault and give its recovery key away this once."""
    from storage.vault import create_vault

    options, folder = desk.options, folder_of(desk)
    name, initials = _ask(desk, "Your name: ", options.name), _ask(desk, "Your initials: ", options.initials)
    _check_new(name, initials, options.sheet)
    chosen = passphrase.fresh(desk, options.passphrase_file)
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    vault = create_vault(folder, chosen, name=name, initials=initials, clock=desk.clock)
    with closing(vault):
        key = vault.new_recovery_key or ""
        made = vault.questions.info()
        facts: dict[str, object] = {"vault": made.vault, "folder": str(folder), "author": made.author}
        if options.sheet:
            _write_sheet(desk, vault, key, Path(options.sheet))
            facts["sheet"] = options.sheet
            words = [f"Vault created in {folder}.", *_sheet_words(options.sheet)]
        else:
            facts["recovery_key"] = key
            words = [f"Vault created in {folder}.", *_key_words(desk, key)]
        desk.terminal.show(facts, words)
    return faults.OK


def _ask(desk: Desk, prompt: str, given: str | None) -> str:
    """What was given on the command line, else what a person types; empty where nobody is there."""
    if given is None and desk.stdin.isatty():
        desk.terminal.err.write(prompt)
        desk.terminal.err.flush()
        given = desk.stdin.readline()
    return (given or "").strip()


def _check_new(name: str, initials: str, sheet: str | None) -> None:
    if not name:
        raise Mistake("setup.no_name", field="name")
    if not initials:
        raise Mistake("setup.no_initials", field="initials")
    if sheet is not None and not Path(sheet).absolute().parent.is_dir():
        raise Mistake("cli.no_folder", field="sheet", folder=str(Path(sheet).absolute().parent))


def _write_sheet(desk: Desk, vault: OpenVault, key: str, file: Path) -> None:
    from fieldkit.kernel.errors import Trouble
    from fieldkit.reports.recovery_sheet import RecoverySheet, compose
    from fieldkit.reports.save import save

    made = vault.questions.info()
    sheet = RecoverySheet(key=key, vault=made.vault, made_on=made.created_at.astimezone().date(), name=made.name)
    try:
        save(compose(sheet), file)
    except Trouble as error:
        # The vault exists by now and its key is known nowhere else: better seen on this screen than lost.
        desk.terminal.remark("\n".join(_key_words(desk, key)))
        raise Trouble("sheet.not_written", file=str(file)) from error


def _sheet_words(file: str) -> list[str]:
    return [
        f"The recovery sheet is {file}. It is not encrypted: print it, lock the page away, then delete the file.",
        "Without it nobody can open the vault when the passphrase is forgotten.",
    ]


def _key_words(desk: Desk, key: str) -> list[str]:
    groups = key.split("-")
    return [
        "", "Your recovery key, shown this once:", "",
        *("    " + desk.terminal.bold("  ".join(groups[n : n + 4])) for n in range(0, len(groups), 4)),
        "", "Write it down and lock it away, not with the laptop.",
        "Without it nobody can open the vault when the passphrase is forgotten.",
    ]  # fmt: skip


def info(desk: Desk) -> int:
    """Facts of the vault."""
    from fieldkit.kernel.clock import to_stamp
    from ui.presenters.wording import ui

    with opened(desk, is_whole=True) as vault:
        found, exposure = vault.questions.info(), vault.questions.exposure()
    facts = {
        "vault": found.vault, "folder": str(folder_of(desk)), "created_at": to_stamp(found.created_at),
        "store_version": found.store_version, "revisions": found.revisions, "notes": found.entries,
        "author": found.author, "name": found.name, "initials": found.initials, "device": found.device,
        "is_practice": found.is_practice, "office": found.office or None, "recovery_stored": found.recovery_stored,
        "unconfirmed_notes": exposure.entries,
    }  # fmt: skip
    words = [
        f"Vault       {found.vault}", f"Folder      {folder_of(desk)}",
        f"Of          {found.name} ({found.initials})",
        f"Created     {ui.day(found.created_at.astimezone().date())}",
        f"Holds       {ui.count(found.entries, 'note')}, {ui.count(found.revisions, 'record')} in the log",
        f"Office      {found.office or ui.STANDALONE}",
        ui.exposure(exposure, desk.clock.now().astimezone().date()),
    ]  # fmt: skip
    desk.terminal.show(facts, words)
    return faults.OK


def unlock_check(desk: Desk) -> int:
    """Open and close; the exit code says it all."""
    with opened(desk, is_whole=True):
        pass
    desk.terminal.show({"opens": True}, "The passphrase opens the vault.")
    return faults.OK


def verify(desk: Desk) -> int:
    """Every proof; 1 if anything is wrong. The digests of two vaults that hold the same are the same."""
    from fieldkit.app.takeout.digests import log_digests
    from ui.presenters.wording import ui

    with opened(desk, is_whole=True) as vault:
        found = vault.verify()
        revisions = vault.questions.info().revisions
        digests = [] if found else log_digests(vault.questions)  # of what does not hold they would say nothing
    facts = {
        "revisions": revisions, "is_whole": not found, "assessments": [asdict(one) for one in digests],
        "findings": [{"code": one.code, "sentence": one.sentence, "revision": one.revision} for one in found],
    }  # fmt: skip
    if found:
        words = [one.sentence + (f" ({one.revision})" if one.revision else "") for one in found]
        words.append(f"{ui.count(len(found), 'thing')} wrong in {ui.count(revisions, 'record')}.")
    else:
        words = [f"{ui.count(revisions, 'record')} checked. Everything holds."]
    for one in digests:
        words += [f"‘{one.name}’, {ui.count(one.revisions, 'record')}, {one.contents:,} with their words"]
        words += [f"  log   {one.log}", f"  words {one.words}"]
    desk.terminal.show(facts, words)
    return faults.FOUND if found else faults.OK


def rebuild(desk: Desk) -> int:
    """Projections from the log."""
    from ui.presenters.wording import ui

    with opened(desk, is_whole=True) as vault:
        vault.rebuild()
        revisions = vault.questions.info().revisions
    desk.terminal.show({"revisions": revisions}, f"Computed again from {ui.count(revisions, 'record')}.")
    return faults.OK


def backup(desk: Desk) -> int:
    """A dated copy beside the vault."""
    with opened(desk, is_whole=True) as vault:
        where = vault.backup()
    desk.terminal.show({"backup": where}, f"Backup made and proved: {where}")
    return faults.OK


def restore(desk: Desk) -> int:
    """Back to a backup; 1 if something of the vault before could not be read."""
    from storage.backup import newest
    from storage.restore import restore_vault
    from ui.presenters.wording import ui

    folder = folder_of(desk)
    file = Path(desk.options.file) if desk.options.file else newest(folder)
    if file is None:
        raise Mistake("cli.no_backup", field="file", folder=str(folder))
    restored = restore_vault(file, folder, passphrase.present(desk), desk.clock)
    with closing(restored.vault):
        facts = {
            "restored": str(file), "moved_to": str(restored.moved_to) if restored.moved_to else None,
            "saved": restored.saved, "unreadable": restored.unreadable,
        }  # fmt: skip
        words = [f"Restored {file}."]
        if restored.moved_to:
            words.append(f"{ui.count(restored.saved, 'record')} written after it were saved from the vault before.")
            words.append(f"The vault before is kept as it was: {restored.moved_to}")
        if restored.unreadable:
            words.append(f"{ui.count(restored.unreadable, 'record')} of it could not be read.")
        desk.terminal.show(facts, words)
    return faults.FOUND if restored.unreadable else faults.OK


def recover(desk: Desk) -> int:
    """In by the recovery key; the key stays the same."""
    from storage.vault import recover_vault

    folder = existing_folder(desk)
    key = passphrase.recovery_key(desk)
    fresh = passphrase.fresh(desk, desk.options.passphrase_file)
    recover_vault(folder, key, fresh, desk.clock).close()
    desk.terminal.show({"recovered": True}, "The new passphrase opens the vault. The recovery key stays the same.")
    return faults.OK


def change_passphrase(desk: Desk) -> int:
    """Seal the vault's key under another passphrase."""
    from storage.vault import open_vault

    folder = existing_folder(desk)
    old = passphrase.present(desk)
    with closing(open_vault(folder, old, desk.clock)) as vault:
        fresh = passphrase.fresh(desk, desk.options.new_passphrase_file, passphrase.NEW_VARIABLE)
        vault.change_passphrase(old, fresh)
    desk.terminal.show({"changed": True}, "The new passphrase opens the vault. The old one no longer does.")
    return faults.OK
