"""The second wall: the database itself shows a role that owns nothing no row without a word, and no other team's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from central import admin, owners, walls
from central.core import open_core, standing
from central.database import Database, make_engine
from central.serve import start_in_thread
from central.settings import Settings
from central.wall_settings import WallSettings
from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Mistake, Trouble
from fieldkit.kernel.ids import new_id
from tests.central.kit import Laptop, Office
from tests.support.postgres import fresh_database

APP = "fieldkit_app"


@pytest.fixture
def walled(postgres: str, tables_template: str, tmp_path: Path) -> Iterator[Settings]:
    """Settings of a store whose database has two roles; no store is made yet."""
    with fresh_database(postgres, tables_template) as owner:
        app = sa.make_url(owner).set(username=APP).render_as_string(hide_password=False)
        yield owners.with_walls(Settings(folder=tmp_path / "central", port=0), app, owner)


@pytest.fixture
def office(walled: Settings, clock: FixedClock) -> Iterator[Office]:
    """A running store behind its walls."""
    made = admin.init(walled, "Northmoor office", clock)
    running = start_in_thread(walled, clock)
    try:
        yield Office(walled, running, made, clock)
    finally:
        running.stop()


@pytest.fixture
def teams(office: Office) -> tuple[Laptop, Laptop, str, str]:
    """Two people with a team of their own each, and something handed in by both; and the two assessments."""
    ada, eve, ours, theirs = office.laptop("Ada"), office.laptop("Eve"), new_id(), new_id()
    ada.write(ours, "for our team", kind="entry")
    eve.write(theirs, "for theirs", kind="entry")
    ada.push()
    eve.push()
    return ada, eve, ours, theirs


def past_the_application(settings: Settings, statement: str, asker: str | None = None) -> list[tuple[object, ...]]:
    """What the application's role in the database is answered by whoever got hold of its password."""
    engine = make_engine(settings.database_url, is_pooled=False)
    try:
        with engine.begin() as connection:
            if asker is not None:
                connection.execute(sa.text("SELECT set_config('fieldkit.asker', :asker, true)"), {"asker": asker})
            return [tuple(row) for row in connection.execute(sa.text(statement))]
    finally:
        engine.dispose()


def tables_of(settings: Settings) -> list[str]:
    found = past_the_application(
        settings, "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
    )
    return sorted(str(row[0]) for row in found)


def test_who_bypasses_the_application_gets_not_one_row_of_any_table(
    office: Office, teams: tuple[Laptop, Laptop, str, str]
) -> None:
    for table in tables_of(office.settings):
        if table not in walls.READ_ONLY | walls.OWNERS:
            assert past_the_application(office.settings, f'SELECT 1 FROM "{table}"') == [], table
    for table in walls.OWNERS:
        with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
            past_the_application(office.settings, f'SELECT 1 FROM "{table}"')
    assert past_the_application(office.settings, "SELECT epoch FROM standing") == []


def test_no_word_but_the_stores_own_opens_the_wall(office: Office, teams: tuple[Laptop, Laptop, str, str]) -> None:
    for asker in ("", "store", "x", "' OR true --", new_id()):
        assert past_the_application(office.settings, "SELECT seq FROM log", asker) == []
        assert past_the_application(office.settings, "SELECT seed FROM store", asker) == []
    assert len(past_the_application(office.settings, "SELECT seq FROM log", office.settings.walls.word)) == 2


def test_a_person_is_shown_their_own_teams_rows_and_no_others(
    office: Office, teams: tuple[Laptop, Laptop, str, str]
) -> None:
    ada, _, ours, _ = teams
    for table in ("log", "feed", "member"):
        found = past_the_application(office.settings, f"SELECT DISTINCT assessment::text FROM {table}", ada.user)
        assert found == [(ours,)], table
    assert past_the_application(office.settings, "SELECT seed FROM store", ada.user) == []
    assert past_the_application(office.settings, 'SELECT name FROM "user"', ada.user) == [("Ada",)]


FORBIDDEN = (
    "UPDATE log SET content = NULL",
    "DELETE FROM log",
    "TRUNCATE log",
    "UPDATE sheet SET data = ''",
    "DELETE FROM sheet",
    "DELETE FROM audit",
    "TRUNCATE audit",
    "DROP TABLE log",
    "ALTER TABLE log DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE log DISABLE TRIGGER ALL",
    "DELETE FROM fetched",
    "UPDATE wall SET digest = ''",
    "CREATE POLICY p ON log USING (true)",
)


def test_the_stores_role_adds_to_the_log_and_changes_nothing_of_it(office: Office) -> None:
    """INSERT only: what the triggers refuse the owner is not even allowed to this role."""
    for statement in FORBIDDEN:
        with pytest.raises(sa.exc.ProgrammingError, match=r"permission denied|must be owner"):
            past_the_application(office.settings, statement, office.settings.walls.word)


