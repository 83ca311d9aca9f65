"""Framework packs on this laptop: those that came with FieldKit and those added, each pinned by its digest."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.app.lanes import Lanes, run
from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import Mistake, Trouble
from ui.launch.shelf import Shelf
from ui.presenters.services import Failed, Session
from ui.presenters.settings.services import PackFound, PackRow, is_codebook

if TYPE_CHECKING:  # loaded with the vault, not before the first screen is painted
    from fieldkit.app.ports import Questions
    from fieldkit.domain.framework import Framework

_BUILT_IN = "Came with FieldKit"
_ADDED = "added.json"
_CODE_LENGTH = 2
_INDEXED = ("id", "version", "title", "subject", "digest")
_KEPT = (*_INDEXED, "source", "added_on")


class PackKeeping:
    """Implements ``ui.presenters.settings.services.PackKeeper``. ``folder`` holds the packs that were added."""

    def __init__(self, folder: Path, shelf: Shelf, lanes: Lanes, clock: Clock) -> None:
        self._folder = folder
        self._shelf = shelf
        self._lanes = lanes
        self._clock = clock

    def rows(self, session: Session, done: Callable[[tuple[PackRow, ...]], None], failed: Failed) -> None:
        """Every pack, and how many visits each is used by."""

        def counted(uses: dict[tuple[str, str], int]) -> None:
            run(self._lanes.work, self._lanes.deliver, lambda: self._rows(uses), done, failed)

        session.workspace.ask_then(_uses, counted, failed)

    def look(self, path: Path, subject: str, done: Callable[[PackFound], None], failed: Failed) -> None:
        """Check a pack whole, with its worked examples, and keep nothing."""
        run(self._lanes.work, self._lanes.deliver, lambda: self._look(path, subject), done, failed)

    def add(self, found: PackFound, done: Callable[[], None], failed: Failed) -> None:
        """Copy a pack that was looked at; its bytes must still be the same."""
        run(self._lanes.work, self._lanes.deliver, lambda: self._add(found), lambda _: done(), failed)

    def _rows(self, uses: dict[tuple[str, str], int]) -> tuple[PackRow, ...]:
        added = {(one["id"], one["version"]): one for one in _read_added(self._folder)}
        found = []
        for offer in self._shelf.offers():
            key = (offer.pin.id, offer.pin.version)
            facts = added.get(key, {})
            source = f"Added from {facts['source']}, not signed" if facts else _BUILT_IN
            on = date.fromisoformat(facts["added_on"]) if facts else None
            found.append(
                PackRow(
                    pin=offer.pin, title=offer.title, source=source, dated=offer.effective, visits=uses.get(key, 0),
                    added_on=on,
                )
            )  # fmt: skip
        return tuple(found)

    def _look(self, path: Path, subject: str) -> PackFound:
        whom = subject if is_codebook(path.name) else ""
        with self._folder_of(path, whom) as (folder, losses):
            framework = _read(folder, path)
        here = next((one for one in self._shelf.offers() if (one.pin.id, one.pin.version) == _key(framework)), None)
        if here is not None and here.pin.digest != framework.digest:
            raise Mistake("pack.version_taken", title=framework.title, version=framework.version)
        return PackFound(framework=framework, file=path, is_here=here is not None, subject=whom, losses=losses)

    @contextmanager
    def _folder_of(self, path: Path, subject: str) -> Iterator[tuple[Path, tuple[str, ...]]]:
        """The folder with a pack's files, and what a codebook lost on the way there."""
        if not subject:
            with _folder_of(path) as folder:
                yield folder, ()
            return
        import tempfile

        from fieldkit.app.takeout.codebook_pack import draft_pack
        from fieldkit.app.takeout.placing import write_text
        from ui.presenters.wording.takeout import codebook_loss

        made = draft_pack(path, subject, self._clock.now().astimezone().date())
        with tempfile.TemporaryDirectory(prefix="fieldkit-pack-") as place:
            for name, text in made.files.items():
                write_text(Path(place) / name, [text])
            yield Path(place), tuple(codebook_loss(one.code, one.what) for one in made.losses)

    def _add(self, found: PackFound) -> None:
        with self._folder_of(found.file, found.subject) as (folder, _):
            framework = _read(folder, found.file)
            if framework.digest != found.framework.digest:
                raise Mistake("pack.changed_meanwhile")
            try:
                self._copy(folder, framework, found.file)
            except OSError as error:
                raise Trouble("pack.not_added", folder=str(self._folder)) from error
        self._shelf.refresh()

    def _copy(self, folder: Path, framework: Framework, source: Path) -> None:
        from fieldkit.frameworks.contents import FILES

        target = self._folder / framework.id / framework.version
        fresh = self._folder / ".adding"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700, parents=True)
        for name in FILES:
            if (folder / name).is_file():  # some of them only some packs have
                shutil.copyfile(folder / name, fresh / name)
        shutil.rmtree(target, ignore_errors=True)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.replace(fresh, target)
        subject = framework.matrices[0].subject
        entry = {
            "id": framework.id, "version": framework.version, "title": framework.title, "subject": subject,
            "digest": framework.digest, "source": source.name,
            "added_on": self._clock.now().astimezone().date().isoformat(),
        }  # fmt: skip
        others = [one for one in _read_added(self._folder) if (one["id"], one["version"]) != _key(framework)]
        _write_added(self._folder, [*others, entry])


