"""What ``fieldkit disclosure …`` does. Without the passphrase of the box it says nothing at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake, Trouble
from ui.cli import faults, passphrase
from ui.cli.desk import Desk
from ui.cli.vaults import folder_of, opened

if TYPE_CHECKING:
    from fieldkit.app.boxes import OpenBox
    from fieldkit.app.disclosures import Holder, Restricted
    from fieldkit.domain.disclosure import Disclosure
    from storage.vault import OpenVault

_FIELDS = ("text", "who", "contact", "about", "organisation", "wishes", "told")


@dataclass(slots=True, kw_only=True)
class _Opened:
    """The box while a command runs."""

    vault: OpenVault
    box: OpenBox
    restricted: Restricted

    def keep(self, restricted: Restricted) -> None:
        """Put it back with this in it."""
        from fieldkit.app.boxes import RESTRICTED, keep_box

        sealed = self.box.sealed(restricted.to_content())
        self.vault.perform(lambda uow: keep_box(uow, RESTRICTED, sealed))
        self.restricted = restricted


def set_up(desk: Desk) -> int:
    """Make the box."""
    from fieldkit.app.boxes import RESTRICTED, keep_box, keep_draft, kept_box
    from fieldkit.app.disclosures import Restricted
    from storage.boxes import StoredBoxes

    words = passphrase.fresh(desk, _passphrase_file(desk))
    with opened(desk) as vault:
        if kept_box(vault.questions, RESTRICTED) is not None:
            raise Mistake("disclosure.set_up")
        box = StoredBoxes(folder=folder_of(desk), clock=desk.clock).make(RESTRICTED, words)
        sealed, empty = box.sealed(Restricted().to_content()), box.hide("")

        def keep(uow: Any) -> None:
            keep_box(uow, RESTRICTED, sealed)
            keep_draft(uow, RESTRICTED, empty)

        vault.perform(keep)
        box.close()
    desk.terminal.show({"set_up": True}, "Set up. Nobody can reset this passphrase.")
    return faults.OK


def add_one(desk: Desk) -> int:
    """Keep a disclosure."""
    from fieldkit.app.disclosures import take
    from fieldkit.domain.disclosure import Identity
    from ui.cli import choose

    _passphrase_file(desk)
    given = _given(desk)
    with _open(desk) as box:
        assessment = choose.assessment(box.vault.questions, desk.options.assessment)
        values = {name: str(given.get(name, "")) for name in _FIELDS}
        known = {one.value: one for one in Identity}
        after, made = take(
            box.restricted, assessment.id, desk.clock.now(), identity=known.get(str(given.get("identity", ""))),
            taken_by=box.vault.questions.info().name, **values,
        )  # fmt: skip
        box.keep(after)
    if desk.options.file != "-":
        desk.terminal.remark(f"What was disclosed still stands in {desk.options.file}. Destroy that file")
    desk.terminal.show({"reference": made.reference}, f"Kept as {made.reference}.")
    return faults.OK


def list_all(desk: Desk) -> int:
    """References only: what was said is shown one at a time."""
    from ui.cli import words
    from ui.presenters.disclosures import words as said

    with _open(desk) as box:
        found = box.restricted.disclosures
    today = desk.clock.now().astimezone().date()
    rows = [(one.reference, said.title(one, today).partition(", taken ")[2], said.status(one)) for one in found]
    lines = words.columns(("Reference", "Taken", "Standing"), rows) if rows else "No disclosures in here."
    desk.terminal.show([_facts(one) for one in found], lines)
    return faults.OK


def show(desk: Desk) -> int:
    """One whole."""
    from ui.presenters.disclosures import words as said
    from ui.presenters.wording import ui

    with _open(desk) as box:
        one = box.restricted.disclosure(desk.options.reference)
    today = desk.clock.now().astimezone().date()
    lines = [said.title(one, today), said.IDENTITY[one.identity], "", one.text, ""]
    lines += [f"{label}: {text}" for label, text in said.facts(one)]
    for added in one.additions:
        lines += ["", f"Added {ui.day_and_clock(added.at, today)}", added.text]
    lines += ["", *(said.hand_over(made, today) for made in one.hand_overs)]
    desk.terminal.show(one.to_content(), lines)
    return faults.OK


def hand_over(desk: Desk) -> int:
    """Through the office, as a file, or noted only."""
    from fieldkit.app.disclosures import handed_over
    from fieldkit.domain.disclosure import HandOver
    from ui.presenters.disclosures import words as said

    options = desk.options
    with _open(desk) as box:
        one = box.restricted.disclosure(options.reference)
        how, reference = options.noted or "", options.their_reference
        if options.out:
            how = said.BY_FILE
            _save(box, one, _holder(box.restricted, options.to), Path(options.out).expanduser())
        elif options.now:
            how = said.BY_OFFICE
            reference = reference or _leave(box, one, _holder(box.restricted, options.to))
        made = HandOver(at=desk.clock.now(), to=options.to, how=how, reference=reference)
        box.keep(handed_over(box.restricted, one.reference, made))
    desk.terminal.show(made.to_content(), f"{one.reference} handed over to {options.to}, {how}.")
    return faults.OK


@contextmanager
def _open(desk: Desk) -> Iterator[_Opened]:
    from fieldkit.app.boxes import RESTRICTED, kept_box
    from fieldkit.app.disclosures import Restricted
    from storage.boxes import StoredBoxes

    words = passphrase.from_file(desk, _passphrase_file(desk))
    with opened(desk) as vault:
        kept = kept_box(vault.questions, RESTRICTED)
        if kept is None:
            raise Mistake("disclosure.not_set_up")
        box = StoredBoxes(folder=folder_of(desk), clock=desk.clock).open(RESTRICTED, kept, words)
        try:
            yield _Opened(vault=vault, box=box, restricted=Restricted.from_content(box.content))
        finally:
            box.close()


def _passphrase_file(desk: Desk) -> str:
    if not desk.options.box_passphrase_file:
        raise Mistake("disclosure.passphrase_needed")
    return str(desk.options.box_passphrase_file)


def _given(desk: Desk) -> dict[str, Any]:
    file = desk.options.file
    try:
        text = desk.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
        given = json.loads(text)
    except FileNotFoundError as error:
        raise Mistake("cli.file_missing", field="file", file=file) from error
    except OSError as error:
        raise Trouble("cli.file_unread", file=file) from error
    except (ValueError, RecursionError) as error:
        raise Mistake("disclosure.not_json", field="file") from error
    if not isinstance(given, dict):
        raise Mistake("disclosure.not_json", field="file")
    return given


def _holder(restricted: Restricted, name: str) -> Holder:
    wanted = name.strip().casefold()
    for one in restricted.holders:
        if one.name.casefold() == wanted:
            return one
    raise Mistake("disclosure.not_trusted", field="to")


def _save(box: _Opened, one: Disclosure, holder: Holder, path: Path) -> None:
    from fieldkit.app.disclosure_files import write_sealed
    from fieldkit.app.disclosures import pack

    writer = box.vault.perform(lambda uow: uow.identity)[0]
    try:
        with path.open("xb") as file:
            file.write(write_sealed(holder.public, pack(one, writer, holder.public)))
    except OSError as error:
        raise Trouble("disclosure.file_not_saved", file=path.name) from error


def _leave(box: _Opened, one: Disclosure, holder: Holder) -> str:
    from fieldkit.app.disclosures import pack
    from sync.mailbox import Mailbox
    from ui.cli.sending import calling, connecting

    writer = box.vault.perform(lambda uow: uow.identity)[0]
    receipt = Mailbox(calling(box.vault), connecting(box.vault)).leave(holder.public, pack(one, writer, holder.public))
    return f"receipt {receipt.digest[:32]}"


def _facts(one: Disclosure) -> dict[str, Any]:
    from fieldkit.kernel.clock import to_stamp

    return {
        "reference": one.reference, "taken_at": to_stamp(one.taken_at), "identity": one.identity.value,
        "handed_over_to": [made.to for made in one.hand_overs],
    }  # fmt: skip
