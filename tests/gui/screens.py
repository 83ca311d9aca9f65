"""Pictures of every screen (``make screens``): the real window over the sample visit, in each theme and text size.

Pictures are looked at by people before a release; nothing here judges them. They go to ``docs/screens``.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage

from tests.gui.stage import Stage
from tests.gui.tour import PARTS
from ui.presenters.display import Colours

OUT = Path("docs/screens")


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A way the screens are shown."""

    name: str
    colours: Colours = Colours.LIGHT
    percent: int = 100
    size: tuple[int, int] = (1366, 688)


VARIANTS = (
    Variant(name="light"),
    Variant(name="dark", colours=Colours.DARK),
    Variant(name="contrast", colours=Colours.HIGH_CONTRAST),
    Variant(name="200", percent=200),
    Variant(name="small", size=(1092, 534)),
)


class Album:
    """Takes the pictures of one variant."""

    def __init__(self, stage: Stage, variant: Variant, folder: Path) -> None:
        self.stage = stage
        self._variant = variant
        self._folder = folder
        stage.show_as(variant.colours, variant.percent, variant.size)

    def take(self, name: str) -> None:
        """Picture what is on the screen."""
        self.stage.settle()
        self.stage.pass_seconds(0.05)
        self.stage.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32).save(
            str(self._folder / f"{name}-{self._variant.name}.png"), quality=0
        )


@contextmanager
def _stage(home: Path, size: tuple[int, int]) -> Iterator[Stage]:
    stage = Stage(home, size=size)
    try:
        yield stage
    finally:
        stage.close()


def main(wanted: list[str]) -> int:
    """Take all pictures, or those of the variants named on the command line."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ui.launch.application import make_application

    app = make_application(["screens"])
    OUT.mkdir(parents=True, exist_ok=True)
    for variant in (one for one in VARIANTS if not wanted or one.name in wanted):
        for name, part in PARTS.items():
            with (
                tempfile.TemporaryDirectory(prefix="fieldkit-screens-") as folder,
                _stage(Path(folder), variant.size) as stage,
            ):
                part(Album(stage, variant, OUT))
            print(f"{variant.name} {name}")
    app.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
