"""Taking an assessment out in one of the formats: the one way in which the window, the command and tests write.

Each is private, written whole or not at all, and needs no server. None is encrypted. What may not leave stays out as
``docs/export.md`` says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.app.export import export_assessment
from fieldkit.app.export_files import FOLDER, FileOut, Withheld, files_out
from fieldkit.app.file_store import FileStore
from fieldkit.app.finalising import Final
from fieldkit.app.ports import Questions
from fieldkit.app.takeout import markdown
from fieldkit.app.takeout.material import Material, read_material
from fieldkit.app.takeout.placing import copy_file, size_of, whole_file, whole_folder, write_text
from fieldkit.app.takeout.refi_codes import codebook
from fieldkit.app.takeout.refi_media import Pieces, kind_of
from fieldkit.app.takeout.refi_project import RefiChoice, refi_losses, refi_project
from fieldkit.app.takeout.tables import tables_of
from fieldkit.app.takeout.ways import Way
from fieldkit.domain.attachment import Attachment
from fieldkit.domain.framework import Framework
from fieldkit.kernel.errors import Mistake, Trouble
from fieldkit.kernel.ids import AssessmentId

if TYPE_CHECKING:
    from fieldkit.app.takeout.word import WordFile

Progress = Callable[[int, int], None]
"""How many notes (of Word documents: files) are done, of how many; raises to end it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is taken out. ``final`` is what ``fieldkit.app.finalising.finalise`` gave, before the first byte."""

    questions: Questions
    files: FileStore
    assessment: AssessmentId
    frameworks: Sequence[Framework]
    made_at: datetime
    app: str
    final: Final | None = None
    refi: RefiChoice = field(default_factory=RefiChoice)
    tell: Progress = lambda done, total: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was made, its size in bytes, the attached files that it has or withholds, and what it cannot hold."""

    path: Path
    size: int
    files: tuple[FileOut, ...] = ()
    losses: tuple[str, ...] = ()


def losses_of(
    way: Way, questions: Questions, assessment: AssessmentId, frameworks: Sequence[Framework]
) -> tuple[str, ...]:
    """What a format cannot hold of an assessment, to be said before it is made; empty where it holds everything."""
    if way is not Way.REFI:
        return ()
    return refi_losses(read_material(questions, assessment, frameworks))


def take_out(way: Way, order: Order, target: Path) -> Written:
    """Write it.

    Raises ``Mistake('assessment.unknown' | 'export.exists' | 'export.no_codes')``,
    ``Trouble('export.not_written' | 'attach.disk_full')``, and what ``order.tell`` raises; nothing is left then.
    """
    found = _MAKERS[way](order, target)
    return replace(found, size=size_of(target))


def _json(order: Order, target: Path) -> Written:
    with whole_file(target) as file:
        for piece in export_pieces(order, None):
            file.write(piece.encode("utf-8"))
    return Written(path=target, size=0)


def _folder(order: Order, target: Path) -> Written:
    with whole_folder(target) as folder:
        (folder / FOLDER).mkdir(mode=0o700)
        files = _files(order, folder)
        write_text(folder / "export.json", export_pieces(order, files))
    return Written(path=target, size=0, files=files)


def _workbook(order: Order, target: Path) -> Written:
    from fieldkit.exchange.xlsx import write_tables

    with whole_file(target) as file:
        write_tables(tables_of(_material(order), order.made_at, order.app), file)
    return Written(path=target, size=0)


def _tables(order: Order, target: Path) -> Written:
    from fieldkit.exchange.typed_tables import csv_pieces

    with whole_folder(target) as folder:
        for table in tables_of(_material(order), order.made_at, order.app):
            write_text(folder / f"{table.name.lower().replace(' ', '-')}.csv", csv_pieces(table))
    return Written(path=target, size=0)


def _markdown(order: Order, target: Path) -> Written:
    material = _material(order)
    with whole_folder(target) as folder:
        files = _files(order, folder, material.restricted)
        listed = [(one.path if one.withheld is None else "", _about_file(one)) for one in files]
        for path, text in markdown.pages(material, made_at=order.made_at, app=order.app, files=listed):
            write_text(folder / path, [text])
    return Written(path=target, size=0, files=files)


def _word(order: Order, target: Path) -> Written:
    from fieldkit.app.takeout.word import word_files

    wanted = word_files(order.questions, order.assessment, order.frameworks)
    if not wanted:
        raise Mistake("export.no_codes")
    with whole_folder(target) as folder:
        for done, one in enumerate(wanted):
            order.tell(done, len(wanted))
            _write_word(order, one, folder)
    return Written(path=target, size=0)


