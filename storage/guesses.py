"""Guesses of the passphrase slow down and never wipe anything.

Five are free, then 30 seconds, a minute, two … at most a quarter of an hour lie between them (ux S2), so never more
than ten fall within five minutes (Cyber Essentials). The count lies in a small file beside the vault and is raised
*before* a guess is tried, so that ending the program early wins nothing. Waiting is measured by the monotonic clock;
after a restart of the machine, whose wall clock may be set at will, the whole wait begins again. Who takes the disk
away is stopped by the passphrase's strength and Argon2id alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from fieldkit.kernel.clock import Clock
from fieldkit.kernel.errors import Trouble
from storage.files import write_whole

NAME = "vault.tries"
FREE = 5
FIRST_WAIT = 30
LONGEST_WAIT = 900
"""More would let a child at the keyboard lock an assessor out for the morning."""
_KEPT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Guesses:
    """Wrong guesses since the last right one: how many, and when (``mono_ms`` within ``boot``) the latest were."""

    count: int = 0
    boot: str = ""
    at_ms: tuple[int, ...] = ()

    def wait_seconds(self, clock: Clock) -> int:
        """How long until the next guess may be tried; nought for at once."""
        if not self.at_ms:
            return 0
        now = clock.monotonic_ms()
        steps = self.count - FREE
        pause = 0 if steps < 0 else min(FIRST_WAIT * 2 ** min(steps, LONGEST_WAIT.bit_length()), LONGEST_WAIT)
        return max(0, -(-(self.at_ms[-1] + pause * 1000 - now) // 1000))

    def in_this_boot(self, clock: Clock) -> Guesses:
        """The same guesses, taken as made just now if the machine was restarted since.

        None is taken as made later than now: a damaged file must not lock the owner out.
        """
        now = clock.monotonic_ms()
        if self.boot != clock.boot():
            return Guesses(count=self.count, boot=clock.boot(), at_ms=tuple(now for _ in self.at_ms))
        if all(at <= now for at in self.at_ms):
            return self
        return Guesses(count=self.count, boot=self.boot, at_ms=tuple(min(at, now) for at in self.at_ms))

    def with_another(self, clock: Clock) -> Guesses:
        """One more guess, made now."""
        latest = (*self.at_ms, clock.monotonic_ms())[-_KEPT:]
        return Guesses(count=self.count + 1, boot=clock.boot(), at_ms=latest)


def before_guess(folder: Path, clock: Clock, name: str = NAME) -> None:
    """Count a guess that is about to be tried; ``name`` is the file that counts.

    Raises ``Trouble('vault.wait')`` when it is too early.
    """
    path = folder / name
    stored = _read(path)
    guesses = stored.in_this_boot(clock)
    if seconds := guesses.wait_seconds(clock):
        if guesses is not stored:
            _write(path, guesses)
        raise Trouble("vault.wait", seconds=seconds)
    _write(path, guesses.with_another(clock))


def seconds_to_wait(folder: Path, clock: Clock) -> int:
    """How long until the next guess may be tried."""
    return _read(folder / NAME).in_this_boot(clock).wait_seconds(clock)


def guessed_right(folder: Path, name: str = NAME) -> None:
    """Forget the wrong guesses."""
    try:
        (folder / name).unlink(missing_ok=True)
    except OSError:  # a read-only disk is told by the write probe on opening
        return


def _read(path: Path) -> Guesses:
    try:
        raw = json.loads(path.read_bytes())
        return Guesses(
            count=int(raw["count"]), boot=str(raw["boot"]),
            at_ms=tuple(sorted(int(at) for at in raw["at_ms"]))[-_KEPT:],
        )  # fmt: skip
    except (OSError, ArithmeticError, ValueError, KeyError, TypeError, RecursionError):  # int(Infinity) overflows
        return Guesses()


def _write(path: Path, guesses: Guesses) -> None:
    body = {"count": guesses.count, "boot": guesses.boot, "at_ms": list(guesses.at_ms)}
    try:
        write_whole(path, json.dumps(body).encode("ascii"))
    except OSError:  # the owner with the right passphrase must get in even where nothing can be written
        return
