"""``fieldkit question …``: what two people changed at once, and deciding it."""

from __future__ import annotations

import argparse

from ui.cli import questioning
from ui.cli.parser import Commands, add, group, with_vault

_KEEP = """\
For each field that is asked give --keep FIELD=N, where N is the number of an account as "show" lists them, or
--say FIELD=WORDS for a new wording of a text. --keep N alone keeps account N in every field. Of a note that one deleted
and another edited, --keep keeps it (N is not needed: --keep 1) and --delete deletes it."""


def add_to(commands: Commands) -> None:
    """Add the group."""
    questions = group(
        commands, "question", "What two people changed at once: list, show, decide", "fieldkit question list"
    )
    listed = with_vault(
        add(
            questions, "list", "List what needs a decision, and withdrawals that wait to be let in",
            questioning.list_questions, examples="fieldkit question list\nfieldkit question list --json",
        )
    )  # fmt: skip
    listed.add_argument("--assessment", default=None, metavar="NAME")
    _one(questions, "show", "Show who says what, and what stood before", questioning.show_question, "question show 1")
    decided = _one(
        questions, "decide", "Decide, with a reason", questioning.decide_question,
        'question decide 1 --keep 2 --why "the agenda says so"', more=_KEEP,
    )  # fmt: skip
    decided.add_argument("--keep", action="append", default=[], metavar="[FIELD=]N")
    decided.add_argument("--say", action="append", default=[], metavar="FIELD=WORDS")
    decided.add_argument("--delete", action="store_true", help="of a note that one deleted and another edited")
    decided.add_argument("--why", required=True, metavar="WORDS", help="stays with the decision, for everybody")
    combined = with_vault(
        add(
            questions, "combined", "List what was combined by rule, since different fields were changed",
            questioning.list_combined, examples="fieldkit question combined",
        )
    )  # fmt: skip
    combined.add_argument("--assessment", default=None, metavar="NAME")
    again = with_vault(
        add(
            questions, "reopen", "Ask again what was decided or combined", questioning.reopen,
            examples='fieldkit question reopen 01997c4e-… --why "it was an old agenda"',
        )
    )  # fmt: skip
    again.add_argument("record", metavar="ID", help="the id of the record, as question show and list --json tell it")
    again.add_argument("--why", required=True, metavar="WORDS")
    let_in = with_vault(
        add(
            questions, "let-in", "Let in many withdrawals that wait", questioning.let_in,
            more="They come with the next sending, or when the file is taken in again. Ask your lead before you do.",
            examples="fieldkit question let-in 63",
        )
    )  # fmt: skip
    let_in.add_argument("count", type=int, metavar="COUNT", help="how many, as question list tells")
    let_in.add_argument("--assessment", default=None, metavar="NAME")


def _one(
    questions: Commands, name: str, words: str, run: questioning.Run, example: str, more: str = ""
) -> argparse.ArgumentParser:
    parser = with_vault(add(questions, name, words, run, more=more, examples=f"fieldkit {example}"))
    parser.add_argument("question", metavar="NUMBER", help="its number in the list, or the id of the record")
    return parser
