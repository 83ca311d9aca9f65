"""The framework packs of this laptop, as screens choose from them: those that came with the program and those added."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.kernel.errors import FieldKitError, Mistake
from ui.presenters.wording import ui

if TYPE_CHECKING:  # packs are read when somebody looks at them, not before the first screen is painted
    from fieldkit.domain.assessment import PackPin
    from fieldkit.domain.framework import Framework
    from fieldkit.frameworks.library import Library, PackRef
    from ui.presenters.services import PackOffer

_STATUS = {"live": "in force", "paused": "paused", "draft": "draft", "retired": "retired"}


class Shelf:
    """Implements ``ui.presenters.services.PackShelf``: the built-in library, and ``added`` where packs were added."""

    def __init__(self, library: Library | None = None, added: Path | None = None) -> None:
        self._given = library
        self._folder = added

    @cached_property
    def _built_in(self) -> Library:
        from fieldkit.frameworks.library import Library

        return self._given or Library()

    @cached_property
    def _added(self) -> Library | None:
        from fieldkit.frameworks.library import INDEX, Library

        found = self._folder is not None and (self._folder / INDEX).is_file()
        return Library(self._folder) if found else None

    def refresh(self) -> None:
        """A pack was added."""
        self.__dict__.pop("_added", None)

    def offers(self) -> tuple[PackOffer, ...]:
        """Every pack, those that came with the program first; an added one that cannot be read is left out."""
        from fieldkit.domain.assessment import PackPin
        from ui.presenters.services import PackOffer

        found = []
        for library, ref in self._refs():
            try:
                framework = library.load(ref.id, ref.version, ref.digest)
            except FieldKitError:
                if library is self._built_in:
                    raise
                continue  # somebody changed its files; the visits that use it say so
            found.append(
                PackOffer(
                    pin=PackPin(id=ref.id, version=ref.version, digest=ref.digest),
                    title=framework.title,
                    statements=len(framework),
                    effective=f"from {ui.day(framework.effective_from)}, {_STATUS[framework.status.value]}",
                    subject=ref.subject,
                )
            )
        return tuple(found)

    def framework(self, pin: PackPin) -> Framework:
        """The pinned pack. Raises what ``Library.load`` raises."""
        try:
            return self._built_in.load(pin.id, pin.version, pin.digest)
        except Mistake:  # not one of those that came with the program
            if self._added is None:
                raise
            return self._added.load(pin.id, pin.version, pin.digest)

    def warm(self) -> None:
        """Read those that came with the program, and what their tags are found by: 20 ms each before anybody waits."""
        from fieldkit.capture.completer import Completer
        from fieldkit.capture.vocabulary import Vocabulary

        for ref in self._built_in.available():
            framework = self._built_in.load(ref.id, ref.version, ref.digest)
            Completer(Vocabulary(frameworks=(framework,)))

    def _refs(self) -> Iterator[tuple[Library, PackRef]]:
        yield from ((self._built_in, ref) for ref in self._built_in.available())
        if (added := self._added) is not None:
            with suppress(FieldKitError):  # a damaged list of those added hides none of the others
                yield from ((added, ref) for ref in added.available())
