"""``fieldkit blank …``."""

from __future__ import annotations

from ui.cli import blanks
from ui.cli.parser import Commands, add

_KINDS = ("observation", "interview", "case", "dropin")


def add_to(commands: Commands) -> None:
    """Add the command."""
    made = add(
        commands, "blank", "Write a blank sheet to print and write on", blanks.write,
        more="No vault is needed. The file’s ending says what it becomes: .pdf, .html or .txt.",
        examples="fieldkit blank observation observation.pdf\nfieldkit blank interview leaders.pdf --guide leaders",
    )  # fmt: skip
    made.add_argument("kind", choices=_KINDS, help="which sheet")
    made.add_argument("file", metavar="FILE")
    made.add_argument("--guide", default="", metavar="NAME", help="questions of a built-in guide, like leaders")
