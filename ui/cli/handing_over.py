"""What ``fieldkit hand-over …`` does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.kernel.errors import Mistake, Refusal
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.handed_facts import account_facts, carried_facts, handed_facts, laptop_facts
from ui.cli.sending import calling, connecting
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from fieldkit.domain.hand_over_account import Account
    from storage.vault import OpenVault
    from sync.bundle.giving import Addressee
    from sync.bundle.stick import FromStick

BUNDLE, RECEIPT = ".fieldbundle", ".fieldreceipt"
CENTRE = "centre"


def write(desk: Desk) -> int:
    """A file for the central store or a team-mate."""
    from fieldkit import __version__
    from sync.bundle.giving import Giving
    from sync.bundle.naming import stem
    from sync.bundle.stick import give_back
    from ui.presenters.files.words import size_of
    from ui.presenters.wording import ui

    folder = _folder(desk.options.folder)
    with opened(desk, is_whole=True) as vault:
        to = addressee(vault, desk.options.to)
        limit = _limit(desk)
        giving = Giving(call=calling(vault), clock=desk.clock, app=__version__, limit=limit, asks=desk.options.request)
        me, _ = vault.perform(lambda uow: uow.identity)
        given = giving.write(to, folder, stem(folder, me.initials, desk.clock.now()))
        back = give_back(calling(vault), folder, to.public) if to.device else []
    facts = {
        "to": to.name, "bundle": given.handed.bundle, "records": given.handed.revisions, "files": given.handed.files,
        "parts": [str(part) for part in given.parts], "bytes": given.size, "asks": given.handed.asks,
        "receipts_given_back": [str(one) for one in back],
    }  # fmt: skip
    files = f" and {ui.count(given.handed.files, 'attached file')}" if given.handed.files else ""
    what = f"{ui.count(given.handed.revisions, 'record')}{files} for {to.name}, {size_of(given.size)}:"
    if given.handed.asks:
        what = f"{'Nothing to hand in. ' if not desk.options.request else ''}This asks {to.name} for the team’s work:"
    words = [
        what,
        *(f"  {part}" for part in given.parts),
        "Only they can open it. Nothing counts as sent before the central store’s receipt is here.",
    ]
    desk.terminal.show(facts, words)
    return faults.OK


def read(desk: Desk) -> int:
    """Take in what others wrote for this laptop, and receipts."""
    return _read(desk, (BUNDLE, RECEIPT))


def receipts(desk: Desk) -> int:
    """Take in receipts alone."""
    return _read(desk, (RECEIPT,))


def carry(desk: Desk) -> int:
    """Hand in somebody else's files over this laptop's line."""
    from sync.bundle.carrying import carry as hand_in
    from ui.presenters.wording import ui

    facts, words = [], []
    with opened(desk, is_whole=True) as vault:
        for path in paths_in(desk.options.places, (BUNDLE,)):
            done = hand_in(calling(vault), path, connecting(vault))
            receipts = [str(one) for one in done.receipts]
            facts.append({"file": str(path), "taken": done.taken, "spoilt": done.spoilt, "receipt_files": receipts})
            words.append(f"{path.name}: {ui.count(done.taken, 'receipt')} signed by the central store.")
            words += [f"  Give back: {one}" for one in receipts]
    desk.terminal.show(facts, words)
    return faults.OK if not any(one["spoilt"] for one in facts) else faults.FOUND


def show(desk: Desk) -> int:
    """Who can be handed something, and what was."""
    from ui.presenters.handing_over.words import carried_line, handed_line

    with opened(desk, is_whole=True) as vault:
        store = vault.sync_store.hand_over
        laptops, handed, centre = store.laptops(), store.handed(), store.centre()
        carried = store.carrying.files()
    facts = {
        "centre": centre.office if centre else None,
        "laptops": [laptop_facts(one) for one in laptops],
        "handed": [handed_facts(one) for one in handed],
        "carried": [carried_facts(one) for one in carried],
    }
    lines = [f"Central store: {centre.office}" if centre else "This laptop works on its own."]
    lines += [f"Team: {one.name} ({one.role or 'by card'}), laptop {one.device[-8:]}" for one in laptops]
    today = desk.clock.now().astimezone().date()
    lines += [handed_line(one, today) for one in handed]
    if carried:
        lines += ["Carried for others:", *(f"  {carried_line(one, today)}" for one in carried)]
    desk.terminal.show(facts, lines)
    return faults.OK


def give_back(desk: Desk) -> int:
    """The store's receipts for what was carried, onto a stick for whoever wrote it."""
    from sync.bundle.stick import give_back as put_back
    from ui.presenters.wording import ui

    folder = _folder(desk.options.folder)
    with opened(desk, is_whole=True) as vault:
        public = addressee(vault, desk.options.to).public if desk.options.to else None
        written = put_back(calling(vault), folder, public)
    words = [f"{ui.count(len(written), 'receipt file')} to give back.", *(f"  {one}" for one in written)]
    desk.terminal.show({"receipt_files": [str(one) for one in written]}, words)
    return faults.OK


def card(desk: Desk) -> int:
    """This laptop's card, to be given to a team-mate."""
    from fieldkit.domain.key_card import KeyCard
    from fieldkit.kernel.signing import fingerprint
    from fieldkit.reports.qr import encode, in_terminal
    from ui.cli.key_words import in_words

    with opened(desk, is_whole=True) as vault:
        text = vault.sync_store.hand_over.card()
    words = in_words(fingerprint(KeyCard.from_text(text).public))
    lines = [*(in_terminal(encode(text)) if desk.options.qr else ()), text, f"Its words: {words}"]
    desk.terminal.show({"card": text, "words": words}, lines)
    return faults.OK


