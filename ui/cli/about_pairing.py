"""``fieldkit pair …``: two laptops on a cable or on the site's own network."""

from __future__ import annotations

from ui.cli import pairing
from ui.cli.parser import Commands, add, group, with_vault


def add_to(commands: Commands) -> None:
    """Add the group."""
    pair = group(
        commands, "pair", "Two laptops on a cable or the site’s network: each gets what it lacks", "fieldkit pair show"
    )
    parser = with_vault(
        add(
            pair, "show", "Show a code of words, and wait for the other laptop", pairing.show,
            more="No internet is needed. Wrong words three times end the code.",
            examples="fieldkit pair show",
        )
    )  # fmt: skip
    parser.add_argument("--port", type=int, metavar="NUMBER", help="wait on this port (default 8471)")
    parser = with_vault(
        add(
            pair, "join", "Type the code that the other laptop shows", pairing.join,
            more="Both then hold the same of the teams they are both on. A peer gives no receipt of the central store.",
            examples="""fieldkit pair join 42-anchor-beach-cobalt
            fieldkit pair join 42 anchor beach cobalt --address 192.168.1.20:8471""",
        )
    )  # fmt: skip
    parser.add_argument("code", nargs="+", metavar="CODE", help="the number and the three words")
    parser.add_argument("--address", metavar="ADDRESS", help="as the other laptop shows it, if it is not found")
