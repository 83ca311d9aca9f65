"""The vault's tables: the log, what this laptop alone knows, and the projections computed from them.

STRICT everywhere, so that a column holds what it says. The *log* (``revisions``) is never changed but for a content
that is disclosed later. *State* cannot be computed: drafts, receipts, keys. *Projections* can be dropped and computed
again at any time (``vault rebuild``); ``vault verify`` holds them equal to that.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, Table, Text, text

metadata = MetaData()


def _text(name: str, *, key: bool = False, null: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=null)


def _number(name: str, *, key: bool = False, null: bool = False) -> Column[int]:
    return Column(name, Integer, primary_key=key, nullable=null)


def _bytes(name: str, *, null: bool = False) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=null)


def _table(name: str, *columns: Column[str] | Column[int] | Column[bytes], rowid: bool = True) -> Table:
    # Without a row id the rows lie in the order of the key: one page less to write for each note.
    return Table(name, metadata, *columns, sqlite_strict=True, sqlite_with_rowid=rowid)


# The log ------------------------------------------------------------------------------------------------------

revisions = _table(
    "revisions",
    _number("n", key=True),  # the order of arrival in this vault
    Column("id", Text, nullable=False, unique=True),
    _text("record"),
    _text("kind"),
    _number("shape"),
    _text("assessment", null=True),
    _text("author"),
    _text("device"),
    _number("seq"),
    _number("priority"),
    _text("recorded_at"),
    _text("hash"),
    _number("here"),  # 1 = made in this vault, 0 = pulled
    _bytes("envelope"),
    _bytes("signature"),
    _bytes("content", null=True),
    _bytes("salt", null=True),
)
# Notes and what points to them have one revision for ever and are found by their own tables; leaving them out of
# this index spares a page of every note.
Index(
    "revisions_record",
    revisions.c.record,
    sqlite_where=text("kind NOT IN ('entry', 'addendum', 'filing')"),
)

# State --------------------------------------------------------------------------------------------------------

facts = _table("facts", _text("name", key=True), _text("value"), rowid=False)
settings = _table("settings", _text("name", key=True), _text("value"), rowid=False)
drafts = _table(
    "drafts",
    _text("place", key=True),
    _text("text"),
    _number("caret"),
    _text("noticed_at", null=True),
    _text("kept_at"),
    _text("extra"),
    rowid=False,
)
own_devices = _table(
    "own_devices",
    _number("incarnation", key=True),
    Column("device", Text, nullable=False, unique=True),
    _bytes("seed"),
    _text("started_at"),
    _number("seq"),
    _text("hash"),
)
team_devices = _table("team_devices", _text("device", key=True), _text("author"), _bytes("public"), rowid=False)
enrolment = _table(
    "enrolment",
    _number("one", key=True),
    _text("office"),
    _text("url"),
    _text("user"),
    _bytes("store_key"),
    _bytes("recovery_key", null=True),
    _text("enrolled_at"),
)
sheets = _table(
    "sheets",
    _number("sheet", key=True),
    Column("digest", Text, nullable=False, unique=True),
    _bytes("data"),
    _bytes("signature"),
)
receipts = _table(
    "receipts",
    _text("revision", key=True),
    _text("epoch", key=True),
    _number("seq", key=True),
    _text("hash"),
    _text("outcome"),
    _number("has_content"),
    _text("code"),
    _text("received_at"),
    _number("sheet"),
    rowid=False,
)
certificates = _table(
    "certificates",
    _text("device", key=True),
    _bytes("data"),
    _bytes("signature"),
    rowid=False,
)
cursors = _table("cursors", _text("assessment", key=True), _text("epoch"), _number("seq"), rowid=False)
witnesses = _table(
    "witnesses",
    _text("epoch", key=True),
    _number("seq", key=True),
    _text("chain", key=True),
    _text("proof"),
    rowid=False,
)
offered = _table("offered", _number("n", key=True))
"""Notes whose content left this laptop at least once; a lost reply does not make it come back."""

set_aside = _table(
    "set_aside",
    _number("row", key=True),
    _text("revision"),
    _text("code"),
    _text("at"),
    _bytes("envelope"),
    _bytes("signature"),
    _bytes("content", null=True),
    _bytes("salt", null=True),
)
unindexed = _table("unindexed", _number("n", key=True))
"""Pulled notes that the search index does not hold yet; it catches up bit by bit, and before any search."""

file_places = _table(
    "file_places",  # what the central store has of each file (``storage.file_places``)
    _text("assessment", key=True),
    _text("sha256", key=True),
    _text("epoch", null=True),
    _text("place", null=True),  # where a sending goes on
    _bytes("data", null=True),  # the store's signed word that it has the file
    _bytes("signature", null=True),
    _number("wanted"),  # 1 = somebody here asked for it
    _number("tries"),
    _text("code"),
    rowid=False,
)
said = _table("said", _text("revision", key=True), _text("outcome"), _text("code"), rowid=False)
"""What the central store said of a revision that has no receipt (arrived damaged, …)."""

erasures = _table(
    "erasures",  # what the office has ordered away (``storage.erasing``)
    _text("revision", key=True),
    _number("number"),
    _bytes("data"),
    _bytes("signature"),
    _text("state"),
    _text("backups"),  # names of backups made before, one a line: they still hold the words
    rowid=False,
)

# Projections --------------------------------------------------------------------------------------------------

records = _table(
    "records",
    _text("kind", key=True),
    _text("record", key=True),
    _number("first"),  # n of the record's first revision here: the order of lists
    _number("current"),  # n of the head that is shown
    _number("heads"),
    _text("assessment", null=True),
    _text("visit", null=True),
    _text("author", null=True),
    _text("about", null=True),  # the record it belongs to: a consent's activity, a touchpoint's case
    _text("words", null=True),  # what search looks through, folded (``storage.records``)
    rowid=False,
)
entries = _table(
    "entries",
    _number("n", key=True),
    _text("id"),  # found by the id of its revision, which is the same
    _text("assessment"),
    _text("visit"),
    _text("activity"),
    _text("agenda_item", null=True),
    _text("author"),
    _text("speaker", null=True),
    _text("category", null=True),
    _text("noticed_at"),
    _text("noticed_on"),
    _number("here"),
    _number("tagged"),
    _number("withdrawn"),
    _number("sharing"),
    _text("about", null=True),  # the record a note belongs to, beside its activity
    # 1, 2 = a consent it depends on was refused, withdrawn: kept, and used in nothing that leaves (``storage.bars``)
    Column("barred", Integer, nullable=False, server_default=text("0")),
)
# Pages of a log, counts of notes by agenda item and what is not yet safe elsewhere are answered by this index alone:
# reading the table for them would take three times as long.
Index(
    "entries_activity",
    entries.c.activity,
    entries.c.n,
    entries.c.agenda_item,
    entries.c.sharing,
    entries.c.noticed_at,
)
# Few notes belong to a record beside their activity, so this is no page more for the others.
Index("entries_about", entries.c.about, sqlite_where=text("about IS NOT NULL"))
# A consent may bar notes of any activity, through the records they belong to; few vaults have any.
Index("entries_barred", entries.c.n, sqlite_where=text("barred <> 0"))
bars = _table(
    "bars",  # consents that were refused or withdrawn (``storage.bars``)
    _text("about", key=True),
    _text("person", key=True),  # a code, or empty for everybody
    _text("record", key=True),
    _text("assessment"),
    _number("why"),
    rowid=False,
)
pointers = _table("pointers", _text("entry", key=True), _number("n", key=True), _text("kind"), rowid=False)
tags = _table(
    "tags",  # those that stand, in the order they are looked for: one tree instead of a table and an index
    _text("statement", key=True),
    _number("n", key=True),
    _text("item", key=True),
    _text("pack"),
    _text("category"),
    # What it says of its statement and how it came (``fieldkit.domain.evidence``): filters ask for them.
    _text("bearing"),
    _text("acquisition"),
    rowid=False,
)
secondary = _table(
    "secondary",  # secondary tags that stand: ``pack/set/tag``, as filters ask for them
    _text("tag", key=True),
    _number("n", key=True),
    _text("item", key=True),
    rowid=False,
)
sieve = _table(
    "sieve",  # what filters walk: see ``storage.sieve``
    _number("n", key=True),
    _number("assessment"),
    _number("visit"),
    _number("activity"),
    _number("author"),
    _text("speaker", null=True),
    _number("day"),
    _text("categories"),
    _number("marks"),
    _number("sharing"),
)
outbox = _table("outbox", _number("place", key=True), _number("wants"))
later = _table("later", _number("n", key=True), _text("why"))

PROJECTIONS = (records, bars, entries, sieve, pointers, tags, secondary, outbox, later)

# The search index: an FTS5 table over a view of the log, so that no word is stored twice -----------------------

# What SQLite does not take for JSON (and Python did) is no text: one such note must not stop the index for all others.
_TEXT = """
    CASE WHEN json_valid(CAST({0}.content AS TEXT))
    THEN json_extract(CAST({0}.content AS TEXT), '$.text') END"""
ENTRY_TEXT = f"""
CREATE VIEW entry_text (n, text, addenda) AS
SELECT e.n, {_TEXT.format("r")}, coalesce((
    SELECT group_concat({_TEXT.format("a")}, char(10) ORDER BY p.n)
    FROM pointers p JOIN revisions a ON a.n = p.n
    WHERE p.entry = e.id AND p.kind = 'addendum'), '')
FROM entries e JOIN revisions r ON r.n = e.n
"""
ENTRY_WORDS = """
CREATE VIRTUAL TABLE entry_words USING fts5(
    text, addenda, content='entry_text', content_rowid='n', columnsize=0,
    tokenize="unicode61 remove_diacritics 2")
"""
_INDEX_PREFIX = "entry_words"


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether Alembic should compare this table: the search index makes tables of its own."""
    return kind != "table" or not (name or "").startswith(_INDEX_PREFIX)
