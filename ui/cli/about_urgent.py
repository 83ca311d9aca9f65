"""``fieldkit hand-over urgent`` and ``fieldkit central urgent …``."""

from __future__ import annotations

from ui.cli import urgent
from ui.cli.parser import Commands, add, group, with_vault


def add_to_laptop(over: Commands) -> None:
    """Add the laptop's side to ``hand-over``."""
    parser = with_vault(
        add(
            over, "urgent", "An escalation as a QR code for any phone, and a check phrase for the telephone",
            urgent.show,
            more="Sealed to the office. When it is sent by itself later it is the same item.",
            examples="fieldkit hand-over urgent 3f5e7a9d",
        )
    )  # fmt: skip
    parser.add_argument("escalation", nargs="?", metavar="ESCALATION", help="its words or id, where there are several")


def add_to_office(central: Commands) -> None:
    """Add the office's side to ``central``."""
    item = group(
        central, "urgent", "Urgent items that came by a phone", "fieldkit central urgent list office"
    )  # fmt: skip
    parser = add(
        item, "take", "Take in the text of a scanned code", urgent.take,
        examples="fieldkit central urgent take office FKURGENT1.MFRGG…",
    )  # fmt: skip
    parser.add_argument("store", metavar="DIR", help="the store’s folder")
    parser.add_argument("text", metavar="TEXT", help="the text, a file with it, or - to read it from standard input")
    parser = add(
        item, "check", "Is the item with these words here? Write down what was told", urgent.check,
        more="Ends with 1 while it is not here. What was told is linked to the item by the words when it comes.",
        examples='fieldkit central urgent check office clubbing denote lazily aorta prance unsaid --told "Fall in 4"',
    )  # fmt: skip
    parser.add_argument("store", metavar="DIR", help="the store’s folder")
    parser.add_argument("words", nargs="+", metavar="WORD", help="the check phrase")
    parser.add_argument("--told", metavar="TEXT", help="what the caller said")
    parser.add_argument("--by", metavar="NAME", help="who took the call")
    parser = add(
        item, "list", "Calls that were written down, each with its item once it is here", urgent.list_calls,
        examples="fieldkit central urgent list office",
    )  # fmt: skip
    parser.add_argument("store", metavar="DIR", help="the store’s folder")
