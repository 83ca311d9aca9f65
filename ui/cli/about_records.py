"""``fieldkit record list|show`` and ``fieldkit search``: records of every kind, and words in all of them."""

from __future__ import annotations

from ui.cli import recorded
from ui.cli.parser import Commands, add, group, with_vault

_MORE = """\
Records of fieldwork are everything beside notes: consents, interview guides, cases and their events, escalations,
attachments, requests … Each is shown as it stands now; earlier accounts stay and are shown by --history."""


def add_to(commands: Commands) -> None:
    """Add the group and the search."""
    records = group(commands, "record", "Records of fieldwork beside notes: list, show", "fieldkit record list")
    listed = with_vault(
        add(
            records, "list", "List records, oldest first", recorded.list_records, more=_MORE,
            examples="""fieldkit record list --kind consent
            fieldkit record list --assessment Northshire --json""",
        )
    )  # fmt: skip
    listed.add_argument("--kind", metavar="KIND", help="only this kind, as lists show it (case, consent …)")
    listed.add_argument("--assessment", metavar="NAME", help="only of this one (name or id)")
    shown = with_vault(
        add(
            records, "show", "Show everything of one record", recorded.show_record,
            examples="fieldkit record show 3f5e7a9d --history",
        )
    )  # fmt: skip
    shown.add_argument("record", metavar="RECORD", help="its id, or the end of it as lists show it")
    shown.add_argument("--history", action="store_true", help="every account of it, oldest first")
    found = with_vault(
        add(
            commands, "search", "Find words in notes and in records of fieldwork, newest first", recorded.search,
            more="Every word has to stand there; the last one may go on. For filters like qs:lc see fieldkit find.",
            examples="fieldkit search discharge delay",
        )
    )  # fmt: skip
    found.add_argument("words", metavar="WORDS", nargs="+")
    found.add_argument("--assessment", metavar="NAME", help="only of this one (name or id)")
    found.add_argument("--limit", type=int, default=50, metavar="N", help="at most N notes and N records (default 50)")
