"""``fieldkit demo``: the main job from end to end, without setting anything up."""

from __future__ import annotations

from ui.cli import showing
from ui.cli.parser import Commands, add


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = add(
        commands, "demo", "See the main job from end to end: an invented meeting is handed in", showing.demo,
        more="Builds the sample visit in two encrypted vaults with a central store on this computer, sends, and shows\n"
        "what arrived and what stayed. Nothing leaves this computer. With --folder everything is kept to look at.",
        examples="""fieldkit demo
        fieldkit demo --folder northshire""",
    )  # fmt: skip
    parser.add_argument("--folder", metavar="DIR", help="build it here and keep it (a new or empty folder)")