def test_the_triggers_refuse_the_owner_too(office: Office, teams: tuple[Laptop, Laptop, str, str]) -> None:
    with closing(Database(office.settings.walls.owner_url)) as database:
        for statement in ("DELETE FROM log", "TRUNCATE log", "UPDATE sheet SET data = ''", "DELETE FROM audit"):
            with pytest.raises(sa.exc.DBAPIError, match="only ever added to"), database.write() as connection:
                connection.exec_driver_sql(statement)


def test_what_was_said_in_one_transaction_is_not_known_in_the_next(office: Office) -> None:
    """A connection goes back to the pool, or to somebody else's by way of a pooler, with nothing on it."""
    settings = office.settings
    url = sa.make_url(settings.database_url).set(drivername="postgresql")
    with closing(Database(settings.database_url, 1, settings.walls.word)) as database:
        for _ in range(3):
            with database.read(new_id()) as connection:
                assert connection.execute(sa.text("SELECT count(*) FROM store")).scalar() == 0
            with database.read() as connection:
                assert connection.execute(sa.text("SELECT count(*) FROM store")).scalar() == 1
                driver = connection.connection.driver_connection
            with pytest.raises(ZeroDivisionError), database.write() as connection:
                _ = 1 / 0
            assert driver is not None
            assert driver.execute("SELECT count(*) FROM store").fetchone() == (0,)
            assert driver.execute("SELECT current_setting('fieldkit.asker', true)").fetchone() == ("",)
            driver.rollback()
    with psycopg.connect(url.render_as_string(hide_password=False)) as connection:
        assert connection.execute("SELECT count(*) FROM log").fetchone() == (0,)


def test_everything_the_store_does_goes_on_behind_its_walls(office: Office) -> None:
    ada, place = office.laptop("Ada"), new_id()
    notes = [ada.write(place, f"note {number}", kind="entry") for number in range(30)]
    pushed = ada.push()
    assert set(pushed.outcomes(notes)) == {"accepted"}
    ben = office.laptop("Ben", place)
    assert ben.pull({place: 0}).revisions == notes
    assert ada.push(*notes).sheets == pushed.sheets
    assert ben.missing(notes) == []
    assert ben.hello(cursors={place: 0}).json["news"] == {place: 30}
    assert admin.erase(office.settings, notes[0].envelope.id, "request of 12 November", office.clock) == 1
    assert ben.pull({place: 0}).revisions[0] == notes[0].sealed()
    eve = office.laptop("Eve")
    eve.push(eve.write(new_id()))
    assert eve.pull({place: 0}).revisions == []
    assert eve.missing([notes[1]]) == [0]
    assert ben.ask("GET", f"/v1/assessments/{place}/entries").status == 200
    assert eve.ask("GET", f"/v1/assessments/{place}/entries").status == 404
    assert admin.show(office.settings).revisions == 31
    with closing(open_core(owners.as_owner(office.settings))) as core, core.database.read() as connection:
        assert standing(connection).seq >= 31


def test_erasing_by_law_needs_the_owner(office: Office, teams: tuple[Laptop, Laptop, str, str]) -> None:
    ada, *_ = teams
    settings = replace(office.settings, walls=WallSettings(word=office.settings.walls.word))
    with pytest.raises(Trouble, match=r"central\.owner_needed"):
        admin.erase(settings, ada.held[0].envelope.id, "request")


def test_a_store_that_was_made_with_one_role_gets_its_walls_later(postgres: str, tmp_path: Path) -> None:
    with fresh_database(postgres) as owner:
        settings = Settings(folder=tmp_path / "central", port=0, database_url=owner)
        admin.init(settings, "Northmoor")
        assert not walls.stands(owner)
        app = sa.make_url(owner).set(username=APP).render_as_string(hide_password=False)
        with pytest.raises(Mistake, match=r"central\.wall_role"):
            owners.put_walls_up(settings, owner)
        made = owners.put_walls_up(settings, app)
        assert Settings.load(settings.folder) == made
        assert walls.stands(app)
        with closing(open_core(made)) as core:
            assert core.office == "Northmoor"
        again = owners.put_walls_up(made, app)
        assert again.walls == made.walls


def test_an_embedded_store_has_no_roles_to_put_a_wall_between(tmp_path: Path) -> None:
    settings = Settings(folder=tmp_path / "central")
    admin.init(settings, "Northmoor")
    with pytest.raises(Mistake, match=r"central\.wall_database"):
        owners.put_walls_up(settings, "sqlite:///x.db")


def test_every_table_that_tells_of_a_team_has_a_policy_for_persons_or_none_at_all(office: Office) -> None:
    """A table of a later migration is behind the store's word from the moment it is made."""
    rows = past_the_application(
        office.settings,
        "SELECT relname, relrowsecurity FROM pg_class WHERE relkind = 'r' AND relnamespace ="
        " current_schema()::regnamespace",
    )
    found = {str(table): bool(is_secured) for table, is_secured in rows}
    assert {table for table, is_secured in found.items() if not is_secured} == walls.READ_ONLY | walls.OWNERS
    assert walls.PERSONS.keys() <= found.keys()
