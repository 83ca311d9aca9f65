"""What ``fieldkit central team …`` and ``fieldkit central wall`` do."""

from __future__ import annotations

from dataclasses import asdict

from fieldkit.domain.roles import RIGHTS, TITLES, Right, title
from ui.cli import faults, office
from ui.cli.desk import Desk
from ui.cli.words import columns

_MAY = {
    Right.PUSH: "hands in", Right.PULL: "reads", Right.SEE_RESTRICTED: "sees what is restricted",
    Right.RELEASE: "lets in what waits", Right.MODERATE: "settles differences", Right.MANAGE_TEAM: "changes the team",
    Right.READ_AUDIT: "reads the audit",
}  # fmt: skip


def list_team(desk: Desk) -> int:
    """A team; without an assessment the table of roles."""
    from central.admin_team import team_of

    if desk.options.assessment is None:
        facts = {role.value: [right.value for right in Right if right in RIGHTS[role]] for role in RIGHTS}
        rows = [(role.value, TITLES[role], ", ".join(_MAY[r] for r in Right if r in RIGHTS[role])) for role in RIGHTS]
        desk.terminal.show(facts, columns(("Role", "Title", "May"), rows))
        return faults.OK
    settings = office.settings_of(desk)
    where = office.assessment_named(settings, desk.options.assessment)
    found = team_of(settings, where.id)
    rows = [(one.name, title(one.role), one.since[:10]) for one in found]
    desk.terminal.show([asdict(one) for one in found], columns(("Name", "Role", "Since"), rows))
    return faults.OK


def give_role(desk: Desk) -> int:
    """Another role for somebody who is on the team already."""
    from central.admin_team import add_member, team_of
    from fieldkit.kernel.errors import Mistake

    settings, options = office.settings_of(desk), desk.options
    where = office.assessment_named(settings, options.assessment)
    name = options.name.strip()
    if name not in {one.name for one in team_of(settings, where.id)}:
        raise Mistake("cli.not_found", what="member of the team", wanted=name)
    add_member(settings, name, where.id, options.role, desk.clock)
    facts = {"name": name, "assessment": where.id, "role": options.role}
    desk.terminal.show(facts, f"{name} is now {title(options.role)} on the team of {where.name or where.id}.")
    return faults.OK


def remove(desk: Desk) -> int:
    """Off the team."""
    from central.admin_team import remove_member

    settings, options = office.settings_of(desk), desk.options
    where = office.assessment_named(settings, options.assessment)
    remove_member(settings, options.name, where.id, desk.clock)
    words = f"{options.name.strip()} is off the team of {where.name or where.id}. What they handed in stays."
    desk.terminal.show({"name": options.name.strip(), "assessment": where.id}, words)
    return faults.OK


def wall(desk: Desk) -> int:
    """A role of the database that the store works under from its next start on."""
    from central.owners import put_walls_up

    settings, options = office.settings_of(desk), desk.options
    url = desk.environ.get(office.DATABASE_VARIABLE, "") if options.database == "-" else options.database
    made = put_walls_up(settings, url, options.owner_database)
    import sqlalchemy as sa

    role = sa.make_url(made.database_url).username or ""
    words = [
        f"The store works under the database role {role} from its next start on.",
        "That role adds to the log and changes nothing in it, and sees a row only where the store says who asks.",
        "Tables are made, and contents erased by law, as the owner: owner_url in central.toml. It may be taken out of",
        "the settings of a server that does neither.",
    ]
    desk.terminal.show({"role": role, "folder": str(made.folder)}, words)
    return faults.OK