def take_card(desk: Desk) -> int:
    """Know a team-mate's laptop by its card."""
    from fieldkit.domain.key_card import KeyCard
    from fieldkit.kernel.signing import fingerprint
    from ui.cli import choose
    from ui.cli.key_words import in_words

    given = desk.options.card
    text = Path(given).read_text(encoding="utf-8") if Path(given).is_file() else given
    found = KeyCard.from_text(text)
    words = in_words(fingerprint(found.public))
    if desk.options.words is None:
        lines = [f"The card of {found.name}. Its words: {words}", "Compare them with {0}, then say them with --words."]
        desk.terminal.show(
            {"name": found.name, "words": words, "kept": False}, [one.format(found.name) for one in lines]
        )
        return faults.OK
    if " ".join(desk.options.words.casefold().split()) != words:
        raise Refusal("handover.words_differ", name=found.name)
    with opened(desk, is_whole=True) as vault:
        places = frozenset(choose.assessment(vault.questions, name).id for name in desk.options.assessment)
        vault.sync_store.hand_over.keep_card(found, places)
    desk.terminal.show({"name": found.name, "words": words, "kept": True}, f"The laptop of {found.name} is known now.")
    return faults.OK


def addressee(vault: OpenVault, wanted: str) -> Addressee:
    """The central store, or a team-mate by name. Raises ``Mistake('handover.to' | 'handover.which')``."""
    from sync.bundle.giving import Addressee

    store = vault.sync_store.hand_over
    centre = store.centre()
    if wanted.casefold() == CENTRE:
        if centre is None:
            raise Refusal("send.not_enrolled")
        return Addressee(name=centre.office, public=centre.public)
    laptops = store.laptops()
    found = [one for one in laptops if wanted.casefold() in {one.name.casefold(), one.device, one.device[-8:]}]
    if not found:
        known = ", ".join([CENTRE, *dict.fromkeys(one.name for one in laptops)])
        raise Mistake("handover.to", field="to", wanted=wanted, known=known)
    if len(found) > 1:
        choices = ", ".join(one.device[-8:] for one in found)
        raise Mistake("handover.which", field="to", wanted=wanted, choices=choices)
    return Addressee(name=found[0].name, public=found[0].public, device=found[0].device)


def paths_in(places: Sequence[str], suffixes: tuple[str, ...]) -> list[Path]:
    """Files as they are named, and those of these kinds in folders.

    Raises ``Mistake('handover.no_place' | 'handover.no_files')``.
    """
    found: list[Path] = []
    for name in places:
        place = Path(name).expanduser()
        if place.is_dir():
            found += sorted(one for one in place.iterdir() if one.is_file() and one.suffix in suffixes)
        elif place.is_file():
            found.append(place)
        else:
            raise Mistake("handover.no_place", field="places", place=name)
    if not found:
        raise Mistake("handover.no_files", field="places")
    return list(dict.fromkeys(found))


def _read(desk: Desk, suffixes: tuple[str, ...]) -> int:
    from fieldkit.kernel.clock import from_stamp
    from sync.bundle.stick import read as take_in
    from ui.presenters.handing_over.words import lines, title

    paths = paths_in(desk.options.places, suffixes)
    with opened(desk, is_whole=True) as vault:
        found = take_in(calling(vault), desk.clock, paths)
    accounts = list(found.accounts)
    named = {Path(one).name for one in desk.options.places}
    others = [one for one in accounts if _is_others(one) and one.bundle not in named]
    accounts = [one for one in accounts if one not in others]
    if others:  # on a stick there is nearly always what oneself wrote for somebody else
        desk.terminal.remark(f"For somebody else, so left alone: {', '.join(one.bundle for one in others)}")
    today = desk.clock.now().astimezone().date()
    words = []
    for one in accounts:
        words.append(title(one, today, from_stamp(one.made_at) if one.made_at else None))
        words += [f"  {line}" for line in lines(one)]
    words += _told_of_carrying(found)
    answers = [str(one) for one in found.answers]
    facts = [account_facts(one) for one in accounts]
    facts += [
        {
            "bundle": one.bundle,
            "is_along": True,
            "parts": sorted(one.parts),
            "new": one.is_new,
            "over": one.is_over,
            "answers": answers,
        }
        for one in found.along
    ]
    desk.terminal.show(facts, words)
    return faults.OK if all(one.is_whole for one in accounts) else faults.FOUND


def _told_of_carrying(found: FromStick) -> list[str]:
    from ui.presenters.handing_over.words import ANSWERED, OVER, along_line
    from ui.presenters.wording import sentence

    going = sum(not one.is_over for one in found.along)
    words = [along_line(going)] if going else []
    if going < len(found.along):
        words.append(OVER)
    if found.unanswered is not None:
        words.append(f"No receipt could be written: {sentence(found.unanswered)}.")
    elif going:
        words.append(ANSWERED)
    return words


def _is_others(account: Account) -> bool:
    return [one.code for one in account.problems] == ["handover.not_for_you"]


def _folder(name: str) -> Path:
    folder = Path(name).expanduser().absolute()
    if not folder.is_dir():
        raise Mistake("cli.no_folder", field="folder", folder=str(folder))
    return folder


def _limit(desk: Desk) -> int:
    from sync.wire.bundles.writing import LARGEST_PART, SMALLEST_PART

    if desk.options.part_size is None:
        return LARGEST_PART
    limit = int(desk.options.part_size) * 10**6
    if limit < SMALLEST_PART:
        raise Mistake("handover.limit", field="part_size", least=-(-SMALLEST_PART // 10**6))
    return min(limit, LARGEST_PART)
