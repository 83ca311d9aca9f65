"""Triggers that make ``log`` and ``sheet`` append-only, whoever asks.

One change is let through: the content and salt of a revision on the erasure list become NULL (erasure by law),
and nothing else of the row may change with them.
"""

from __future__ import annotations

_KEPT = (
    "seq", "sheet", "revision", "part", "outcome", "code", "assessment", "kind", "record", "device", "device_seq",
    "author", "received_at", "hash", "chain", "envelope", "signature",
)  # fmt: skip
_ALLOWED = (
    "NEW.content IS NULL AND NEW.salt IS NULL AND EXISTS (SELECT 1 FROM erasure WHERE revision = OLD.revision) AND "
)


def statements(dialect: str) -> list[str]:
    """The statements that install the triggers on ``sqlite`` or ``postgresql`` (and set how rows are kept)."""
    return _postgresql() if dialect == "postgresql" else _sqlite()


def _sqlite() -> list[str]:
    same = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in _KEPT)
    refuse = "BEGIN SELECT RAISE(ABORT, 'only ever added to'); END"
    return [
        f"CREATE TRIGGER log_update BEFORE UPDATE ON log WHEN NOT ({_ALLOWED}{same}) {refuse}",
        f"CREATE TRIGGER log_delete BEFORE DELETE ON log {refuse}",
        f"CREATE TRIGGER sheet_update BEFORE UPDATE ON sheet {refuse}",
        f"CREATE TRIGGER sheet_delete BEFORE DELETE ON sheet {refuse}",
    ]


def _postgresql() -> list[str]:
    same = " AND ".join(f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in _KEPT)
    refuse = "RAISE EXCEPTION 'only ever added to'"
    return [
        # A note with its envelope is about 2 kB, where PostgreSQL would start to compress: 30 µs a row, twice the rest.
        "ALTER TABLE log SET (toast_tuple_target = 8160)",
        "ALTER TABLE log ALTER content SET STORAGE EXTERNAL, ALTER envelope SET STORAGE EXTERNAL",
        f"CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refuse}; END $$",
        "CREATE FUNCTION allow_erasure() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {_ALLOWED}{same} THEN RETURN NEW; END IF; {refuse}; END $$",
        "CREATE TRIGGER log_update BEFORE UPDATE ON log FOR EACH ROW EXECUTE FUNCTION allow_erasure()",
        "CREATE TRIGGER log_delete BEFORE DELETE ON log FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        "CREATE TRIGGER log_truncate BEFORE TRUNCATE ON log EXECUTE FUNCTION refuse_change()",
        "CREATE TRIGGER sheet_change BEFORE UPDATE OR DELETE ON sheet FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        "CREATE TRIGGER sheet_truncate BEFORE TRUNCATE ON sheet EXECUTE FUNCTION refuse_change()",
    ]
