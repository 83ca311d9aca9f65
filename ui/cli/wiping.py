"""What ``fieldkit vault wipe`` does: save the certificate, then erase."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.kernel.errors import Mistake, Refusal
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.vaults import folder_of, opened
from ui.presenters.wording import sentence

if TYPE_CHECKING:
    from fieldkit.app.laptop_word import EraseAsked
    from fieldkit.reports.wipe import Erased
    from storage.vault import OpenVault

WORD = "ERASE"
"""What has to be typed before a vault is erased."""


def wipe(desk: Desk) -> int:
    """Erase a vault that was handed in whole."""
    from fieldkit.app.wipe import check_place, check_saved, check_wipe, erased_facts, obstacles
    from fieldkit.reports.save import save
    from fieldkit.reports.wipe import compose
    from storage.erase import erase, is_cut_short
    from ui.cli.key_words import words_of

    folder = folder_of(desk)
    if is_cut_short(folder):
        return _finish(desk, folder)
    if not desk.options.look:
        check_place(_certificate(desk), folder)
    with opened(desk, is_whole=True) as vault:
        if desk.options.look:
            found = obstacles(vault.questions, vault.files.tapes, with_boxes=desk.options.boxes)
            return _look(desk, [(one.code, one.count) for one in found])
        asked = _asked(desk, vault)
        check_wipe(vault.questions, vault.files.tapes, with_boxes=desk.options.boxes)
        facts = erased_facts(vault.questions, words_of, desk.clock.now())
        if asked is None:
            _confirm(desk, f"{facts.handed_in.vault} at {folder} will be erased. This cannot be undone. Type {WORD}: ")
        file = _certificate(desk)
        with _only_if_erased(file):
            save(compose(facts), file)
            check_saved(file)
            proof = _sign(desk, vault, facts, file)
    erase(folder)
    total = sum(count for _, count in facts.kinds)
    told = {"vault": facts.handed_in.vault, "erased": True, "records": total, "log_digest": facts.log_digest,
            "certificate": str(file), "statement": str(proof.file), "office_knows": proof.is_told}  # fmt: skip
    words = [f"Vault erased: {total} records, all at {facts.handed_in.office}", f"Certificate: {file}"]
    if proof.is_told:
        words.append(f"{facts.handed_in.office} has checked and kept the signed statement: {proof.file}")
    else:
        words.append(f"Give your office the signed statement, it could not be told now: {proof.file}")
    desk.terminal.show(told, words)
    return faults.OK


@contextmanager
def _only_if_erased(certificate: Path) -> Iterator[None]:
    """A certificate of what is still here must not lie about: where the block does not end well its files go."""
    from ui.launch.statements import forget

    try:
        yield
    except BaseException:
        forget(certificate)
        raise


def _finish(desk: Desk, folder: Path) -> int:
    """Somebody broke off an erasing after it had begun: nothing can be opened any more, and what is left goes."""
    from storage.erase import erase

    if desk.options.look:
        said = "A vault was being erased here and something broke it off. Finish it: fieldkit vault wipe"
        desk.terminal.show({"in_the_way": [], "cut_short": True}, said)
        return faults.FOUND
    erase(folder)
    words = f"The erasing of the vault in {folder} had been broken off, and is finished now. Its certificate was saved."
    desk.terminal.show({"erased": True, "cut_short": True}, words)
    return faults.OK


@dataclass(frozen=True, slots=True, kw_only=True)
class _Proof:
    """Where the signed statement lies, and whether the office took it."""

    file: Path
    is_told: bool


def _sign(desk: Desk, vault: OpenVault, facts: Erased, certificate: Path) -> _Proof:
    """Sign the statement, keep it beside the certificate, and give it to the office where that answers.

    Raises ``Refusal('central.wiped')`` where the office holds another end of a chain: then nothing is erased.
    """
    from ui.cli.sending import connecting
    from ui.launch.statements import SUFFIX, give, sign

    identity, _ = vault.perform(lambda uow: uow.identity)
    enrolment = vault.questions.enrolment()
    file = certificate.with_suffix(SUFFIX)
    signed = sign(vault.questions, identity, facts)
    assert enrolment is not None  # or ``sign`` had refused
    trouble = give(signed, certificate, enrolment.url, identity, connecting(vault))
    if trouble is not None:
        desk.terminal.remark(sentence(trouble))
    return _Proof(file=file, is_told=trouble is None)


def _asked(desk: Desk, vault: OpenVault) -> EraseAsked | None:
    """What the office asked, where ``--asked`` says that this is why. Raises ``Refusal('wipe.not_asked')``."""
    from fieldkit.app.laptop import erase_asked

    if not desk.options.asked:
        return None
    found = erase_asked(vault.questions)
    if found is None:
        raise Refusal("wipe.not_asked")
    desk.terminal.remark(sentence("wipe.asked", by=found.by, reason=found.reason))
    return found


def _look(desk: Desk, found: list[tuple[str, int]]) -> int:
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
