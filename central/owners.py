"""What is done to a store's database as its owner: tables, walls, and erasure by law."""

from __future__ import annotations

import secrets
from contextlib import closing
from dataclasses import replace

import sqlalchemy as sa

from central import walls
from central.database import Database
from central.schema import bring_up_to_date
from central.settings import Settings
from central.wall_settings import WallSettings
from fieldkit.kernel.errors import Mistake, Trouble

_WORD_BYTES = 24


def as_owner(settings: Settings) -> Settings:
    """The same store by the role that owns its tables.

    Raises ``Trouble('central.owner_needed')`` where these settings do not say how to reach the database as the owner.
    """
    if not settings.walls.word:
        return settings
    if not settings.walls.owner_url:
        raise Trouble("central.owner_needed")
    return replace(settings, database_url=settings.walls.owner_url, walls=WallSettings())


def bring_tables_up_to_date(settings: Settings) -> None:
    """Make or migrate the tables, and put every one behind its wall where there are walls.

    Raises as ``as_owner`` and ``central.schema.bring_up_to_date`` do.
    """
    with closing(Database(as_owner(settings).url)) as database:
        bring_up_to_date(database)
        if settings.walls.word:
            role = sa.make_url(settings.database_url).username or ""
            with database.write() as connection:
                walls.put_up(connection, role, settings.walls.word)


def with_walls(settings: Settings, app_url: str, owner_url: str) -> Settings:
    """Settings by which the store works under a role of its own, which is made where it is missing; nothing is saved.

    Raises ``Mistake('central.wall_database' | 'central.wall_role')`` or ``Trouble('central.database')``.
    """
    if not _is_postgresql(app_url) or not _is_postgresql(owner_url):
        raise Mistake("central.wall_database", field="database")
    try:
        walls.assert_apart(owner_url, app_url)
    except sa.exc.OperationalError as error:
        raise Trouble("central.database") from error
    word = settings.walls.word or secrets.token_urlsafe(_WORD_BYTES)
    return replace(settings, database_url=app_url, walls=WallSettings(word=word, owner_url=owner_url))


def put_walls_up(settings: Settings, app_url: str, owner_url: str = "") -> Settings:
    """Give an existing store its second wall; running servers go on, and have it after their next start.

    ``owner_url`` empty = the database as the store reached it until now. Raises as ``with_walls`` does, and
    ``Trouble('central.wall_does_not_hold')`` where the database shows the new role what it should not.
    """
    owner = owner_url or settings.walls.owner_url or settings.database_url
    made = with_walls(settings, app_url, owner)
    try:
        bring_tables_up_to_date(made)
        if not walls.stands(app_url):
            raise Trouble("central.wall_does_not_hold")
    except sa.exc.OperationalError as error:
        raise Trouble("central.database") from error
    made.save()
    return made


def _is_postgresql(url: str) -> bool:
    return url.partition(":")[0].partition("+")[0] in {"postgres", "postgresql"}
