"""``fieldkit central device …`` and ``fieldkit central intake …``."""

from __future__ import annotations

import argparse

from ui.cli import inbox, laptops
from ui.cli.parser import Commands, add, group


def add_to(central: Commands) -> None:
    """Add both groups to ``fieldkit central``."""
    _add_devices(central)
    _add_intake(central)


def _add_devices(central: Commands) -> None:
    device = group(
        central, "device", "Laptops: look, report a lost one, stop, renew, ask for a vault to be erased",
        "fieldkit central device list office",
    )  # fmt: skip
    _store(
        add(device, "list", "List the laptops", laptops.list_laptops, examples="fieldkit central device list office")
    )
    for name, what, run, is_deed in (
        (
            "show",
            "Show what is known of a laptop: what is here, what is only there, what it had read",
            laptops.show,
            False,
        ),
        ("lost", "Stop a lost laptop and say what it held that the office has not", laptops.lost, True),
    ):
        parser = _laptop(
            add(
                device, name, what, run,
                examples=f"""fieldkit central device {name} office 3f5e7a9d
                fieldkit central device {name} office 3f5e7a9d --report incident.pdf""",
            )
        )  # fmt: skip
        parser.add_argument("--report", metavar="FILE", help="write the page: .pdf, .html or .txt")
        if is_deed:
            _who(parser)
    revoke = add(
        device, "revoke", "End a laptop’s right to read; what it still sends waits in the inbox", laptops.revoke,
        examples="fieldkit central device revoke office 3f5e7a9d",
    )  # fmt: skip
    renew = add(
        device, "renew", "Renew a laptop that was away for longer than its certificate and the grace", laptops.renew,
        examples="fieldkit central device renew office 3f5e7a9d",
    )  # fmt: skip
    erase = add(
        device, "erase", "Ask for a laptop’s vault to be erased once all of it is handed in", laptops.erase,
        more="Its person is told who asks and why, and presses the button; nothing is erased from here.",
        examples="""fieldkit central device erase office 3f5e7a9d --reason "The visit is over, hand the laptop back"
        fieldkit central device erase office 3f5e7a9d --take-back""",
    )  # fmt: skip
    for parser in (revoke, renew, erase):
        _who(_laptop(parser))
    erase.add_argument("--take-back", action="store_true", help="ask no more")
    erased = _store(
        add(
            device, "erased", "Check the statement of an erased vault, and keep it", laptops.erased,
            examples="fieldkit central device erased office wiped.fieldwipe",
        )
    )  # fmt: skip
    erased.add_argument("file", metavar="FILE", help="the statement, as it was saved with the wipe certificate")


def _add_intake(central: Commands) -> None:
    intake = group(
        central, "intake", "The inbox: what the store keeps from the team until a person has decided",
        "fieldkit central intake list office",
    )  # fmt: skip
    listed = _store(add(intake, "list", "List it", inbox.list_inbox, examples="fieldkit central intake list office"))
    listed.add_argument("--all", action="store_true", help="those that were set aside too")
    show = _store(
        add(intake, "show", "Show one as it came", inbox.show, examples="fieldkit central intake show office 17")
    )
    show.add_argument("number", metavar="NUMBER", type=int)
    accept = add(
        intake, "accept", "Let some or all in for their team", inbox.accept,
        examples="""fieldkit central intake accept office 17 18
        fieldkit central intake accept office --of "B. Inspector" --by "A. Office\"""",
    )  # fmt: skip
    aside = add(
        intake, "set-aside", "Keep some or all from their team, with a reason that their author reads", inbox.set_aside,
        examples="""fieldkit central intake set-aside office 17 --reason "Written after the visit was over\"""",
    )  # fmt: skip
    for parser in (accept, aside):
        _which(_store(parser))
        _who(parser)


def _which(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("numbers", metavar="NUMBER", type=int, nargs="*", help="as list prints them")
    parser.add_argument("--all", action="store_true", help="everything that waits")
    parser.add_argument("--device", metavar="DEVICE", help="all from this laptop (its id or the end of it)")
    parser.add_argument("--of", dest="name", metavar="NAME", help="all from this person")
    parser.add_argument("--why", choices=tuple(inbox.WHY), help="all that wait for this reason")


def _who(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", default="", metavar="NAME", help="who decides (default: who runs this)")
    parser.add_argument("--reason", default="", metavar="WORDS", help="why; kept, and read by the laptop’s person")


def _laptop(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    _store(parser)
    parser.add_argument("device", metavar="DEVICE", help="its id, or the end of it as list prints it")
    return parser


def _store(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("store", metavar="DIR", help="the store’s folder")
    return parser
