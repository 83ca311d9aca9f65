"""An ``EntryFilter`` as SQL over the narrow table of entries."""

from __future__ import annotations

from fieldkit.app.rows import EntryFilter


def where(wanted: EntryFilter) -> tuple[str, list[object]]:
    """Conditions on ``e`` (a row of ``entries``) joined by AND, and their values; ``before`` is left to the caller."""
    plain = {
        "e.assessment = ?": wanted.assessment, "e.visit = ?": wanted.visit, "e.activity = ?": wanted.activity,
        "e.speaker = ?": wanted.speaker, "e.noticed_on = ?": wanted.on.isoformat() if wanted.on else None,
    }  # fmt: skip
    conditions = [condition for condition, value in plain.items() if value is not None]
    values: list[object] = [value for value in plain.values() if value is not None]
    if wanted.statement is not None and wanted.category is not None:
        conditions.append("e.n IN (SELECT n FROM tags WHERE statement = ? AND category = ?)")
        values += [wanted.statement, wanted.category]
    elif wanted.statement is not None:
        conditions.append("e.n IN (SELECT n FROM tags WHERE statement = ?)")
        values.append(wanted.statement)
    elif wanted.category is not None:
        conditions.append("(e.category = ? OR e.n IN (SELECT n FROM tags WHERE category = ?))")
        values += [wanted.category, wanted.category]
    if wanted.untagged:
        conditions.append("e.tagged = 0")
    if not wanted.with_withdrawn:
        conditions.append("e.withdrawn = 0")
    return " AND ".join(conditions) or "1", values
