"""``fieldkit central erase|hold|retention …``: what the law asks of a store, and ``fieldkit vault erasures``."""

from __future__ import annotations

import argparse

from ui.cli import lawful
from ui.cli.parser import Commands, add, group, with_vault


def add_to(central: Commands) -> None:
    """Add the commands of the office."""
    erase = _store(
        add(
            central, "erase", "Destroy the content of a record for ever, here and on every laptop", lawful.erase,
            more="Envelope, order and reason stay, and chains still verify. Every laptop reads the reason: put no"
            " personal data into it. Look first with --dry-run.",
            examples="""fieldkit central erase office 0199f6a2-7c1e-7000-8000-2f1d5c0a9b3e --reason x --by x --dry-run
            fieldkit central erase office 0199f6a2-7c1e-7000-8000-2f1d5c0a9b3e --reason "Request 12" --by "D. Po\"""",
        )
    )  # fmt: skip
    erase.add_argument("id", metavar="ID", help="of the record or any of its revisions")
    _ordered(erase)
    erase.add_argument("--only-this", action="store_true", help="this revision alone, not the whole record")
    erase.add_argument(
        "--off-disk",
        action="store_true",
        help="PostgreSQL: write the table anew, without the old bytes; nothing is taken in meanwhile",
    )
    erase.add_argument("--dry-run", action="store_true", help="only say what would go")
    _add_holds(central)
    _add_retention(central)


def add_to_vault(vault: Commands) -> None:
    """Add the command of the laptop."""
    parser = with_vault(
        add(
            vault, "erasures", "Show what the office has ordered to be destroyed here", lawful.erasures,
            more="Orders are obeyed by themselves; more than 50 at once wait until a person says that they are meant.",
            examples="""fieldkit vault erasures
            fieldkit vault erasures --comply""",
        )
    )  # fmt: skip
    parser.add_argument("--comply", action="store_true", help="they are meant: destroy what waits")


def _add_holds(central: Commands) -> None:
    hold = group(
        central, "hold", "Legal holds: what must not be erased whoever asks", "fieldkit central hold list office"
    )
    place = _store(
        add(
            hold, "place", "Place a hold on an assessment, or on one record of it", lawful.hold_place,
            examples='fieldkit central hold place office --assessment Northshire --reason "Inquiry" --by "D. Po"',
        )
    )  # fmt: skip
    place.add_argument("--assessment", required=True, metavar="NAME", help="name or id")
    place.add_argument("--record", default="", metavar="ID", help="this record of it alone")
    _ordered(place)
    lift = _store(
        add(
            hold, "lift", "Lift a hold; it stays on record", lawful.hold_lift,
            examples='fieldkit central hold lift office 0199f6a2-7c1e-7000-8000-2f1d5c0a9b3e --reason Over --by "D. P"',
        )
    )  # fmt: skip
    lift.add_argument("hold", metavar="ID", help="as list prints it")
    _ordered(lift)
    _store(add(hold, "list", "Show every hold", lawful.hold_list, examples="fieldkit central hold list office"))


def _add_retention(central: Commands) -> None:
    keep = group(central, "retention", "How long contents are kept", "fieldkit central retention show office")
    made = _store(
        add(
            keep, "set", "Make or change a class: months after closing", lawful.retention_set,
            examples="fieldkit central retention set office standard --months 84 --kind attachment=24",
        )
    )  # fmt: skip
    made.add_argument("name", metavar="CLASS")
    made.add_argument("--months", type=int, required=True, metavar="N")
    made.add_argument("--kind", action="append", default=[], metavar="KIND=N", help="months for one kind of record")
    use = _store(
        add(
            keep, "use", "Put an assessment into a class, and say when it was closed", lawful.retention_use,
            examples="""fieldkit central retention use office standard --assessment Northshire
            fieldkit central retention use office standard --assessment Northshire --closed 2026-11-30""",
        )
    )  # fmt: skip
    use.add_argument("name", metavar="CLASS")
    use.add_argument("--assessment", required=True, metavar="NAME", help="name or id")
    use.add_argument("--closed", metavar="DAY", help="YYYY-MM-DD")
    _store(
        add(
            keep, "show", "Show classes, assessments and what is due", lawful.retention_show,
            examples="fieldkit central retention show office",
        )
    )  # fmt: skip
    purge = _store(
        add(
            keep, "purge", "Destroy what is due and under no hold", lawful.retention_purge,
            more="Only says what would go, until --do. Laptops destroy the same once they hear of it.",
            examples="""fieldkit central retention purge office --reason "End of term" --by "R. Records"
            fieldkit central retention purge office --reason "End of term" --by "R. Records" --do""",
        )
    )  # fmt: skip
    _ordered(purge)
    purge.add_argument("--do", action="store_true", help="destroy it")


def _ordered(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why; without personal data")
    parser.add_argument("--by", required=True, metavar="NAME", help="who ordered it")


def _store(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("store", metavar="DIR", help="the store’s folder")
    return parser
