"""The first shape: log, state, projections and search index."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE certificates (
        device TEXT NOT NULL,
        data BLOB NOT NULL,
        signature BLOB NOT NULL,
        PRIMARY KEY (device)
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE cursors (
        assessment TEXT NOT NULL,
        epoch TEXT NOT NULL,
        seq INTEGER NOT NULL,
        PRIMARY KEY (assessment)
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE drafts (
        place TEXT NOT NULL,
        text TEXT NOT NULL,
        caret INTEGER NOT NULL,
        noticed_at TEXT,
        kept_at TEXT NOT NULL,
        extra TEXT NOT NULL,
        PRIMARY KEY (place)
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE enrolment (
        one INTEGER NOT NULL,
        office TEXT NOT NULL,
        url TEXT NOT NULL,
        user TEXT NOT NULL,
        store_key BLOB NOT NULL,
        recovery_key BLOB,
        enrolled_at TEXT NOT NULL,
        PRIMARY KEY (one)
    )
     STRICT
    """,
    """
    CREATE TABLE entries (
        n INTEGER NOT NULL,
        id TEXT NOT NULL,
        assessment TEXT NOT NULL,
        visit TEXT NOT NULL,
        activity TEXT NOT NULL,
        agenda_item TEXT,
        author TEXT NOT NULL,
        speaker TEXT,
        category TEXT,
        noticed_at TEXT NOT NULL,
        noticed_on TEXT NOT NULL,
        here INTEGER NOT NULL,
        tagged INTEGER NOT NULL,
        withdrawn INTEGER NOT NULL,
        sharing INTEGER NOT NULL,
        PRIMARY KEY (n)
    )
     STRICT
    """,
    """
    CREATE INDEX entries_activity ON entries (activity, n, agenda_item, sharing, noticed_at)
    """,
    """
    CREATE TABLE facts (
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (name)
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE later (
        n INTEGER NOT NULL,
        why TEXT NOT NULL,
        PRIMARY KEY (n)
    )
     STRICT
    """,
    """
    CREATE TABLE offered (
        n INTEGER NOT NULL,
        PRIMARY KEY (n)
    )
     STRICT
    """,
    """
    CREATE TABLE outbox (
        place INTEGER NOT NULL,
        wants INTEGER NOT NULL,
        PRIMARY KEY (place)
    )
     STRICT
    """,
    """
    CREATE TABLE own_devices (
        incarnation INTEGER NOT NULL,
        device TEXT NOT NULL,
        seed BLOB NOT NULL,
        started_at TEXT NOT NULL,
        seq INTEGER NOT NULL,
        hash TEXT NOT NULL,
        PRIMARY KEY (incarnation),
        UNIQUE (device)
    )
     STRICT
    """,
    """
    CREATE TABLE pointers (
        entry TEXT NOT NULL,
        n INTEGER NOT NULL,
        kind TEXT NOT NULL,
        PRIMARY KEY (entry, n)
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE receipts (
        revision TEXT NOT NULL,
        epoch TEXT NOT NULL,
        seq INTEGER NOT NULL,
        hash TEXT NOT NULL,
        outcome TEXT NOT NULL,
        has_content INTEGER NOT NULL,
        code TEXT NOT NULL,
        received_at TEXT NOT NULL,
        sheet INTEGER NOT NULL,
        PRIMARY KEY (revision, epoch, seq)
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE records (
        kind TEXT NOT NULL,
        record TEXT NOT NULL,
        first INTEGER NOT NULL,
        current INTEGER NOT NULL,
        heads INTEGER NOT NULL,
        assessment TEXT,
        visit TEXT,
        author TEXT,
        PRIMARY KEY (kind, record)
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE revisions (
        n INTEGER NOT NULL,
        id TEXT NOT NULL,
        record TEXT NOT NULL,
        kind TEXT NOT NULL,
        shape INTEGER NOT NULL,
        assessment TEXT,
        author TEXT NOT NULL,
        device TEXT NOT NULL,
        seq INTEGER NOT NULL,
        priority INTEGER NOT NULL,
        recorded_at TEXT NOT NULL,
        hash TEXT NOT NULL,
        here INTEGER NOT NULL,
        envelope BLOB NOT NULL,
        signature BLOB NOT NULL,
        content BLOB,
        salt BLOB,
        PRIMARY KEY (n),
        UNIQUE (id)
    )
     STRICT
    """,
    """
    CREATE INDEX revisions_record ON revisions (record) WHERE kind NOT IN ('entry', 'addendum', 'filing')
    """,
    """
    CREATE TABLE said (
        revision TEXT NOT NULL,
        outcome TEXT NOT NULL,
        code TEXT NOT NULL,
        PRIMARY KEY (revision)
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE set_aside (
        "row" INTEGER NOT NULL,
        revision TEXT NOT NULL,
        code TEXT NOT NULL,
        at TEXT NOT NULL,
        envelope BLOB NOT NULL,
        signature BLOB NOT NULL,
        content BLOB,
        salt BLOB,
        PRIMARY KEY ("row")
    )
     STRICT
    """,
    """
    CREATE TABLE settings (
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (name)
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE sheets (
        sheet INTEGER NOT NULL,
        digest TEXT NOT NULL,
        data BLOB NOT NULL,
        signature BLOB NOT NULL,
        PRIMARY KEY (sheet),
        UNIQUE (digest)
    )
     STRICT
    """,
    """
    CREATE TABLE tags (
        statement TEXT NOT NULL,
        n INTEGER NOT NULL,
        item TEXT NOT NULL,
        pack TEXT NOT NULL,
        category TEXT NOT NULL,
        PRIMARY KEY (statement, n, item)
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE team_devices (
        device TEXT NOT NULL,
        author TEXT NOT NULL,
        public BLOB NOT NULL,
        PRIMARY KEY (device)
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE TABLE unindexed (
        n INTEGER NOT NULL,
        PRIMARY KEY (n)
    )
     STRICT
    """,
    """
    CREATE TABLE witnesses (
        epoch TEXT NOT NULL,
        seq INTEGER NOT NULL,
        chain TEXT NOT NULL,
        proof TEXT NOT NULL,
        PRIMARY KEY (epoch, seq, chain)
    )
     WITHOUT ROWID,
     STRICT
    """,
    """
    CREATE VIEW entry_text (n, text, addenda) AS
    SELECT e.n,
        CASE WHEN json_valid(CAST(r.content AS TEXT))
        THEN json_extract(CAST(r.content AS TEXT), '$.text') END, coalesce((
        SELECT group_concat(
        CASE WHEN json_valid(CAST(a.content AS TEXT))
        THEN json_extract(CAST(a.content AS TEXT), '$.text') END, char(10) ORDER BY p.n)
        FROM pointers p JOIN revisions a ON a.n = p.n
        WHERE p.entry = e.id AND p.kind = 'addendum'), '')
    FROM entries e JOIN revisions r ON r.n = e.n
    """,
    """
    CREATE VIRTUAL TABLE entry_words USING fts5(
        text, addenda, content='entry_text', content_rowid='n', columnsize=0,
        tokenize="unicode61 remove_diacritics 2")
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
