"""``fieldkit pack …``: look at framework packs, and check one that is being written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.parser import Commands, add, group


def add_to(commands: Commands) -> None:
    """Add the group."""
    pack = group(commands, "pack", "Framework packs", "fieldkit pack list")
    parser = add(
        pack, "check", "Check the pack in a folder, worked examples included", check,
        more="Names every problem as file:line and ends with 1; a wrong pack is never half loaded.",
        examples="fieldkit pack check my-pack/1.0",
    )  # fmt: skip
    parser.add_argument("folder", metavar="DIR")
    add(pack, "list", "List the packs that came with this program", list_packs, examples="fieldkit pack list --json")
    shown = add(
        pack, "show", "Show the statements and kinds of evidence of a pack, with the codes that are typed", show,
        examples="""fieldkit pack show ics
        fieldkit pack show local-authority@2023.1""",
    )  # fmt: skip
    shown.add_argument("pack", metavar="ID[@VERSION]")


def check(desk: Desk) -> int:
    """Everything that is wrong in a folder."""
    from fieldkit.frameworks.reader import check as problems_in
    from ui.presenters.wording import ui

    folder = Path(desk.options.folder)
    if not folder.is_dir():
        raise Mistake("cli.file_missing", field="folder", file=desk.options.folder)
    found = problems_in(folder)
    problems = [{"file": one.file, "line": one.line, "code": one.code, "sentence": one.sentence} for one in found]
    words = [f"{folder}/{one}" for one in found]
    if found:
        words.append(f"{ui.count(len(found), 'problem')}. The pack is not used until none is left.")
    desk.terminal.show({"is_right": not found, "problems": problems}, words or "The pack is right, examples included.")
    return faults.FOUND if found else faults.OK


def list_packs(desk: Desk) -> int:
    """The published packs."""
    from ui.cli import words

    refs = words.packs().available()
    facts = [
        {"id": ref.id, "version": ref.version, "title": ref.title, "subject": ref.subject, "digest": ref.digest}
        for ref in refs
    ]
    rows = [(f"{ref.id}@{ref.version}", ref.subject.replace("_", " "), ref.title) for ref in refs]
    desk.terminal.show(facts, words.columns(("Pack", "Subject", "Title"), rows))
    return faults.OK


def show(desk: Desk) -> int:
    """One pack, statement by statement."""
    from ui.cli import words

    library = words.packs()
    pack, _, version = desk.options.pack.partition("@")
    known = [ref for ref in library.available() if ref.id == pack and version in ("", ref.version)]
    if not known:
        raise Mistake("pack.unknown", pack=pack, version=version or "any")
    framework = library.load(known[-1].id, known[-1].version, known[-1].digest)
    facts: dict[str, Any] = {
        "id": framework.id, "version": framework.version, "title": framework.title, "digest": framework.digest,
        "statements": [
            {
                "id": one.id, "code": one.code, "position": one.position, "title": one.title,
                "aliases": list(one.aliases), "descriptor": one.descriptor,
            }
            for one in framework.statements
        ],
        "categories": [{"id": one.id, "code": one.code, "title": one.title} for one in framework.categories],
        "remarks": [{"text": one.text, "unconfirmed": one.unconfirmed} for one in framework.remarks],
    }  # fmt: skip
    lines = [
        f"{framework.title}, {framework.id} {framework.version}", "",
        *words.columns(
            ("Typed", "Place", "Statement"), [(f"#{one.code}", one.position, one.title) for one in framework.statements]
        ),
        "",
        *words.columns(("Typed", "Kind of evidence"), [(f"@{one.code}", one.title) for one in framework.categories]),
        *(f"\nNot confirmed by a published source: {one.text}" for one in framework.unconfirmed),
    ]  # fmt: skip
    desk.terminal.show(facts, lines)
    return faults.OK
