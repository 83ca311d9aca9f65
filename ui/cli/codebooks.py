"""What ``fieldkit framework import-codebook`` does: a draft framework pack of another program's codes."""

from __future__ import annotations

from pathlib import Path

from fieldkit.kernel.errors import Mistake
from ui.cli import faults
from ui.cli.desk import Desk
from ui.presenters.wording.takeout import codebook_loss

SUBJECTS = {"ics": "integrated_care_system", "la": "local_authority"}


def import_codebook(desk: Desk) -> int:
    """Write the pack's files into a new folder and say what was lost; the pack is checked as any other."""
    from fieldkit.app.takeout.codebook_pack import draft_pack
    from fieldkit.app.takeout.placing import whole_folder, write_text
    from fieldkit.frameworks.reader import check

    target = Path(desk.options.out).expanduser().absolute()
    if not target.parent.is_dir():
        raise Mistake("cli.no_folder", field="out", folder=str(target.parent))
    today = desk.clock.now().astimezone().date()
    made = draft_pack(Path(desk.options.file).expanduser(), SUBJECTS[desk.options.subject], today)
    with whole_folder(target) as folder:
        for name, text in made.files.items():
            write_text(folder / name, [text])
        problems = check(folder)
    losses = [codebook_loss(one.code, one.what) for one in made.losses]
    facts = {
        "folder": str(target), "id": made.id, "themes": made.themes, "statements": made.statements,
        "categories": made.categories, "losses": [{"code": one.code, "what": one.what} for one in made.losses],
        "problems": [str(one) for one in problems],
    }  # fmt: skip
    lines = [
        f"Draft pack ‘{made.title}’ in {target}: {made.themes} themes, {made.statements} statements,"
        f" {made.categories} kinds of evidence.",
        *losses, *(f"To be put right: {one}" for one in problems),
        "Look at it, then add it in Settings, Framework packs.",
    ]  # fmt: skip
    desk.terminal.show(facts, lines)
    return faults.FOUND if problems else faults.OK
