"""``fieldkit central team``, ``leave`` and ``wall``: who is on a team, and the database's two roles."""

from __future__ import annotations

import argparse

from fieldkit.domain.roles import Role
from ui.cli import teaming
from ui.cli.parser import Commands, add, group

ROLES = tuple(role.value for role in Role)


def a_role(word: str) -> str:
    """A role by its word, that of earlier versions too."""
    role = Role.of(word)
    return role.value if role is not None else word


def add_to(central: Commands) -> None:
    """Add the groups."""
    team = group(
        central, "team", "Who is on the team of an assessment, and with which role",
        'fieldkit central team list office --assessment Northshire',
    )  # fmt: skip
    example = "fieldkit central team list office --assessment Northshire"
    _team(add(team, "list", "List a team, or what each role may do", teaming.list_team, examples=example), must=False)
    role = _team(
        add(
            team, "role", "Give somebody on a team another role there", teaming.give_role,
            more="Who comes to know more reads the assessment again; who comes to know less is given nothing new.",
            examples='fieldkit central team role office --assessment Northshire --name "S. Lead" --role safeguarding',
        )
    )  # fmt: skip
    role.add_argument("--name", required=True, metavar="NAME", help="who is given it")
    role.add_argument("--role", required=True, type=a_role, choices=ROLES, metavar="ROLE", help=", ".join(ROLES))
    remove = _team(
        add(
            team, "remove", "Take somebody off a team; what they handed in stays", teaming.remove,
            more="Their laptops hide the assessment at once and wipe it when nothing of it is owed to the office.",
            examples='fieldkit central team remove office --assessment Northshire --name "B. Adviser"',
        )
    )  # fmt: skip
    remove.add_argument("--name", required=True, metavar="NAME", help="who leaves")
    wall = add(
        central, "wall", "Let the store work under a database role that cannot change what was kept", teaming.wall,
        more="PostgreSQL only. The role owns nothing and sees a row only where the store says who asks; tables are\n"
        "made and contents erased by law under the owner’s. Restart the servers afterwards.",
        examples="""fieldkit central wall office --database postgresql://fieldkit_app:secret@db/fieldkit
        fieldkit central wall office --database - --owner-database postgresql://owner@db/fieldkit""",
    )  # fmt: skip
    wall.add_argument("store", metavar="DIR", help="the store’s folder")
    wall.add_argument(
        "--database", required=True, metavar="URL", help="as the store is to reach it; - reads FIELDKIT_DATABASE_URL"
    )
    wall.add_argument(
        "--owner-database", default="", metavar="URL", help="as its owner does (default: as the store does now)"
    )


def _team(parser: argparse.ArgumentParser, *, must: bool = True) -> argparse.ArgumentParser:
    parser.add_argument("store", metavar="DIR", help="the store’s folder")
    parser.add_argument("--assessment", required=must, metavar="NAME", help="name or id")
    return parser
