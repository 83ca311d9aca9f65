"""``fieldkit report …``: every report that can be taken out, as PDF, web page, Word document or plain text."""

from __future__ import annotations

from ui.cli import reporting
from ui.cli.parser import Commands, add, group, with_vault


def add_to(commands: Commands) -> None:
    """Add the group."""
    found = group(
        commands, "report", "Make a report to print or pass on", "fieldkit report make score-trace --out trace.pdf"
    )
    add(found, "list", "List the reports there are", reporting.list_all, examples="fieldkit report list")
    parser = with_vault(
        add(
            found, "make", "Make one and save it", reporting.make,
            more="FILE ends in what it is: .pdf, .html, .docx or .txt. A PDF has its web page saved beside it.",
            examples="""fieldkit report make score-trace --out trace.pdf
            fieldkit report make case-pathway --case C01 --out c01.html""",
        ),
        or_store=True,
    )  # fmt: skip
    parser.add_argument("kind", metavar="KIND", help="its id (see fieldkit report list)")
    parser.add_argument("--out", metavar="FILE", required=True, help="where to save it")
    parser.add_argument("--replace", action="store_true", help="replace a file that is there")
    parser.add_argument("--assessment", metavar="NAME", help="name or id; not needed while there is only one")
    parser.add_argument("--pack", metavar="ID", help="another framework of the assessment than its main one")
    parser.add_argument("--visit", metavar="NAME", help="where the report is about a visit or a day")
    parser.add_argument("--day", metavar="DATE", help="which day of the visit (default: its only one, or today)")
    parser.add_argument("--activity", metavar="NAME", help="where the report is about an activity")
    parser.add_argument("--case", metavar="CODE", help="where the report is about a case")
    parser.add_argument("--escalation", metavar="ID", help="where the report is about one: its id or the start of it")
    parser.add_argument("--statement", metavar="STATEMENT", help="where the report is about one: code, place or title")
    parser.add_argument(
        "--although", metavar="REASON", default="",
        help="why it is made although questions are open (see fieldkit question list); stays with the report",
    )  # fmt: skip
