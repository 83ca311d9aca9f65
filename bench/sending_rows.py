"""How the figures of sending are printed: each with its limit row, its turns and its bytes."""

from __future__ import annotations

from bench.timing import Row, ms

Figures = dict[str, float]


def tables(found: Figures, notes: int, edits: int, rounds: int) -> tuple[str, list[Row]]:
    """Title and rows of the near table."""
    return (
        f"Sending {notes:,} notes (1 kB, 2 tags) on PostgreSQL, medians of {rounds} fresh stores",
        [
            _limit(found, "limit: zstd POST + COPY + commit", "limit push", _size(found["limit bytes"])),
            _ours(found, "push", "push", "limit push", 2.5),
            _limit(found, "limit: GET + bulk insert into plain SQLite", "limit pull"),
            _ours(found, "pull: verified, encrypted, durable", "pull", "limit pull", 1.8),
            _limit(found, "  first search after it, to reach 5 s", "first search"),
            _limit(found, f"limit: one POST of {edits} edits", "limit few"),
            _ours(found, f"push {edits} later tags", "few push", "limit few", 1.3),
            _ours(found, f"pull {edits} later tags", "few pull", "limit few", 1.3),
            _limit(found, "limit: one GET of nothing", "limit nothing"),
            _ours(found, "nothing to do", "nothing", "limit nothing", 2),
        ],
    )


def far_table(found: Figures, notes: int) -> tuple[str, list[Row]]:
    """Title and rows of the table with a long line."""
    return (
        "The same over a line of 200 ms there and back, once",
        [
            _limit(found, f"limit: one POST of {notes:,} notes", "limit push"),
            _ours(found, f"push {notes:,} notes", "push", "limit push", 1.5),
            _limit(found, "limit: one GET of nothing", "limit nothing"),
            _ours(found, "nothing to do", "nothing", "limit nothing", 2),
        ],
    )


def _limit(found: Figures, work: str, key: str, extra: str = "") -> Row:
    return Row(work=work, figure=ms(found[key]) + extra)


def _ours(found: Figures, work: str, key: str, limit: str, to_reach: float) -> Row:
    figure = f"{ms(found[key])}, {found[f'{key} turns']:.0f} turns{_size(found[f'{key} bytes'])}"
    return Row(work=work, figure=figure, ratio=found[key] / found[limit], to_reach=to_reach)


def _size(count: float) -> str:
    return f", {count / 1000:,.1f} kB"
