"""``fieldkit hand-over …``: what travels on a stick, over a cable and in somebody's bag."""

from __future__ import annotations

from ui.cli import handing_over
from ui.cli.about_urgent import add_to_laptop
from ui.cli.parser import Commands, add, group, with_vault


def add_to(commands: Commands) -> None:
    """Add the group."""
    over = group(
        commands, "hand-over", "Hand over without a network: a stick, a cable, a team-mate’s bag",
        "fieldkit hand-over write /media/stick --to centre",
    )  # fmt: skip
    parser = with_vault(
        add(
            over, "write", "Write a file for the central store or a team-mate, sealed to them", handing_over.write,
            more="For the central store: what it has not confirmed. For a team-mate: what their team may read.\n"
            "With nothing to hand in it asks for your team’s work, which comes back with the receipt file.\n"
            "Nothing counts as sent by it. Large files are split for sticks (FAT32 takes 4 GB).",
            examples="""fieldkit hand-over write /media/stick
            fieldkit hand-over write /media/stick --to "B. Mason" --part-size 2000""",
        )
    )  # fmt: skip
    parser.add_argument("folder", metavar="FOLDER", help="the stick, or a folder on it")
    parser.add_argument("--to", default=handing_over.CENTRE, metavar="NAME", help="centre (default), or a team-mate")
    parser.add_argument("--request", action="store_true", help="hand nothing in, only ask for the team’s work")
    parser.add_argument("--part-size", type=int, metavar="MB", help="largest part in MB (default just under 4 GB)")
    for name, summary, run in (
        ("read", "Take in files that are for this laptop, and receipt files", handing_over.read),
        ("receipts", "Take in receipt files from the central store alone", handing_over.receipts),
    ):
        parser = with_vault(
            add(
                over, name, summary, run,
                more="Twice, in any order, with parts missing or half copied: what is whole is taken, once.\n"
                "A team-mate’s file for your central store is taken along: your next send hands it on. A receipt that\n"
                "you carry it lies beside it afterwards; it is no confirmation by the office.\n"
                "Ends with 1 where something was missing, damaged or not for this laptop.",
                examples=f"fieldkit hand-over {name} /media/stick",
            )
        )  # fmt: skip
        parser.add_argument("places", nargs="+", metavar="PLACE", help="files, or folders of them")
    parser = with_vault(
        add(
            over, "carry", "Hand in somebody else’s file for the central store over your own line", handing_over.carry,
            more="At once, where “read” takes it along with the next send. You cannot read it, and it is judged as\n"
            "theirs. Receipt files lie beside it: give them back.",
            examples="fieldkit hand-over carry AO_2026-11-22_1.fieldbundle",
        )
    )  # fmt: skip
    parser.add_argument("places", nargs="+", metavar="PLACE", help="files, or folders of them")
    parser = with_vault(
        add(
            over, "give-back", "Put the central store’s receipts for what you carried onto a stick",
            handing_over.give_back,
            more="They are sealed to whoever wrote the files. Over a cable (pair) they go back by themselves.",
            examples="fieldkit hand-over give-back /media/stick",
        )
    )  # fmt: skip
    parser.add_argument("folder", metavar="FOLDER", help="the stick, or a folder on it")
    parser.add_argument("--to", metavar="NAME", help="only those for this team-mate")
    _add_laptops(over)
    add_to_laptop(over)


def _add_laptops(over: Commands) -> None:
    """Who can be handed something, and the cards by which laptops know each other."""
    with_vault(
        add(
            over, "show", "Who can be handed something, and what was handed over", handing_over.show,
            examples="fieldkit hand-over show",
        )
    )  # fmt: skip
    parser = with_vault(
        add(
            over, "card", "This laptop’s card, for a team-mate who does not know it yet", handing_over.card,
            examples="fieldkit hand-over card --qr",
        )
    )  # fmt: skip
    parser.add_argument("--qr", action="store_true", help="show it as a QR code too")
    parser = with_vault(
        add(
            over, "take-card", "Know a team-mate’s laptop by its card", handing_over.take_card,
            more="Without --words it only says the card’s words: compare them with their owner first.",
            examples="""fieldkit hand-over take-card FKCARD1.kJ0…
            fieldkit hand-over take-card card.txt --words "abacus …" --assessment Northshire""",
        )
    )  # fmt: skip
    parser.add_argument("card", metavar="CARD", help="the card, or a file with it")
    parser.add_argument("--words", metavar="WORDS", help="its six words, as its owner read them to you")
    parser.add_argument(
        "--assessment", action="append", default=[], metavar="NAME", help="may be handed this; may be repeated"
    )
