"""What became of hand-over files, in words; one voice for window and command line."""

from __future__ import annotations

from datetime import date, datetime

from fieldkit.domain.hand_over_account import Account
from ui.presenters.files.words import size_of
from ui.presenters.wording import sentence, ui

WHOLE = "Everything in it was taken in"


def title(account: Account, today: date, made_at: datetime | None = None) -> str:
    """Which file this is: from whom and when, or its name where it could not be opened."""
    if not account.by:
        return account.bundle
    when = f", {ui.day_and_clock(made_at, today)}" if made_at is not None else ""
    what = "Receipts from" if account.is_receipt else "From"
    return f"{what} {account.by}{when}"


def lines(account: Account, *, is_office: bool = False) -> list[str]:
    """What was taken, what was not and why, and what to do; a sentence each."""
    found = [*_taken(account, is_office=is_office), *_left(account), *_missing(account)]
    found += [f"{sentence(problem)}." for problem in account.problems]
    if account.is_whole:
        found.append(f"{WHOLE}.")
    return found


def _taken(account: Account, *, is_office: bool) -> list[str]:
    found = []
    if is_office:
        found.append(f"{ui.count(account.taken, 'receipt')} signed.")
    elif account.is_receipt:
        found.append(f"{ui.count(account.receipts, 'receipt')} from the central store kept.")
        if account.taken:
            found.append(f"{ui.count(account.taken, 'record')} of the team came with them.")
    elif account.taken or account.known:
        known = f", {account.known:,} {'was' if account.known == 1 else 'were'} here already" if account.known else ""
        found.append(f"{ui.count(account.taken, 'new record')}{known}.")
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


def lines_of_meeting(name: str, gave: int, took: Account) -> list[str]:
    """What two laptops gave each other."""
    if not name:
        return ["Nothing was given and nothing was taken."]
    found = [f"With {name}: {ui.count(gave, 'record')} given, {took.taken:,} taken."]
    if took.files:
        found.append(f"{ui.count(len(took.files), 'attached file')} whole: {ui.listed(sorted(took.files))}.")
    found += _left(took)
    found += [f"{sentence(problem)}." for problem in took.problems]
    return [*found, "Nothing of it counts as sent: that takes the central store’s receipt."]
