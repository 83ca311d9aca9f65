"""What ``fieldkit send`` and ``fieldkit enrol`` do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from fieldkit.kernel.errors import Mistake, Refusal
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.send_progress import SendProgress
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from fieldkit.app.ports import SyncStore
    from fieldkit.app.rows import SendItem, SendPreview, Standing
    from storage.vault import OpenVault
    from sync.engine import RoundReport
    from sync.http import CentralStore

T = TypeVar("T")

MOST_ROUNDS = 50
"""A store that always has more to say must not keep a command for ever; what is left waits for the next time."""
_ITEMS = 100_000


def send(desk: Desk) -> int:
    """Rounds with the central store until nothing is left, then what became of each item."""
    with opened(desk, is_whole=True) as vault:
        if vault.questions.enrolment() is None:
            raise Refusal("send.not_enrolled")
        preview = vault.questions.send_preview()
        if desk.options.dry_run:
            return _preview(desk, preview)
        _check_folder(desk.options.certificate)
        desk.terminal.say(_leaving(preview))
        with_files = _with_files(desk, vault, preview)
        progress = SendProgress(desk, [task.size for task in vault.sync_store.files_to_send()])
        try:
            report = _rounds(vault, progress, with_files=with_files)
        finally:
            progress.end()
        standing, items = vault.questions.standing(), vault.questions.send_items(_ITEMS)
        _tell(desk, report, standing, items, _of_laptop(desk, vault))
        if desk.options.certificate:
            _write_certificate(desk, vault)
    return _code(desk, report, standing)


def _with_files(desk: Desk, vault: OpenVault, preview: SendPreview) -> bool:
    """Whether files go: on a metered connection as Settings say, or as this command was told."""
    from fieldkit.app.network_choices import ON, read_choices
    from ui.presenters.files.words import size_of
    from ui.presenters.wording import ui

    choices = read_choices(vault.questions)
    may_go = choices.metered != ON or choices.files == "always" or desk.options.files
    if desk.options.no_files or not may_go:
        if preview.files_leaving:
            how = "" if desk.options.no_files else ". To send them all the same: fieldkit send --files"
            files = ui.count(preview.files_leaving, "attached file")
            desk.terminal.say([f"{files} ({size_of(preview.bytes_leaving)}) not sent over this connection{how}."])
        return False
    return True


def _check_folder(file: str | None) -> None:
    if file is not None and not Path(file).absolute().parent.is_dir():
        raise Mistake("cli.no_folder", field="certificate", folder=str(Path(file).absolute().parent))


def _preview(desk: Desk, preview: SendPreview) -> int:
    from ui.cli import facts

    desk.terminal.show(facts.send_preview(preview), [*_leaving(preview), "Nothing was sent."])
    return faults.OK


def _leaving(preview: SendPreview) -> list[str]:
    from ui.presenters.wording import ui

    leave, stay = preview.entries_leaving, "stays" if preview.entries_staying == 1 else "stay"
    return [
        f"{ui.count(leave, 'note')} {'leaves' if leave == 1 else 'leave'} this laptop, "
        f"with {ui.count(preview.other_leaving, 'other record')} (visits, people, tags, additions).",
        f"{ui.staying_notes(preview.entries_staying, preview.entries_held)} {stay}; "
        "of them only the proof that they exist travels.",
        *([f"{ui.count(preview.files_leaving, 'attached file')} follow."] if preview.files_leaving else []),
    ]


def _rounds(vault: OpenVault, progress: SendProgress, *, with_files: bool) -> RoundReport:
    from fieldkit import __version__
    from sync.engine import Engine, RoundReport

    total = RoundReport()
    with closing(Engine(calling(vault), __version__, connecting(vault))) as engine:
        for _ in range(MOST_ROUNDS):
            done = engine.round(progress.words, filing=progress.file, with_files=with_files)
            total = replace(
                done, receipts=total.receipts + done.receipts, received=total.received + done.received,
                turns=total.turns + done.turns,
            )  # fmt: skip
            if not done.again:
                break
    return total


def connecting(vault: OpenVault) -> Callable[[str], CentralStore]:
    """The way to the store by what was chosen in Settings, Network."""
    from fieldkit.app.network_choices import read_choices
    from sync.http import CentralStore
    from sync.way import Way

    way = Way.of(read_choices(vault.questions))
    return lambda url: CentralStore(url, way=lambda: way)


def calling(vault: OpenVault) -> Callable[[Callable[[SyncStore], T]], T]:
    """The engine's way to the vault: here everything runs on one thread."""
    return lambda use: use(vault.sync_store)


def _of_laptop(desk: Desk, vault: OpenVault) -> list[str]:
    """What the office says of this laptop itself."""
    from ui.presenters.laptop_words import laptop_words

    return [f"{words}." for words in laptop_words(vault.questions, desk.clock.now())]


