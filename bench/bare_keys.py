"""The limit row of typing: a bare window with one QPlainTextEdit; run as ``python -m bench.bare_keys``."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from PySide6.QtWidgets import QApplication, QPlainTextEdit, QVBoxLayout, QWidget

from bench.keystrokes import Strokes, prose, resident_mb, serve


def main() -> None:
    """Type when asked."""
    app = QApplication(sys.argv)
    window, line = QWidget(), QPlainTextEdit()
    memory = resident_mb()
    QVBoxLayout(window).addWidget(line)
    window.resize(1366, 688)
    window.show()
    line.setFocus()
    letters = _short_lines(line)

    def type_keys(asked: dict[str, object]) -> dict[str, object]:
        strokes = Strokes(window, line)
        keys = int(str(asked["keys"]))
        found = strokes.type(letters, lambda count: count >= keys)
        strokes.close()
        return found.told()

    serve({"type": type_keys, "memory": lambda _: {"mb": memory}})
    app.quit()


def _short_lines(line: QPlainTextEdit) -> Iterator[str]:
    """The same letters; Enter empties the field, as in the log."""
    for letter in prose():
        if letter == "\n":
            line.clear()
            yield " "
        else:
            yield letter


if __name__ == "__main__":
    main()
