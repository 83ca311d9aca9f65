"""Pictures of every screen (``make screens``): the real window over the sample visit, in each theme and text size.

Pictures are looked at by people before a release; nothing here judges them. They go to ``docs/screens`` as PNGs of at
most 256 colours, which nobody can tell from the full ones and which take a quarter of the room.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from tests.gui import worlds
from tests.gui.stage import Stage
from tests.gui.tour import PARTS, Part, Visitor
from tests.support.vaults import quick_keys
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
    """Takes the pictures of one variant; ``taken`` names their files."""

    def __init__(self, stage: Stage, variant: Variant, folder: Path) -> None:
        self.stage = stage
        self.taken: list[str] = []
        self._variant = variant
        self._folder = folder
        stage.show_as(variant.colours, variant.percent, variant.size)

    def take(self, name: str) -> None:
        """Picture what is on the screen."""
        self.stage.settle()
        self.stage.pass_seconds(0.05)
        file = f"{name}-{self._variant.name}.png"
        save_small(self.stage.window.grab().toImage(), self._folder / file)
        self.taken.append(file)


def board(album: Visitor) -> None:
    """For the guide's first page: the log of the board meeting with its notes, and a line that is being typed."""
    stage = album.stage
    stage.open_practice()
    stage.press(Qt.Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "visit.agenda")
    day = stage.bench.visit
    assert day is not None
    most = max(day.state.lines, key=lambda line: line.notes)
    assert most.activity is not None
    stage.bench.open_log(most.activity.id)
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    stage.settle()
    stage.pass_seconds(0.3)
    stage.type("ch: who owns the recovery plan? #lc")
    album.take("22b-log-board")


def save_small(image: QImage, file: Path) -> None:
    """Save with a palette of 256 colours, the commonest exactly: words stay as sharp as they were."""
    from PIL import Image

    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    data = memoryview(plain.constBits()).tobytes()
    whole = Image.frombytes("RGB", (plain.width(), plain.height()), data, "raw", "RGB", plain.bytesPerLine())
    counts = Counter(memoryview(image.convertToFormat(QImage.Format.Format_RGB32).constBits()).cast("I").tolist())
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour, _ in counts.most_common(256) for part in colour.to_bytes(4, "big")[1:]])
    small = whole.quantize(palette=palette, dither=Image.Dither.NONE)
    small.save(file, optimize=True)


def main(wanted: list[str]) -> int:
    """Take all pictures, or those of the variants named on the command line."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from ui.launch.application import make_application

    app = make_application(["screens"])
    OUT.mkdir(parents=True, exist_ok=True)
    for variant in (one for one in VARIANTS if not wanted or one.name in wanted):
        taken: set[str] = set()
        for name, part in {**PARTS, "board": Part(walk=board, least=1, prepare=worlds.practice)}.items():
            with _laptop() as folder, quick_keys():
                part.prepare(folder)
                with Stage(folder, size=variant.size) as stage:
                    album = Album(stage, variant, OUT)
                    part.walk(album)
            taken.update(album.taken)
            print(f"{variant.name} {name}: {len(album.taken)} pictures", flush=True)
        _remove_stale(variant, taken)
    app.quit()
    return 0


@contextmanager
def _laptop() -> Iterator[Path]:
    """An empty folder that has the same name each time, for first run shows it."""
    folder = Path(tempfile.gettempdir()) / "fieldkit-screens"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _remove_stale(variant: Variant, taken: set[str]) -> None:
    """Pictures of screens that are no longer on the tour."""
    for file in OUT.glob(f"*-{variant.name}.png"):
        if file.name not in taken:
            file.unlink()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
