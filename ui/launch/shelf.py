"""The framework packs that came with the program, as screens choose from them."""

from __future__ import annotations

from fieldkit.domain.assessment import PackPin
from fieldkit.domain.framework import Framework, Status
from fieldkit.frameworks.library import Library
from ui.presenters.services import PackOffer
from ui.presenters.wording import ui

_STATUS = {Status.LIVE: "in force", Status.PAUSED: "paused", Status.DRAFT: "draft", Status.RETIRED: "retired"}


class Shelf:
    """Implements ``ui.presenters.services.PackShelf`` on the built-in library."""

    def __init__(self, library: Library | None = None) -> None:
        self._library = library or Library()

    def offers(self) -> tuple[PackOffer, ...]:
        """Every published pack, in the library's order."""
        found = []
        for ref in self._library.available():
            framework = self._library.load(ref.id, ref.version, ref.digest)
            found.append(
                PackOffer(
                    pin=PackPin(id=ref.id, version=ref.version, digest=ref.digest),
                    title=framework.title,
                    statements=len(framework),
                    effective=f"from {ui.day(framework.effective_from)}, {_STATUS[framework.status]}",
                    subject=ref.subject,
                )
            )
        return tuple(found)

    def framework(self, pin: PackPin) -> Framework:
        """The pinned pack. Raises what ``Library.load`` raises."""
        return self._library.load(pin.id, pin.version, pin.digest)
