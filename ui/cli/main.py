"""The ``fieldkit`` command: without a command the window opens, with one it does that and ends with a stable code."""

from __future__ import annotations

import errno
import os
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from fieldkit.kernel.errors import FieldKitError
from ui.cli import faults
from ui.cli.desk import Desk, Terminal
from ui.cli.parser import UsageError
from ui.cli.passphrase import ask_secret
from ui.cli.tree import make_parser

if TYPE_CHECKING:
    from fieldkit.kernel.clock import Clock


def entry_point() -> int:
    """What the installed command runs."""
    if not sys.warnoptions:  # a library's remark on a file is for developers: people are told by our own sentences
        warnings.simplefilter("ignore")
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a bundle without a console has no streams, or others
            stream.reconfigure(encoding="utf-8", errors="strict" if stream is sys.stdin else "backslashreplace")
    if sys.argv[1:] in ([], ["--check"]):
        return open_window()
    return main(sys.argv[1:])


def open_window() -> int:
    """Open the desktop app."""
    from ui.launch import main as launch

    return launch()


def main(
    argv: Sequence[str],
    *,
    stdin: TextIO | None = None,
    out: TextIO | None = None,
    err: TextIO | None = None,
    environ: Mapping[str, str] | None = None,
    clock: Clock | None = None,
    secret: Callable[[str], str] = ask_secret,
) -> int:
    """Run one command; its exit code. Everything it touches can be given, so that tests need no process."""
    terminal = Terminal(out or sys.stdout, err or sys.stderr, as_json=_wants_json(argv))
    try:
        options = make_parser().parse_args(list(argv))
        if getattr(options, "run", None) is None:
            raise UsageError("cli.command_needed", options.lacking.format_help().strip())
        desk = Desk(
            options=options, terminal=terminal, stdin=stdin or sys.stdin,
            environ=os.environ if environ is None else environ, clock=clock or _clock(), ask_secret=secret,
        )  # fmt: skip
        code: int = options.run(desk)
        terminal.out.flush()
        return code
    except SystemExit as done:  # --help and --version have said all there is
        return done.code if isinstance(done.code, int) else faults.OK
    except BrokenPipeError:
        return _nobody_reads(terminal)
    except KeyboardInterrupt:
        terminal.remark("\nStopped. What was saved stays saved.")
        return faults.STOPPED
    except UnicodeError:  # a file of another encoding, or bytes on the line that are no text
        return faults.tell(terminal, UsageError("cli.not_utf8", ""))
    except FieldKitError as error:
        return faults.tell(terminal, error)
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:  # asked of a name before it is opened
            return faults.tell(terminal, UsageError("cli.name_too_long", ""))
        # a bug: say so in a sentence, keep the places for whoever repairs it
        return _bug(terminal, error, environ)


def _wants_json(argv: Sequence[str]) -> bool:
    """Known before parsing, so that even a line that cannot be parsed is answered as asked."""
    until = list(argv).index("--") if "--" in argv else len(argv)
    return "--json" in list(argv)[:until]


def _clock() -> Clock:
    from fieldkit.kernel.clock import SystemClock

    return SystemClock()


def _nobody_reads(terminal: Terminal) -> int:
    # Python would complain again when it flushes at the end; give it somewhere to write to.
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), terminal.out.fileno())
    return faults.NOBODY_READS


def _bug(terminal: Terminal, error: Exception, environ: Mapping[str, str] | None) -> int:
    from ui.places import find_places

    with suppress(BrokenPipeError):
        return faults.tell_bug(
            terminal, error, find_places(environ).reports, _clock().now().strftime("%Y%m%dT%H%M%S%f")
        )
    return faults.BUG
