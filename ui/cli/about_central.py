"""``fieldkit central …``: the office's side."""

from __future__ import annotations

import argparse

from ui.cli import about_laptops, about_law, about_running, about_sign_in, about_team, deciding, office
from ui.cli.about_bundles import add_to as add_bundles
from ui.cli.about_places import add_to as add_places
from ui.cli.about_team import ROLES, a_role
from ui.cli.parser import Commands, add, group

OFFICE_ROLES = ("speaking_up", "adviser")


def add_to(commands: Commands) -> None:
    """Add the group."""
    central = group(
        commands,
        "central",
        "The office’s central store: make, run, invite, look",
        "fieldkit central show office",
    )
    init = _store(
        add(
            central, "init", "Make a central store", office.init,
            more="SQLite in the folder by default; --database takes the address of a PostgreSQL database.",
            examples="""fieldkit central init office --office "Northshire team"
            fieldkit central init office --office "Northshire team" --database postgresql://fieldkit@db/fieldkit""",
        )
    )  # fmt: skip
    init.add_argument("--office", required=True, metavar="NAME")
    init.add_argument("--database", default="", metavar="URL", help="- reads it from FIELDKIT_DATABASE_URL")
    init.add_argument("--owner-database", default="", metavar="URL", help="as its owner reaches it: see wall")
    init.add_argument("--host", default="127.0.0.1", help="address to serve on (default 127.0.0.1)")
    init.add_argument("--port", type=int, default=None, help="port to serve on (default 8470)")
    serve = _store(
        add(
            central, "serve", "Run the store until Ctrl+C", office.serve,
            more="Speaks plain HTTP: put a TLS proxy before it on anything but this very machine.",
            examples="""fieldkit central serve office
            fieldkit central serve office --processes 4 --metrics-port 9470 --logs json""",
        )
    )  # fmt: skip
    about_running.serving(serve)
    _add_people(central)
    about_team.add_to(central)
    _add_policy(central)
    about_sign_in.add_to(central)
    _add_release(central)
    about_laptops.add_to(central)
    _add_looking(central)
    add_bundles(central)
    add_places(central)
    about_running.add_to(central)
    about_law.add_to(central)


def _add_people(central: Commands) -> None:
    invite = _store(
        add(
            central, "invite", "Make a one-time code for one laptop of a person", office.invite,
            examples="""fieldkit central invite office --name "A. Lead"
            fieldkit central invite office --name "B. Adviser" --assessment Northshire""",
        )
    )  # fmt: skip
    invite.add_argument("--name", required=True, metavar="NAME", help="who it is for")
    invite.add_argument(
        "--assessment", action="append", default=[], metavar="NAME", help="put on this team; may be repeated"
    )
    invite.add_argument(
        "--role", type=a_role, choices=ROLES, default="inspector", metavar="ROLE", help=", ".join(ROLES)
    )
    invite.add_argument("--address", metavar="URL", help="where laptops reach the store, for the QR code")
    invite.add_argument("--qr", action="store_true", help="show the invitation as a QR code too")
    invite.add_argument("--sheet", metavar="FILE", help="write the invitation as a page: .pdf, .html or .txt")
    join = _store(
        add(
            central, "join", "Put a person on the team of an assessment", office.join,
            more="What waited for it is let in.",
            examples='fieldkit central join office --name "B. Adviser" --assessment Northshire',
        )
    )  # fmt: skip
    join.add_argument("--name", required=True, metavar="NAME", help="who joins; must have been invited")
    join.add_argument("--assessment", required=True, metavar="NAME", help="name or id")
    join.add_argument("--role", type=a_role, choices=ROLES, default="inspector", metavar="ROLE", help=", ".join(ROLES))
    role = _store(
        add(
            central, "role", "Give a person a role in the whole office, or take it away", office.role,
            more="speaking_up: disclosures that were sealed to their key wait here for them, and for nobody else."
            " adviser: their laptop shows what is allotted to them.",
            examples="""fieldkit central role office "G. Guardian" speaking_up
            fieldkit central role office "G. Guardian" speaking_up --remove""",
        )
    )  # fmt: skip
    role.add_argument("name", metavar="NAME", help="who holds it; must have been invited")
    role.add_argument("role", choices=OFFICE_ROLES, metavar="ROLE", help="speaking_up or adviser")
    role.add_argument("--remove", action="store_true", help="take it away; a key to seal to is forgotten here")
    key = _store(
        add(
            central, "key", "Make a key by which a person of the office reads their own assessments, files too",
            office.key,
            more="It is shown once, and takes the place of the one they had. It opens what they are on the team of."
            " Which file was fetched with it and when is kept: see fetched.",
            examples="""fieldkit central key office "R. Reader"
            fieldkit central key office "R. Reader" --remove""",
        )
    )  # fmt: skip
    key.add_argument("name", metavar="NAME", help="whose it is; must have been invited")
    key.add_argument("--files", action="store_true", help="it also hands in files of attachments (any client of tus)")
    key.add_argument("--remove", action="store_true", help="end it")
    revoke = _store(
        add(
            central, "revoke", "End a laptop’s right to read; what it still holds can be handed in", office.revoke,
            examples="fieldkit central revoke office 3f5e7a9d",
        )
    )  # fmt: skip
    revoke.add_argument("device", metavar="DEVICE", help="its id, or the end of it as show prints it")


def _add_policy(central: Commands) -> None:
    policy = group(
        central, "policy", "What the office decides for all its laptops", "fieldkit central policy show office"
    )
    example = "fieldkit central policy show office"
    _store(add(policy, "show", "Show what is decided", deciding.show_policy, examples=example))
    parser = _store(
        add(
            policy, "set", "Decide something; laptops hear of it when they next connect", deciding.set_policy,
            more="What is not named stays. “own” leaves it to each person again.",
            examples="""fieldkit central policy set office --lock-minutes 10 --record-audio no
            fieldkit central policy set office --number "Duty lead=020 7946 0000" --due P1=15
            fieldkit central policy set office --purge-days own""",
        )
    )  # fmt: skip
    parser.add_argument("--record-audio", choices=("yes", "no", "own"), help="whether sound may be recorded")
    parser.add_argument("--lock-minutes", metavar="N", help="lock after so many minutes without a key, or own")
    parser.add_argument("--purge-days", metavar="N", help="erase so many days after all is confirmed, or own")
    parser.add_argument(
        "--keep-days", metavar="N", help="remove words and files of a closed visit so many days after it was handed in"
    )
    parser.add_argument(
        "--number", action="append", metavar="WHO=NUMBER", help="whom to ring about a risk, in place of those before"
    )
    parser.add_argument(
        "--due", action="append", metavar="P1=N", help="minutes within which a priority is answered; or own"
    )


def _add_release(central: Commands) -> None:
    parser = _store(
        add(
            central, "release", "Let in what waits for a person, by the numbers show prints", office.release,
            examples="fieldkit central release office 17 18",
        )
    )  # fmt: skip
    parser.add_argument("numbers", metavar="NUMBER", type=int, nargs="+")


def _add_looking(central: Commands) -> None:
    show = _store(
        add(
            central, "show", "Show what the store holds", office.show,
            examples="""fieldkit central show office
            fieldkit central show office --assessment Northshire""",
        )
    )  # fmt: skip
    show.add_argument("--assessment", metavar="NAME", help="list the notes of this one (name or id)")

    _store(
        add(
            central, "fetched", "Show which files people of the office fetched, and when", office.fetched,
            examples="fieldkit central fetched office",
        )
    )  # fmt: skip


def _store(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("store", metavar="DIR", help="the store’s folder")
    return parser
