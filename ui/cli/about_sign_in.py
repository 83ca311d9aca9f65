"""``fieldkit central sign-in …``: the organisation's own sign-in."""

from __future__ import annotations

import argparse

from ui.cli import signing_in
from ui.cli.parser import Commands, add, group


def add_to(central: Commands) -> None:
    """Add the group."""
    group_ = group(
        central, "sign-in", "Let people join by your organisation’s own sign-in (OpenID Connect)",
        "fieldkit central sign-in show office",
    )  # fmt: skip
    _store(
        add(
            group_, "show", "Show the provider, who may come, and whose account is whose", signing_in.show,
            examples="fieldkit central sign-in show office",
        )
    )  # fmt: skip
    setting = _store(
        add(
            group_, "set", "Choose the provider", signing_in.set_provider,
            more="Register FieldKit there as a native program without a secret, with the redirect address\n"
            "http://127.0.0.1/signed-in (any port). One-time codes go on working.",
            examples="fieldkit central sign-in set office --issuer https://login.example.org --client-id fieldkit",
        )
    )  # fmt: skip
    setting.add_argument("--issuer", required=True, metavar="URL", help="as the provider writes it in its description")
    setting.add_argument("--client-id", required=True, metavar="ID", help="what the provider calls this program")
    setting.add_argument("--scope", default=None, metavar="WORDS", help="what to ask for; openid profile email")
    setting.add_argument(
        "--again-days", type=int, default=0, metavar="N", help="sign in again after N days to read; 0 never (default)"
    )
    _store(
        add(
            group_, "remove", "Back to one-time codes alone", signing_in.remove,
            examples="fieldkit central sign-in remove office",
        )
    )  # fmt: skip
    person = _store(
        add(
            group_, "person", "Say which account a person will come with, or untie them", signing_in.person,
            more="The first account with one of these claims is theirs for good. An e-mail address counts once the\n"
            "provider has checked it.",
            examples="""fieldkit central sign-in person office "A. Lead" --claim email=a.lead@example.org
            fieldkit central sign-in person office "A. Lead" --forget""",
        )
    )  # fmt: skip
    person.add_argument("name", metavar="NAME", help="must have been invited")
    person.add_argument("--claim", action="append", default=[], metavar="NAME=VALUE", help="may be repeated")
    person.add_argument("--forget", action="store_true", help="untie every account of theirs")
    allow = _store(
        add(
            group_, "allow", "Let everybody with a claim join without a code", signing_in.allow,
            examples="fieldkit central sign-in allow office groups=inspectors --assessment Northshire",
        )
    )  # fmt: skip
    allow.add_argument("claim", metavar="NAME=VALUE")
    allow.add_argument("--assessment", metavar="NAME", help="put on this team (name or id)")
    allow.add_argument("--role", default="inspector", metavar="ROLE", help="their part in it (default inspector)")
    disallow = _store(
        add(
            group_, "disallow", "Take such a rule back; whoever came by it stays", signing_in.disallow,
            examples="fieldkit central sign-in disallow office 1",
        )
    )  # fmt: skip
    disallow.add_argument("number", type=int, metavar="NUMBER", help="as show prints it")


def _store(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("store", metavar="DIR", help="the store’s folder")
    return parser
