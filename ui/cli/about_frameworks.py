"""``fieldkit framework …``."""

from __future__ import annotations

import argparse

from ui.cli import codebooks, framing
from ui.cli.parser import Commands, add, group, with_vault

_BESIDE = """\
A second framework comes beside the main one: one note can then be tagged to both. A code that both know with one
meaning tags both; provider/ip names the framework where only one is meant. Removing it keeps every tag and
judgement."""
_CROSSWALK = """\
Shows every note and record that would be touched, and writes nothing without --apply. Old tags are never changed:
what follows is added beside them, marked as carried over. Where several statements follow one, give --choose; until
then those tags stay as they are. Applied again, by anybody, it adds only what is new."""

_METRICS = """\
The file has the columns Metric, Value, Organisation, Period and Source, and beside them Unit, Better (higher or lower),
Statement and Category as there are. Every row is checked first, and what does not read is named by its row; nothing is
written without --keep. Figures are held evidence: nobody changes one by hand. Import a newer file to correct them: only
what is new or changed is kept, and the older figure is named."""


def add_to(commands: Commands) -> None:
    """Add the group."""
    found = group(
        commands,
        "framework",
        "The frameworks of an assessment: a second one, crosswalks, held figures",
        "fieldkit framework list",
    )
    _where(
        with_vault(
            add(found, "list", "List the frameworks of an assessment, the main one first", framing.list_all,
                examples="fieldkit framework list --json")
        )
    )  # fmt: skip
    added = with_vault(
        add(found, "add", "Work against a second framework beside the main one", framing.add_one, more=_BESIDE,
            examples="fieldkit framework add provider")
    )  # fmt: skip
    _pack(added)
    removed = with_vault(
        add(found, "remove", "Work against a framework no longer; its tags stay", framing.remove_one,
            examples="fieldkit framework remove provider")
    )  # fmt: skip
    _pack(removed)
    _add_crosswalk(found)
    _add_metrics(found)
    _add_codebook(found)


def _add_metrics(found: Commands) -> None:
    parser = with_vault(
        add(
            found, "metrics", "Import metrics of an oversight framework as held evidence", framing.import_metrics,
            more=_METRICS,
            examples="""fieldkit framework metrics oversight.csv
            fieldkit framework metrics oversight.xlsx --keep
            fieldkit framework metrics waits.csv --statement ea --keep""",
        )
    )  # fmt: skip
    parser.add_argument("file", metavar="FILE", help=".csv or .xlsx")
    parser.add_argument(
        "--statement", metavar="CODE", action="append", default=[],
        help="what all of it is evidence for, where neither the file nor a framework says; may be repeated",
    )  # fmt: skip
    parser.add_argument("--keep", action="store_true", help="keep what is new or changed")
    parser.add_argument("--good-rows", action="store_true", help="leave out rows that do not read")
    _where(parser)
    figures = with_vault(
        add(found, "figures", "List the imported figures that stand, each metric from its best end", framing.figures,
            examples="fieldkit framework figures --json")
    )  # fmt: skip
    _where(figures)


def _add_crosswalk(found: Commands) -> None:
    parser = with_vault(
        add(
            found, "crosswalk", "Carry tags over to a later version or another framework", framing.crosswalk,
            more=_CROSSWALK,
            examples="""fieldkit framework crosswalk provider
            fieldkit framework crosswalk provider --choose ci=pl,cw --choose eo=ls --apply
            fieldkit framework crosswalk provider --undo""",
        )
    )  # fmt: skip
    _pack(parser)
    parser.add_argument(
        "--from", dest="older", metavar="ID", help="the framework to carry over from; else the main one"
    )
    parser.add_argument(
        "--choose", metavar="OLD=NEW[,NEW]", action="append", default=[],
        help="which of several follow an older statement; codes or ids",
    )  # fmt: skip
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--apply", action="store_true", help="add the tags, all in one act")
    which.add_argument("--undo", action="store_true", help="take off every tag that it carried over")


def _add_codebook(found: Commands) -> None:
    parser = add(
        found, "import-codebook", "Make a draft framework pack of a REFI-QDA codebook (.qdc)",
        codebooks.import_codebook,
        more="Folders become themes and codes statements. Everything that a pack cannot hold of it is said. The draft\n"
        "asks for all evidence alike and scores nothing: change its files, check them, and add it in Settings.",
        examples="""fieldkit framework import-codebook theirs.qdc --out their-pack
        fieldkit pack check their-pack""",
    )  # fmt: skip
    parser.add_argument("file", metavar="FILE", help="the .qdc file")
    parser.add_argument("--out", required=True, metavar="FOLDER", help="the folder to make")
    parser.add_argument(
        "--subject", choices=tuple(codebooks.SUBJECTS), default="ics", help="what kind of body it is for"
    )


def _pack(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("pack", metavar="ID[@VERSION]")
    _where(parser)


def _where(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--assessment", metavar="NAME", help="name or id; not needed while there is only one")
