"""The database's shape: what is made new equals what migrations make, and later shapes are left alone."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from fieldkit.kernel.clock import FixedClock
from fieldkit.kernel.errors import Refusal
from storage import schema
from storage.engine import Database
from storage.tables import is_ours, metadata
from storage.vault import OpenVault, open_vault
from tests.support.vaults import PASSPHRASE, a_meeting, new_vault, note

_KEY = bytearray(b"x'" + b"0f" * 48 + b"'")


def _statements(db: Database) -> dict[str, str]:
    rows = db.rows("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'")
    return {name: re.sub(r"\s+", " ", sql).replace("( ", "(").replace(" )", ")").strip() for name, sql in rows}


def test_expected_revision_is_the_head_of_the_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == schema.EXPECTED_REVISION


def test_migrating_from_nothing_gives_what_a_new_vault_has(tmp_path: Path) -> None:
    made, migrated = Database(tmp_path / "made.db", _KEY), Database(tmp_path / "migrated.db", _KEY)
    with made.transaction():
        schema.create(made)
    schema.upgrade(migrated)
    assert _statements(migrated) == _statements(made)
    assert schema.version_of(migrated) == schema.EXPECTED_REVISION
    made.close()
    migrated.close()


def test_nothing_is_left_to_generate_against_head(vault: OpenVault) -> None:
    context = MigrationContext.configure(vault._db.connection, opts={"include_name": is_ours, "compare_type": True})
    with vault._db.transaction():
        difference = compare_metadata(context, metadata)
    assert difference == []


def test_every_table_is_strict(vault: OpenVault) -> None:
    rows = vault._db.rows("SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'")
    loose = {name for name, strict in rows if not strict and not name.startswith(("sqlite_", "entry_words"))}
    assert loose == {"alembic_version"}


def test_a_vault_opened_by_a_later_version_is_refused_and_left_alone(tmp_path: Path, clock: FixedClock) -> None:
    vault = new_vault(tmp_path / "vault", clock)
    vault._db.run("UPDATE alembic_version SET version_num = '9999'")
    vault.close()
    before = (tmp_path / "vault" / "vault.db").read_bytes()
    with pytest.raises(Refusal, match=r"vault\.later_version"):
        open_vault(tmp_path / "vault", PASSPHRASE, clock)
    assert (tmp_path / "vault" / "vault.db").read_bytes() == before


def _one_behind(vault: OpenVault) -> None:
    """As a vault from before the present head would be: the stand-in step adds a table."""
    vault._db.run("DROP TABLE said")
    vault._db.run("UPDATE alembic_version SET version_num = '0000'")


_STEP_0 = 'revision = "0000"\ndown_revision = None\ndef upgrade():\n    pass\n'
_STEP_1 = f"""
from alembic import op
revision = "{schema.EXPECTED_REVISION}"
down_revision = "0000"
def upgrade():
    op.execute("CREATE TABLE said (revision TEXT NOT NULL, outcome TEXT NOT NULL, code TEXT NOT NULL, "
               "PRIMARY KEY (revision)) STRICT")
"""
_NOW = f"{schema.EXPECTED_REVISION}_now.py"


def _older_steps(folder: Path, step: str) -> Path:
    steps = folder / "migrations"
    (steps / "versions").mkdir(parents=True)
    (steps / "env.py").write_bytes((schema.MIGRATIONS / "env.py").read_bytes())
    (steps / "versions" / "0000_before.py").write_text(_STEP_0)
    (steps / "versions" / _NOW).write_text(step)
    return steps


def test_an_older_vault_is_backed_up_and_brought_up_to_date(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = new_vault(tmp_path / "vault", clock)
    note(vault, a_meeting(vault), "from before")
    _one_behind(vault)
    vault.close()
    monkeypatch.setattr(schema, "MIGRATIONS", _older_steps(tmp_path, _STEP_1))
    again = open_vault(tmp_path / "vault", PASSPHRASE, clock)
    assert again._db.rows("SELECT * FROM said") == []
    assert schema.version_of(again._db) == schema.EXPECTED_REVISION
    assert again.verify() == []
    again.close()
    assert len(list((tmp_path / "vault" / "backups").glob(f"*-before-{schema.EXPECTED_REVISION}.db"))) == 1


def test_a_migration_that_cannot_finish_leaves_the_vault_as_it_was(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = new_vault(tmp_path / "vault", clock)
    _one_behind(vault)
    vault.close()
    broken = _STEP_1 + '    op.execute("DELETE FROM revisions")\n    raise OSError("power cut")\n'
    monkeypatch.setattr(schema, "MIGRATIONS", _older_steps(tmp_path, broken))
    with pytest.raises(OSError, match="power cut"):
        open_vault(tmp_path / "vault", PASSPHRASE, clock)
    (tmp_path / "migrations" / "versions" / _NOW).write_text(_STEP_1)
    again = open_vault(tmp_path / "vault", PASSPHRASE, clock)
    assert again.questions.info().revisions == 1
    again.close()


_OPENED = """
import sys
from pathlib import Path
from fieldkit.kernel.clock import SystemClock
from storage.vault import open_vault
from tests.support.vaults import PASSPHRASE, note, quick_keys
with quick_keys():
    vault = open_vault(Path(sys.argv[1]), PASSPHRASE, SystemClock())
note(vault, vault.questions.activity(sys.argv[2]), "Noted without it")
vault.close()
print(sorted({"alembic", "sqlalchemy", "pydantic"} & sys.modules.keys()))
"""


def test_opening_a_level_vault_and_noting_needs_no_sqlalchemy(vault: OpenVault) -> None:
    activity = a_meeting(vault)
    vault.close()
    asked = [sys.executable, "-c", _OPENED, str(vault.folder), activity.id]
    result = subprocess.run(asked, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert (result.stdout.strip(), result.stderr) == ("[]", "")
