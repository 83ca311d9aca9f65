"""Pictures of every screen (``make screens``): the real window over the sample visit, in each theme and text size.

Pictures are looked at by people before a release; nothing here judges them. They go to ``docs/screens``.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from tests.gui.stage import PASSPHRASE, Stage
from ui.presenters.display import Colours
from ui.presenters.services import Enrolled
from ui.presenters.workbench import Page

OUT = Path("docs/screens")
_Key = Qt.Key


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
        stage.house.display.colours(variant.colours)
        stage.house.display.size(variant.percent)
        stage.resize(*variant.size)

    def take(self, name: str) -> None:
        """Picture what is on the screen."""
        self.stage.settle()
        self.stage.pass_seconds(0.05)
        self.stage.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32).save(
            str(self._folder / f"{name}-{self._variant.name}.png"), quality=0
        )


def first_run(album: Album) -> None:
    """The wizard, page by page, to an empty Home and the form of a visit."""
    stage = album.stage
    album.take("01-welcome")
    stage.press(_Key.Key_Return)
    stage.press(_Key.Key_Return)
    album.take("02-you-with-mistake")
    stage.tab_to("setup.name")
    stage.type("Asha Smith")
    stage.press(_Key.Key_Return)
    stage.type("gravel lantern")
    album.take("03-passphrase")
    stage.type(PASSPHRASE.removeprefix("gravel lantern"))
    stage.tab_to("setup.again")
    stage.type(PASSPHRASE)
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "setup.recovery.save", 60)
    album.take("04-recovery-key")
    stage.tab_to("setup.stored.0")
    stage.press(_Key.Key_Space)
    stage.press(_Key.Key_Return)
    stage.press(_Key.Key_Space)
    album.take("05-how-will-you-work")
    _show_enrolled(stage)
    album.take("06-enrolled")
    stage.press(_Key.Key_Return)
    stage.settle()
    album.take("07-pack")
    stage.press(_Key.Key_Return)
    album.take("08-ready")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.window.desk is not None)
    stage.settle()
    album.take("09-home-empty")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "new_visit.assessment_name")
    stage.type("Northshire ICS")
    album.take("10-new-visit")
    stage.bench.stop_creating()
    stage.settle()
    stage.bench.go(Page.SEND)
    album.take("11-send-alone")
    stage.window.lock()
    stage.until(lambda: stage.focus.objectName() == "unlock.passphrase")
    stage.type("not this one at all")
    stage.press(_Key.Key_Return)
    stage.until(lambda: not stage.shows("unlock.busy"), 30)
    album.take("12-locked")
    stage.find("unlock.forgotten").setFocus()
    stage.press(_Key.Key_Return)
    album.take("13-recovery")


def sample(album: Album) -> None:
    """The sample visit: Home, the visit, the live log in its states, Send, Settings, Help."""
    stage = album.stage
    stage.open_practice()
    album.take("20-home")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "visit.agenda")
    album.take("21-visit")
    stage.press(_Key.Key_Return)
    stage.until(lambda: stage.focus.objectName() == "log.capture")
    album.take("22-log")
    stage.type('dn: "nobody told us" about the audit #lc')
    album.take("23-log-completing")
    stage.type("-")
    stage.press(_Key.Key_Return)
    stage.note("! xy: No doctor on the ward at night, 943 476 5919 #lx")
    album.take("24-log-remarks")
    stage.press(_Key.Key_F2)
    stage.until(lambda: stage.focus.objectName() == "amend.text")
    album.take("25-add-words")
    stage.press(_Key.Key_Escape)
    stage.chord(_Key.Key_T)
    stage.type("lear")
    album.take("26-tag")
    stage.press(_Key.Key_Escape)
    stage.press(_Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    album.take("27-withdraw")
    stage.press(_Key.Key_Return)
    stage.settle()
    album.take("28-withdrawn")
    stage.bench.go(Page.SEND)
    stage.settle()
    album.take("30-send")
    stage.bench.go(Page.SETTINGS)
    album.take("31-settings")
    stage.bench.go(Page.HELP)
    album.take("32-help")
    stage.chord(_Key.Key_K)
    album.take("33-find-or-do")
    stage.press(_Key.Key_Escape)
    stage.press(_Key.Key_F9)
    album.take("34-hidden")
    stage.press(_Key.Key_F9)


PARTS: dict[str, Callable[[Album], None]] = {"first-run": first_run, "sample": sample}


def _show_enrolled(stage: Stage) -> None:
    """What enrolling shows, without an office: the words are the presenter's own."""
    wizard = stage.window.wizard
    assert wizard is not None
    wizard.show_enrolled(
        Enrolled(
            office="Care Quality Commission",
            user="Asha Smith",
            store_words=("gravel", "lantern", "orbit", "velvet", "maple", "harbour"),
            laptop_words=("candle", "river", "pencil", "autumn", "copper", "signal"),
        )
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
    from ui.launch.program import make_application

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
