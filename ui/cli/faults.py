"""What went wrong, as one sentence, one JSON problem and one exit code; a bug as a sentence and a report file."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from fieldkit.kernel.errors import FieldKitError, Mistake, Refusal, each_of
from ui.cli.desk import Terminal
from ui.cli.parser import UsageError

OK: Final = 0
FOUND: Final = 1
"""The command did its work and found something wrong (verify, check)."""
MISTAKE: Final = 2
TROUBLE: Final = 3
REFUSED: Final = 4
BUG: Final = 70
STOPPED: Final = 130
"""Ctrl+C: 128 + SIGINT, as every shell understands it."""
NOBODY_READS: Final = 141
"""The reader of a pipe went away: 128 + SIGPIPE."""

_KEPT_ON_SCREEN = re.compile(
    r"(?:Your text is still on screen|What you typed is kept as a draft"
    r"|Your text is kept on this laptop and can be saved after that)"
)
_NOT_KEPT = "This was not saved"


def exit_code(error: FieldKitError) -> int:
    """The exit code for an expected error."""
    if isinstance(error, Mistake):
        return MISTAKE
    return REFUSED if isinstance(error, Refusal) else TROUBLE


def told_here(words: str) -> str:
    """A sentence as it is true in a terminal: no screen holds what was given there, and no draft does.

    Whoever believed that their words were kept would not give them again.
    """
    is_said = words.startswith("Not saved")
    return (
        _KEPT_ON_SCREEN.sub("" if is_said else _NOT_KEPT, words)
        .replace(". . ", ". ")
        .replace("press Ctrl+S", "try again")
    )


def tell(terminal: Terminal, error: FieldKitError) -> int:
    """Say an expected error; the exit code."""
    from ui.presenters.wording import sentence

    code, each = exit_code(error), each_of(error) if isinstance(error, Mistake) else (error,)
    others = [(one.code, told_here(sentence(one))) for one in each[1:]]
    problem(terminal, error.code, told_here(sentence(error)), code, others)
    if isinstance(error, UsageError) and error.usage:
        terminal.remark(error.usage)
    return code


def problem(
    terminal: Terminal, code: str, words: str, exit_with: int, others: Sequence[tuple[str, str]] = ()
) -> None:  # fmt: skip
    """One sentence on standard error and, for a program, one problem on standard output; ``others`` of the same call
    are said too, each on its line.
    """
    if terminal.as_json:
        body: dict[str, object] = {"code": code, "detail": words, "exit": exit_with}
        if others:
            body["also"] = [{"code": code, "detail": words} for code, words in others]
        terminal.out.write(json.dumps({"problem": body}, ensure_ascii=False, indent=2) + "\n")
    for each in (words, *(words for _, words in others)):
        terminal.remark(each if each.endswith((".", ":")) else each + ".")


def tell_bug(terminal: Terminal, error: BaseException, folder: Path, stamp: str) -> int:
    """Write a report without anything a person typed, and say where it lies; the exit code."""
    from ui.presenters.wording import sentence

    file = folder / f"fault-{stamp}.txt"
    where = str(file) if _write_report(error, file) else ""
    code = "cli.bug" if where else "cli.bug_unwritten"
    problem(terminal, code, sentence(code, file=where, kind=type(error).__name__), BUG)
    return BUG


def _write_report(error: BaseException, file: Path) -> bool:
    from fieldkit import __version__
    from fieldkit.reports.save import write_private
    from ui.qt.crash_report import crash_report

    with suppress(OSError, FieldKitError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(file, crash_report(error, error.__traceback__, version=__version__).encode())
        return True
    return False