def _key(framework: Framework) -> tuple[str, str]:
    return (framework.id, framework.version)


def _read(folder: Path, source: Path) -> Framework:
    """Raises ``Mistake`` with the words of ux S14 for what a person can see at once, else ``pack.wrong``."""
    from fieldkit.frameworks.contents import STATEMENTS
    from fieldkit.frameworks.reader import check, read_pack

    problems = check(folder)
    if any(one.code in {"folder.missing", "folder.file_missing"} for one in problems):
        raise Mistake("pack.not_a_pack", file=source.name)
    for one in problems:
        if one.file == STATEMENTS and one.code in {"name.twice", "name.again"}:
            word = one.sentence.partition("‘")[2].partition("’")[0]
            if len(word) == _CODE_LENGTH:
                raise Mistake("pack.code_twice", word=word)
    return read_pack(folder)


@contextmanager
def _folder_of(path: Path) -> Iterator[Path]:
    """The folder with a pack's files: ``path`` itself, or the one inside a zip file."""
    if path.is_dir():
        yield path
        return
    import tempfile  # with zip files: 5 ms that the first screen does not wait for
    import zipfile
    import zlib

    if not zipfile.is_zipfile(path):
        raise Mistake("pack.not_a_pack", file=path.name)
    with tempfile.TemporaryDirectory(prefix="fieldkit-pack-") as place:
        try:
            _unpack(path, Path(place))
        except (zipfile.BadZipFile, RuntimeError, EOFError, zlib.error) as error:  # torn, locked, or of an unknown kind
            raise Mistake("pack.not_a_pack", file=path.name) from error
        yield Path(place)


def _unpack(path: Path, folder: Path) -> None:
    import zipfile

    from fieldkit.frameworks.contents import FILES
    from fieldkit.frameworks.files import LARGEST_FILE

    with zipfile.ZipFile(path) as packed:
        for info in packed.infolist():
            name = Path(info.filename).name
            if name in FILES and info.file_size <= LARGEST_FILE:
                (folder / name).write_bytes(packed.read(info))


def _uses(questions: Questions) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for row in questions.assessments():
        for pin in row.assessment.packs:
            key = (pin.id, pin.version)
            found[key] = found.get(key, 0) + len(row.visits)
    return found


def _read_added(folder: Path) -> list[dict[str, Any]]:
    try:
        found = json.loads((folder / _ADDED).read_text(encoding="utf-8"))["packs"]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [one for one in found if isinstance(one, dict) and all(isinstance(one.get(key), str) for key in _KEPT)]


def _write_added(folder: Path, packs: list[dict[str, Any]]) -> None:
    """What the library lists, and beside it where each came from."""
    from fieldkit.frameworks.library import INDEX

    listed = [{key: one[key] for key in _INDEXED} for one in packs]
    for name, rows in ((_ADDED, packs), (INDEX, listed)):
        fresh = folder / f"{name}.new"
        fresh.write_text(json.dumps({"packs": rows}, ensure_ascii=False, indent=1), encoding="utf-8")
        os.replace(fresh, folder / name)
