"""Row-level security in PostgreSQL: the second wall, for the day on which a query of ours forgets its first.

The store works under a role of the database that owns nothing, is no superuser and may not pass policies by. Each
transaction says who asks: one person (then rows of their teams can be seen, and no others), or the store itself, by a
word that is in its settings and nowhere in the database (its digest is, where only the owner reads it). Who connects
with that role and says nothing sees no row of any table. ``SET LOCAL`` alone is used, so nothing is left on a
connection that somebody else is given next.

The log, its sheets and the audit can be added to by that role and not changed; tables are made, and contents erased by
law, under the owner's.
"""

from __future__ import annotations

import hashlib
import re
from contextlib import closing

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from central.database import Database, make_engine
from fieldkit.domain.roles import Right, words_with
from fieldkit.kernel.errors import Mistake, Trouble

APPEND_ONLY = frozenset({"audit", "device_event", "device_wiped", "fetched", "intake_decision", "log", "sheet"})
"""Tables to which rows are added, and none of which is ever changed by who works for the store."""

READ_ONLY = frozenset({"alembic_version", "suits"})
OWNERS = frozenset({"wall"})
"""Not even to be looked at: the digest of the store's word."""

_TEAM = "assessment = ANY((SELECT fieldkit_teams())::uuid[])"
_ANYBODY = "(SELECT fieldkit_user()) IS NOT NULL"
PERSONS: dict[str, str] = {
    "log": _TEAM,
    "sheet": f"({_TEAM} OR \"user\" = (SELECT fieldkit_user()))",
    "parent": _TEAM,
    "feed": _TEAM,
    "file": _TEAM,
    "member": _TEAM,
    "restricted": _TEAM,
    "restriction": _TEAM,
    "tally": _TEAM,
    "user": 'id IN (SELECT member."user" FROM member)',
    "device": '"user" = (SELECT fieldkit_user()) OR EXISTS (SELECT 1 FROM feed WHERE feed.device = device.id)',
    "unproved": _ANYBODY,
    "proving": _ANYBODY,
}  # fmt: skip
"""What a person may see of a table, as SQL; of every table that is not named here, nothing."""


