"""``fieldkit accuracy …`` and ``fieldkit improve …``."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from ui.cli import accuracy, improving
from ui.cli.desk import Desk
from ui.cli.parser import Commands, add, group, with_vault

_FILES = """\
A Word document: its comments, and tables like the printed form (fieldkit report make accuracy-form). A table (.csv,
.xlsx): columns Paragraph, Kind, Comment, Evidence, Date of the evidence. A comment may begin with its kind, as in
"2: We met in March", and hold a line "Evidence: …". With rows that do not read nothing is taken in."""
_KINDS = ("typographical", "contested", "additional")


def add_to(commands: Commands) -> None:
    """Add both groups."""
    found = group(
        commands, "accuracy", "Factual accuracy: drafts sent out, comments, answers", "fieldkit accuracy list"
    )
    _add_sending(found)
    _add_comments(found)
    _add_answers(found)
    _add_improving(commands)


def _add_sending(found: Commands) -> None:
    sent = _one(found, "send", "Record that a draft went to one or more bodies", accuracy.send,
                'fieldkit accuracy send draft.docx --to "Northshire ICB" "Northshire ICP" --on "9 November 2026"',
                more="Nothing is sent by this: it records what was e-mailed, and starts a clock of 10 working days for "
                "each body, without England’s bank holidays.")  # fmt: skip
    sent.add_argument("report", metavar="FILE", help="the very file that was sent; its SHA-256 is kept")
    sent.add_argument("--to", nargs="+", required=True, metavar="BODY")
    sent.add_argument("--on", default=None, metavar="DAY", help="the date of the e-mail; today where not given")
    sent.add_argument("--note", default="", metavar="WORDS")
    when = add(found, "clock", "Say when 10 working days end, and which days were left out", accuracy.clock,
               examples='fieldkit accuracy clock --on "21 December 2026"')  # fmt: skip
    when.add_argument("--on", default=None, metavar="DAY", help="the date of the e-mail; today where not given")


def _add_comments(found: Commands) -> None:
    listed = _one(found, "list", "List drafts with their clocks, and every comment", accuracy.list_all,
                  "fieldkit accuracy list\nfieldkit accuracy list --open --json")  # fmt: skip
    listed.add_argument("--open", action="store_true", help="only comments that nobody answered")
    _comment(_one(found, "show", "Show a comment whole, with every answer", accuracy.show,
                  "fieldkit accuracy show F-AL-1"))  # fmt: skip
    made = _one(found, "add", "Add a comment of any length", accuracy.add_one,
                'fieldkit accuracy add 3.2 "The plan was renewed in May" --kind additional --body ICB')  # fmt: skip
    made.add_argument("paragraph", metavar="PARAGRAPH")
    words = made.add_mutually_exclusive_group(required=True)
    words.add_argument("text", metavar="COMMENT", nargs="?")
    words.add_argument("--text-file", metavar="FILE", help="its words, from a text file")
    made.add_argument("--kind", choices=_KINDS, required=True)
    made.add_argument("--evidence", default="", metavar="WORDS", help="needed for a contested fact")
    made.add_argument("--evidence-on", default=None, metavar="DAY", help="of which day the evidence is")
    _body(made)
    brought = _one(found, "import", "Take comments in from a Word document or a table", accuracy.import_file,
                   "fieldkit accuracy import reply.docx --body ICB --look\nfieldkit accuracy import reply.csv",
                   more=_FILES)  # fmt: skip
    brought.add_argument("file", metavar="FILE")
    brought.add_argument("--kind", choices=_KINDS, help="of comments that do not say theirs")
    brought.add_argument("--look", action="store_true", help="tell what it would take in, and take nothing in")
    brought.add_argument("--good-rows", action="store_true", help="leave out the rows that do not read")
    _body(brought)


def _add_answers(found: Commands) -> None:
    given = _one(found, "answer", "Accept a comment or not, with a reason", accuracy.answer_one,
                 'fieldkit accuracy answer F-AL-1 --accept --reason "The minutes show it" --was "34" --becomes "43"',
                 more="Whoever was put down for the visit, or wrote on it, does not review.")  # fmt: skip
    _comment(given)
    which = given.add_mutually_exclusive_group(required=True)
    which.add_argument("--accept", action="store_true", default=None)
    which.add_argument("--reject", dest="accept", action="store_false")
    given.add_argument("--reason", required=True, metavar="WORDS")
    given.add_argument("--was", default="", metavar="WORDS", help="words of the report that change")
    given.add_argument("--becomes", default="", metavar="WORDS", help="what they become")
    text = _one(found, "change", "Change a finding, or a part of the report, because of a comment that was accepted",
                accuracy.change_one,
                'fieldkit accuracy change F-AL-1 F3 "The plan was renewed in May."\n'
                'fieldkit accuracy change F-AL-1 Q2 "Plans are of May."',
                more="The table of changes names what changed, before and after.")  # fmt: skip
    _comment(text)
    text.add_argument("target", metavar="TEXT", help="a finding (F3), a statement for its key messages, or summary")
    text.add_argument("words", metavar="WORDS", help="its words now; of a finding the sentence for the report")
    text.add_argument("--claim", default="", metavar="WORDS", help="another claim of the finding too")
    text.add_argument("--pack", metavar="ID", help="another framework of the assessment than its main one")
    score = _one(found, "rescore", "Change a score because of a comment that was accepted", accuracy.rescore_one,
                 'fieldkit accuracy rescore F-AL-1 Q2 "Learning is shared" --score 3')  # fmt: skip
    _comment(score)
    score.add_argument("statement", metavar="STATEMENT", help="its code, place (Q2) or title")
    score.add_argument("text", metavar="JUDGEMENT", help="the team’s judgement in words")
    value = score.add_mutually_exclusive_group(required=True)
    value.add_argument("--score", type=int, metavar="NUMBER")
    value.add_argument(
        "--rating", dest="step", metavar="WORD", help="a rating by its word, where the framework gives no scores"
    )
    value.add_argument("--too-little-evidence", action="store_true")
    score.add_argument("--pack", metavar="ID", help="another framework of the assessment than its main one")


def _add_improving(commands: Commands) -> None:
    found = group(
        commands, "improve", "After publishing: summit, action plan, follow-up, scores over time",
        "fieldkit improve list",
    )  # fmt: skip
    met = _one(found, "summit", "Record an improvement summit, planned or held", improving.summit,
               'fieldkit improve summit --on "12 January 2027" --who "ICB, trust" --outcome "Plan agreed"')  # fmt: skip
    met.add_argument("--on", required=True, metavar="DAY")
    met.add_argument("--where", default="", metavar="PLACE")
    met.add_argument("--who", default="", metavar="WORDS", help="bodies and roles, no names")
    met.add_argument("--outcome", default="", metavar="WORDS")
    planned = _one(found, "add", "Put an action on the plan", improving.add_one,
                   'fieldkit improve add "Cover at night" --owner "Medical director, trust" --due "1 March 2027"'
                   )  # fmt: skip
    planned.add_argument("what", metavar="WHAT")
    planned.add_argument("--owner", required=True, metavar="WHO")
    planned.add_argument("--due", required=True, metavar="DAY")
    planned.add_argument("--statement", metavar="STATEMENT")
    proved = _action(_one(found, "done", "Say that an action is done, and what proves it", improving.done,
                          'fieldkit improve done I-AL-1 --evidence "Rota of March"'))  # fmt: skip
    proved.add_argument("--evidence", required=True, metavar="WORDS")
    proved.add_argument("--on", default=None, metavar="DAY")
    looked = _action(_one(found, "follow-up", "Say what was found when an action was looked at", improving.look,
                          'fieldkit improve follow-up I-AL-1 "Empty on two nights" --open-again'))  # fmt: skip
    looked.add_argument("words", metavar="WORDS")
    looked.add_argument("--open-again", action="store_true", help="it is not done after all")
    listed = _one(found, "list", "Show summits, the plan and how scores changed over time", improving.list_all,
                  "fieldkit improve list\nfieldkit improve list --json")  # fmt: skip
    listed.add_argument("--pack", metavar="ID", help="another framework of the assessment than its main one")


def _one(
    found: Commands, name: str, words: str, run: Callable[[Desk], int], examples: str, *, more: str = ""
) -> argparse.ArgumentParser:
    parser = with_vault(add(found, name, words, run, examples=examples, more=more))
    parser.add_argument("--assessment", default=None, metavar="NAME", help="needed where there are several")
    return parser


def _comment(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("comment", metavar="COMMENT", help="its reference, like F-AL-1")
    return parser


def _action(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("action", metavar="ACTION", help="its reference, like I-AL-1")
    return parser


def _body(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--body", default=None, metavar="BODY", help="needed where drafts went to several")
