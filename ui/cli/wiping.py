"""What ``fieldkit vault wipe`` does: save the certificate, then erase."""

from __future__ import annotations

from pathlib import Path

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import folder_of, opened

WORD = "ERASE"
"""What has to be typed before a vault is erased."""


def wipe(desk: Desk) -> int:
    """Erase a vault that was handed in whole."""
    from fieldkit.app.wipe import check_place, check_saved, check_wipe, erased_facts, obstacles
    from fieldkit.reports.save import save
    from fieldkit.reports.wipe import compose
    from storage.erase import erase
    from ui.cli.key_words import words_of

    folder = folder_of(desk)
    if not desk.options.look:
        check_place(_certificate(desk), folder)
    with opened(desk, is_whole=True) as vault:
        if desk.options.look:
            found = obstacles(vault.questions, vault.files.tapes, with_boxes=desk.options.boxes)
            return _look(desk, [(one.code, one.count) for one in found])
        check_wipe(vault.questions, vault.files.tapes, with_boxes=desk.options.boxes)
        facts = erased_facts(vault.questions, words_of, desk.clock.now())
        _confirm(desk, f"{facts.handed_in.vault} at {folder} will be erased. This cannot be undone. Type {WORD}: ")
        file = _certificate(desk)
        save(compose(facts), file)
        check_saved(file)
    erase(folder)
    total = sum(count for _, count in facts.kinds)
    told = {"vault": facts.handed_in.vault, "erased": True, "records": total, "log_digest": facts.log_digest,
            "certificate": str(file)}  # fmt: skip
    desk.terminal.show(
        told, [f"Vault erased: {total} records, all at {facts.handed_in.office}", f"Certificate: {file}"]
    )
    return faults.OK


def _look(desk: Desk, found: list[tuple[str, int]]) -> int:
    from ui.presenters.wording import sentence

    lines = [sentence(code, count=count) for code, count in found]
    desk.terminal.show({"in_the_way": [code for code, _ in found]}, lines or ["Nothing stands in the way"])
    return faults.REFUSED if found else faults.OK


def _certificate(desk: Desk) -> Path:
    if not desk.options.certificate:
        raise Mistake("wipe.no_certificate", field="certificate")
    file = Path(desk.options.certificate).expanduser().absolute()
    if not file.parent.is_dir():
        raise Mistake("cli.no_folder", field="certificate", folder=str(file.parent))
    return file


def _confirm(desk: Desk, prompt: str) -> None:
    given = desk.options.confirm
    if given is None and desk.stdin.isatty():
        desk.terminal.err.write(prompt)
        desk.terminal.err.flush()
        given = desk.stdin.readline()
    if (given or "").strip() != WORD:
        raise Mistake("wipe.not_typed", field="confirm", word=WORD)