def _write_word(order: Order, one: WordFile, folder: Path) -> None:
    from fieldkit.app.takeout.word import write_word

    try:
        write_word(order.questions, one, folder, order.made_at)
    except Trouble as trouble:
        if trouble.code != "report.not_written":
            raise
        raise Trouble("export.not_written", folder=str(folder.parent)) from trouble


def _refi(order: Order, target: Path) -> Written:
    from fieldkit.exchange.refi.project_out import write_project

    material = _material(order)
    files = _files_inside(order, material.restricted)
    inside: dict[str, Pieces] = {
        one.value.id: partial(order.files.pieces, one.value.sha256) for one in files if one.withheld is None
    }
    made = refi_project(material, order.refi, at=order.made_at, app=order.app, files=inside)
    with whole_file(target) as file:
        write_project(made.project, file, lambda _: order.tell(0, 0), folder=target.parent)
    return Written(path=target, size=0, losses=made.losses, files=files)


def _files_inside(order: Order, without: frozenset[str]) -> tuple[FileOut, ...]:
    """Those that a project has a place for, each read to its end first: half a file would be in it otherwise."""
    found = []
    for one in files_out(order.questions, order.assessment):
        if one.value.id in without or (one.withheld is not Withheld.HELD and kind_of(one.value) is None):
            continue
        found.append(one if one.withheld is not None else replace(one, withheld=_why_not(order, one)))
    return tuple(found)


def _why_not(order: Order, one: FileOut) -> Withheld | None:
    """``None`` where it is here and whole."""
    if not order.files.has(one.value.sha256):
        return Withheld.NOT_HERE
    try:
        for _ in order.files.pieces(one.value.sha256):
            order.tell(0, 0)
    except Trouble as trouble:
        if trouble.code != "attach.damaged":
            raise
        return Withheld.DAMAGED
    return None


def _codebook(order: Order, target: Path) -> Written:
    from fieldkit.exchange.refi.codebook import write_codebook

    if not order.frameworks:
        raise Mistake("export.no_codes")
    with whole_file(target) as file:
        file.write(write_codebook(codebook(order.frameworks, order.app)))
    return Written(path=target, size=0)


_MAKERS: dict[Way, Callable[[Order, Path], Written]] = {
    Way.JSON: _json, Way.FOLDER: _folder, Way.WORKBOOK: _workbook, Way.TABLES: _tables, Way.MARKDOWN: _markdown,
    Way.REFI: _refi, Way.CODEBOOK: _codebook, Way.WORD: _word,
}  # fmt: skip


def _material(order: Order) -> Material:
    """What may be told, with a count of the notes as they are read: the formats read them once or twice."""
    total, done = _total(order), 0

    def tell() -> None:
        nonlocal done
        done += 1
        order.tell(min(done, total), total)

    return read_material(order.questions, order.assessment, order.frameworks, tell)


def export_pieces(order: Order, files: Sequence[FileOut] | None) -> Iterator[str]:
    """The pieces of the JSON document. ``files`` lie beside it, where any do."""
    total = _total(order)
    pieces = export_assessment(
        order.questions, order.assessment, order.frameworks, made_at=order.made_at, app=order.app, files=files,
        final=order.final,
    )  # fmt: skip
    for count, piece in enumerate(pieces):
        if count % 100 == 0:
            order.tell(min(count, total), total)
        yield piece


def _files(order: Order, folder: Path, without: frozenset[str] = frozenset()) -> tuple[FileOut, ...]:
    """Write each file that goes out, proved as it is read; one that is not here or is damaged is said to be so."""
    found = []
    for one in files_out(order.questions, order.assessment):
        order.tell(0, 0)
        if one.value.id in without:
            continue
        withheld = one.withheld
        if withheld is None and not order.files.has(one.value.sha256):
            withheld = Withheld.NOT_HERE
        elif withheld is None and not (folder / one.path).exists():
            try:
                copy_file(order.files, one.value.sha256, folder / one.path)
            except Trouble as trouble:
                if trouble.code != "attach.damaged":
                    raise
                withheld = Withheld.DAMAGED
        found.append(replace(one, withheld=withheld))
    return tuple(found)


def _about_file(one: FileOut) -> str:
    if one.withheld is Withheld.HELD:
        return "A file that a consent holds"
    value: Attachment = one.value
    why = f" (not in this folder: {one.withheld.value.replace('_', ' ')})" if one.withheld is not None else ""
    return f"{value.exhibit}: {value.purpose}{why}"


def _total(order: Order) -> int:
    return next((row.entries for row in order.questions.assessments() if row.assessment.id == order.assessment), 0)