def put_up(connection: Connection, role: str, word: str) -> None:
    """Give ``role`` what the store needs of every table there is, and put each behind its policies. Idempotent.

    Run by the owner of the tables after every migration, so that no table is ever without.
    """
    name = _quoted(role)
    owner = str(connection.execute(sa.text("SELECT current_user")).scalar_one())
    for statement in _functions(owner.replace("'", "''").replace(":", r"\:")):
        connection.execute(sa.text(statement))
    connection.execute(sa.text("DELETE FROM wall"))
    connection.execute(sa.text("INSERT INTO wall (id, digest) VALUES (1, :digest)"), {"digest": _digest(word)})
    connection.execute(sa.text(f"GRANT USAGE ON SCHEMA {_schema(connection)} TO {name}"))
    connection.execute(sa.text(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {_schema(connection)} TO {name}"))
    for table in connection.execute(_TABLES).scalars():
        for statement in _statements(table, name):
            connection.execute(sa.text(statement))
    for view in connection.execute(_VIEWS).scalars():
        connection.execute(sa.text(f"GRANT SELECT ON {_quoted(view)} TO {name}"))


def _statements(table: str, role: str) -> list[str]:
    quoted = _quoted(table)
    revoke = f"REVOKE ALL ON {quoted} FROM PUBLIC, {role}"
    if table in OWNERS:
        return [revoke]
    if table in READ_ONLY:
        return [revoke, f"GRANT SELECT ON {quoted} TO {role}"]
    rights = "SELECT, INSERT" if table in APPEND_ONLY else "SELECT, INSERT, UPDATE, DELETE"
    store = "(SELECT fieldkit_is_store())"
    found = [
        revoke,
        f"GRANT {rights} ON {quoted} TO {role}",
        f"ALTER TABLE {quoted} ENABLE ROW LEVEL SECURITY",
        f"DROP POLICY IF EXISTS store_works ON {quoted}",
        f"CREATE POLICY store_works ON {quoted} USING ({store}) WITH CHECK ({store})",
        f"DROP POLICY IF EXISTS person_reads ON {quoted}",
    ]
    if table in PERSONS:
        found.append(f"CREATE POLICY person_reads ON {quoted} FOR SELECT USING ({PERSONS[table]})")
    return found


def _functions(owner: str) -> list[str]:
    """What policies ask. They run as the owner, whom no policy binds; ``fieldkit.asker`` is a word or a user's id.

    In PL/pgSQL, which keeps the plan of what it asks: PostgreSQL plans a function in SQL anew for every statement that
    asks it, and a push of a hundred notes, which asks twenty times, took 14 % longer instead of 2 %.
    """
    asker = "coalesce(current_setting('fieldkit.asker', true), '')"
    reads = ", ".join(f"'{word}'" for word in sorted(words_with(Right.PULL)))
    head = "STABLE SECURITY DEFINER PARALLEL SAFE LANGUAGE plpgsql SET search_path FROM CURRENT"
    uuid = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
    return [
        "CREATE TABLE IF NOT EXISTS wall (id integer PRIMARY KEY, digest bytea NOT NULL)",
        f"CREATE OR REPLACE FUNCTION fieldkit_is_store() RETURNS boolean {head} AS $$"
        f" BEGIN RETURN EXISTS (SELECT 1 FROM wall WHERE digest = sha256(convert_to({asker}, 'UTF8'))); END $$",
        f"CREATE OR REPLACE FUNCTION fieldkit_user() RETURNS uuid {head} AS $$"
        f" BEGIN RETURN (SELECT id FROM \"user\" WHERE id = CASE WHEN {asker} ~ '{uuid}' THEN {asker}::uuid END);"
        " END $$",
        f"CREATE OR REPLACE FUNCTION fieldkit_teams() RETURNS uuid[] {head} AS $$"
        " BEGIN RETURN (SELECT coalesce(array_agg(assessment), '{}') FROM member"
        f' WHERE "user" = fieldkit_user() AND role IN ({reads})); END $$',
        "CREATE OR REPLACE VIEW standing AS SELECT epoch, number, chain FROM store"
        " WHERE (SELECT fieldkit_is_store()) OR (SELECT fieldkit_user()) IS NOT NULL"
        f" OR pg_has_role(current_user, '{owner}', 'MEMBER')",
    ]


def assert_apart(owner_url: str, app_url: str) -> str:
    """The name of the role the store is to work under; makes it where it is missing and the owner may.

    Raises ``Mistake('central.wall_role')`` for one that policies do not bind, and ``Trouble('central.database')``.
    """
    app = sa.make_url(app_url)
    role = app.username or ""
    if not role or role == sa.make_url(owner_url).username:
        raise Mistake("central.wall_role", field="database", role=role or "none", reason="it is the owner's own")
    with closing(Database(owner_url)) as database, database.write() as connection:
        found = connection.execute(_ROLE, {"role": role}).first()
        if found is None:
            _make_role(connection, role, str(app.password or ""))
        elif found.rolsuper or found.rolbypassrls:
            raise Mistake("central.wall_role", field="database", role=role, reason="no policy binds it")
        elif connection.execute(_IS_OF, {"role": role}).scalar():
            raise Mistake("central.wall_role", field="database", role=role, reason="it can act as the owner")
    return role


def _make_role(connection: Connection, role: str, password: str) -> None:
    secret = f" PASSWORD '{password.replace(chr(39), chr(39) * 2)}'" if password else ""
    statement = f"CREATE ROLE {_quoted(role)} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS{secret}"
    try:
        connection.exec_driver_sql(statement.replace("%", "%%"))
    except sa.exc.ProgrammingError as error:
        raise Trouble("central.wall_missing", role=role) from error


def stands(url: str) -> bool:
    """Whether who connects by ``url`` and says nothing is shown nothing of the log: asked of the database itself."""
    engine = make_engine(url, is_pooled=False)
    try:
        with engine.connect() as connection:
            return bool(connection.execute(_STANDS).scalar())
    finally:
        engine.dispose()


def _digest(word: str) -> bytes:
    return hashlib.sha256(word.encode("utf-8")).digest()


def _quoted(name: str) -> str:
    """Raises ``ValueError`` for what is no name of a role or table."""
    if not re.fullmatch(r"[^\x00\"]{1,63}", name):
        raise ValueError("not a name")
    return '"' + name.replace(":", r"\:") + '"'


def _schema(connection: Connection) -> str:
    return _quoted(str(connection.execute(sa.text("SELECT current_schema()")).scalar_one()))


_TABLES = sa.text(
    "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') ORDER BY 1"
)
_VIEWS = sa.text("SELECT viewname FROM pg_views WHERE schemaname = current_schema() ORDER BY 1")
_ROLE = sa.text("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = :role")
_IS_OF = sa.text("SELECT pg_has_role(:role, current_user, 'MEMBER')")
_STANDS = sa.text("SELECT row_security_active('log') AND NOT has_table_privilege('log', 'UPDATE, DELETE, TRUNCATE')")