def _tell(
    desk: Desk, report: RoundReport, standing: Standing, items: Sequence[SendItem], of_laptop: Sequence[str]
) -> None:
    from ui.cli import facts
    from ui.presenters.wording import sentence, ui

    problem = report.problem
    words = [
        f"{ui.count(report.receipts, 'receipt')} received, {ui.count(report.received, 'record')} read from the team, "
        f"in {ui.count(report.turns, 'turn')}.",
        *_not_confirmed(items),
    ]
    if problem is not None:
        words.append(sentence(problem) + ".")
    words.append(f"{ui.ALL_THERE}." if standing.everything_is_there else _still_waiting(standing))
    words += of_laptop
    answer = {
        "receipts": report.receipts, "received": report.received, "turns": report.turns,
        "problem": {"code": problem.code, "detail": sentence(problem)} if problem else None,
        "standing": facts.standing(standing), "items": [facts.send_item(item) for item in items],
    }  # fmt: skip
    desk.terminal.show(answer, words)


def _not_confirmed(items: Sequence[SendItem]) -> list[str]:
    """One line for each item that is not simply confirmed; the rest is in the count of receipts."""
    from fieldkit.app.rows import SendStatus
    from ui.cli import choose
    from ui.presenters.wording import ui

    found = []
    for item in items:
        if item.status is not SendStatus.CONFIRMED:
            why = f". {_why(item)}" if item.status is SendStatus.QUARANTINED else ""
            found.append(f"  {item.kind} {choose.short(item.record)}: {ui.STATUS[item.status]}{why}")
    return found


def _why(item: SendItem) -> str:
    from ui.presenters.wording import sentence

    if item.decided_by:
        return sentence("quarantine.set_aside", by=item.decided_by, reason=item.decided_why)
    return sentence(f"quarantine.{item.code or 'collision'}")


def _still_waiting(standing: Standing) -> str:
    from ui.presenters.wording import ui

    waiting = max(standing.unreceipted, standing.contents_missing)
    if standing.files_missing:
        files = ui.count(standing.files_missing, "attached file")
        return f"{files} and {ui.count(waiting, 'record')} not confirmed yet. {ui.ALL_SAVED}."
    if waiting:
        return f"{ui.count(waiting, 'record')} not confirmed yet. {ui.ALL_SAVED}."
    return f"The central store has not yet agreed on all of it. {ui.ALL_SAVED}."


def _code(desk: Desk, report: RoundReport, standing: Standing) -> int:
    if report.problem is not None:
        return faults.exit_code(report.problem)
    if standing.quarantined:
        return faults.REFUSED
    return faults.OK if standing.everything_is_there else faults.TROUBLE


def _write_certificate(desk: Desk, vault: OpenVault) -> None:
    from fieldkit.app.hand_in import hand_in
    from fieldkit.reports.hand_in import compose
    from fieldkit.reports.save import save
    from ui.cli.key_words import words_of

    save(compose(hand_in(vault.questions, words_of, desk.clock.now())), Path(desk.options.certificate))
    desk.terminal.say(f"Certificate of hand-in: {desk.options.certificate}")


def enrol(desk: Desk) -> int:
    """Join an office, or more of its teams with a second code, and print both keys as words.

    Nothing is sent here, and until the first receipt another office may take this one's place: whoever finds that the
    words differ has lost nothing.
    """
    from fieldkit import __version__
    from sync.enrol import enrol as join
    from ui.cli.key_words import in_words

    with opened(desk, is_whole=True) as vault:
        identity, _ = vault.perform(lambda uow: uow.identity)
        if desk.options.sign_in:
            from ui.cli.signing_in import sign_in

            done = sign_in(desk, identity, calling(vault), connecting(vault))
        else:
            url, code = _invited(desk.options.url, desk.options.code)
            done = join(
                url, code, identity, calling(vault), clock=desk.clock, app=__version__, connect=connecting(vault)
            )
    answer = {
        "office": done.enrolment.office, "url": done.enrolment.url, "user": done.enrolment.user,
        "store_words": in_words(done.store_numbers), "laptop_words": in_words(done.laptop_numbers),
    }  # fmt: skip
    words = [
        f"Joined {done.enrolment.office}.",
        "Read these words to the person who gave you the code. If theirs differ, send nothing and tell IT:",
        "nothing was sent yet, and the right office can still take the place of this one.",
        f"  central store   {answer['store_words']}",
        f"  this laptop     {answer['laptop_words']}",
    ]
    desk.terminal.show(answer, words)
    return faults.OK


def _invited(url: str, code: str) -> tuple[str, str]:
    """Address and code, which may both stand in one text. Raises ``Mistake('send.code')`` for a text without a code."""
    from ui.presenters.enrolment_code import read_invitation

    if code:
        return url, code
    address, found = read_invitation(url)
    if not found:
        raise Mistake("send.code", field="code")
    return address or url, found
