"""``fieldkit send`` and ``fieldkit enrol``."""

from __future__ import annotations

from ui.cli import sending
from ui.cli.parser import Commands, add, with_vault


def add_to(commands: Commands) -> None:
    """Add both."""
    parser = with_vault(
        add(
            commands, "send", "Hand in what is tagged, read in what the team handed in", sending.send,
            more="Untagged notes stay; only the proof that they exist travels. Ends with 0 if everything that leaves\n"
            "is confirmed, 3 where the store was not reached, 4 where something was set aside or refused.",
            examples="""fieldkit send --dry-run
            fieldkit send --no-files
            fieldkit send --certificate hand-in.pdf""",
        )
    )  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help="say what would leave and what would stay; send nothing")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--files", action="store_true", help="send attached files although the connection is metered")
    which.add_argument("--no-files", action="store_true", help="notes and records alone, no attached files")
    parser.add_argument(
        "--certificate", metavar="FILE", help="afterwards write the certificate of hand-in (.pdf, .html or .txt)"
    )
    enrol = with_vault(
        add(
            commands, "enrol", "Join an office by a one-time code, or by a sign-in", sending.enrol,
            more="Prints both keys as words: read them to each other over the telephone before you send. The text of\n"
            "an invitation’s QR code, in quotation marks, may stand in the place of URL and CODE.",
            examples="""fieldkit enrol https://store.example.org 7KQ4-M2XD-9RTA-0CVB
            fieldkit enrol "FieldKit https://store.example.org#0f3a… 7KQ4-M2XD-9RTA-0CVB"
            fieldkit enrol https://store.example.org --sign-in""",
        )
    )  # fmt: skip
    enrol.add_argument("url", metavar="URL")
    enrol.add_argument("code", metavar="CODE", nargs="?", default="")
    enrol.add_argument(
        "--sign-in", action="store_true", help="by your organisation’s page in the browser; also to sign in again"
    )
