"""What became of hand-over files, in words; one voice for window and command line."""

from __future__ import annotations

from datetime import date, datetime

from fieldkit.app.handing_over import CarriedFile, HandedOver
from fieldkit.domain.hand_over_account import Account
from ui.presenters.files.words import size_of
from ui.presenters.wording import sentence, ui

WHOLE = "Everything in it was taken in"
ASKED = "They ask for the team’s work: write a file for them."
ASKED_OFFICE = "It asks for the team’s work, which is in the receipt file: give that back."
NOT_THERE = "not yet at the office"


def title(account: Account, today: date, made_at: datetime | None = None) -> str:
    """Which file this is: from whom and when, or its name where it could not be opened."""
    if not account.by:
        return account.bundle
    if account.is_carriers:
        return f"{account.by} carries your work"
    when = f", {ui.day_and_clock(made_at, today)}" if made_at is not None else ""
    what = "Receipts from" if account.is_receipt else "From"
    return f"{what} {account.by}{when}"


def lines(account: Account, *, is_office: bool = False) -> list[str]:
    """What was taken, what was not and why, and what to do; a sentence each."""
    if account.is_carriers:
        return [f"{ui.count(account.known, 'record')}, with the next sending of theirs. Not yet at the office."]
    found = [*_taken(account, is_office=is_office), *_left(account), *_missing(account)]
    found += [f"{sentence(problem)}." for problem in account.problems]
    if account.is_whole:
        found.append(f"{WHOLE}.")
    return found


def _taken(account: Account, *, is_office: bool) -> list[str]:
    found = []
    if account.asks:
        found.append(ASKED_OFFICE if is_office else ASKED)
    elif is_office:
        found.append(f"{ui.count(account.taken, 'receipt')} signed.")
    elif account.is_receipt:
        found.append(f"{ui.count(account.receipts, 'receipt')} from the central store kept.")
        if account.taken:
            found.append(f"{ui.count(account.taken, 'record')} of the team came with them.")
    elif account.taken or account.known:
        known = f", {account.known:,} {'was' if account.known == 1 else 'were'} here already" if account.known else ""
        found.append(f"{ui.count(account.taken, 'new record')}{known}.")
    if account.receipts and not account.is_receipt:
        found.append(f"{ui.count(account.receipts, 'receipt')} from the central store came with them.")
    if account.files:
        found.append(f"{ui.count(len(account.files), 'attached file')} whole: {ui.listed(sorted(account.files))}.")
    return found


def _left(account: Account) -> list[str]:
    found = []
    if account.foreign:
        found.append(
            f"{ui.count(account.foreign, 'record')} of assessments that are not yours on this laptop: left out."
        )
    if account.aside:
        found.append(
            f"{ui.count(account.aside, 'record')} did not prove to be what {_they(account.aside)}, so"
            f" {'it is' if account.aside == 1 else 'they are'} not shown. Take the file in again once the laptop that"
            " wrote them is known here."
        )
    if account.unreadable:
        found.append(f"{ui.count(account.unreadable, 'record')} could not be read and {_was(account.unreadable)} left.")
    if account.spoilt:
        found.append(
            f"{ui.count(account.spoilt, 'place')} in it {_was(account.spoilt)} damaged; what is whole was taken."
            " Ask for the file once more: taking it in again adds what is missing."
        )
    return found


def _missing(account: Account) -> list[str]:
    found = []
    for part in sorted(account.cut):
        found.append(f"Part {part} ends before its end: it was copied in half. Copy it again and take it in again.")
    if gone := account.missing:
        listed = ui.listed([str(number) for number in gone])
        found.append(f"{'Part' if len(gone) == 1 else 'Parts'} {listed} {_was(len(gone))} not here.")
    elif account.last is None and account.parts and not account.cut:
        found.append("The last part was not here.")
    for exhibit, missing in sorted(account.files_open.items()):
        found.append(f"{exhibit} is not whole yet: {size_of(missing)} missing. Take all parts in together.")
    return found


def _they(number: int) -> str:
    return "it says" if number == 1 else "they say"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"


def lines_of_meeting(name: str, gave: int, took: Account, sealed: int = 0, *, carries: bool = False) -> list[str]:
    """What two laptops gave each other, and what each carries to the office for the other."""
    if not name:
        return ["Nothing was given and nothing was taken."]
    found = [f"With {name}: {ui.count(gave, 'record')} given, {took.taken:,} taken."]
    if took.files:
        found.append(f"{ui.count(len(took.files), 'attached file')} whole: {ui.listed(sorted(took.files))}.")
    if sealed:
        found.append(f"{name} carries {ui.count(sealed, 'more record')} of yours that only the office can read.")
    if carries:
        found.append(along_line(1))
    if took.receipts:
        found.append(f"{ui.count(took.receipts, 'receipt')} from the central store came with them.")
    found += _left(took)
    found += [f"{sentence(problem)}." for problem in took.problems]
    return [*found, "Nothing of it counts as sent: that takes the central store’s receipt."]


def handed_line(one: HandedOver, today: date) -> str:
    """One hand-over: when, what, for whom, and what became of it as far as it is known here."""
    when = ui.day_and_clock(one.at, today)
    if one.asks:
        return f"{when}  Asked {one.to} for the team’s work"
    return f"{when}  {ui.count(one.revisions, 'record')} for {one.to}{fate(one, today)}"


def fate(one: HandedOver, today: date) -> str:
    """Where it is. Only receipts of the central store that are stored here say that it is at the office."""
    if one.is_there:
        at = f" {ui.day_and_clock(one.confirmed_at, today)}" if one.confirmed_at is not None else ""
        return f": at the office, confirmed{at}"
    if one.confirmed_at is not None:
        return f": part of it confirmed {ui.day_and_clock(one.confirmed_at, today)}, the rest {NOT_THERE}"
    if one.carriers:
        return f": carried by {ui.listed([who.name for who in one.carriers])}{_in_part(one)}, {NOT_THERE}"
    return f": {NOT_THERE}"


def _in_part(one: HandedOver) -> str:
    missing = [str(part) for part in range(1, one.parts + 1) if part not in one.carried]
    if not missing or not one.carried:
        return "" if one.carried else " in part"
    return f" but for {'part' if len(missing) == 1 else 'parts'} {ui.listed(missing)}"


def carried_line(one: CarriedFile, today: date) -> str:
    """One file that is carried for somebody else; whose it is only the office can read."""
    what = f"{ui.day_and_clock(one.at, today)}  A sealed file, {size_of(one.size)}"
    if one.refused:
        return f"{what}: the central store could not take it in. Tell whoever gave it to you"
    if one.handed_on_at is None:
        return f"{what}: goes to the central store with your next sending"
    back = "" if one.given_at is not None else "; its receipts are to be given back"
    return f"{what}: handed on {ui.day_and_clock(one.handed_on_at, today)}{back}"


def along_line(count: int) -> str:
    """What was taken along from a stick."""
    return (
        f"{ui.count(count, 'sealed file')} of others for the central store taken along: your next sending hands"
        f" {'it' if count == 1 else 'them'} on. Nobody here can read {'it' if count == 1 else 'them'}."
    )


ANSWERED = "A receipt that you carry it lies on the stick: give the stick back. It is no confirmation by the office."
OVER = "What you carried from this stick was handed on already. The office’s receipts lie on it: give it back."
