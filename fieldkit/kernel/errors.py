"""Three kinds of expected failure, told apart by what a person can do about them.

Anything that is not one of these is a bug and ends in the crash sheet. The words a person reads are
kept in ``ui.presenters.wording``, keyed by ``code``; a test fails where a code lacks wording.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class FieldKitError(Exception):
    """An expected failure with a stable code and the facts its sentence needs.

    ``code`` is dotted, lower case, for ever (``vault.passphrase_wrong``). ``details`` hold what the
    sentence names (a folder, a number, a field); never evidence text, never a secret.
    """

    def __init__(self, code: str, /, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    def __str__(self) -> str:
        facts = ", ".join(f"{key}={value!r}" for key, value in self.details.items())
        return f"{self.code} ({facts})" if facts else self.code


class Mistake(FieldKitError):
    """The person can repair it now; shown beside the field named by ``details['field']``."""


class Mistakes(Mistake):
    """Several at once, so that a person sees all of them and mends them in one go; by itself it is its first one."""

    def __init__(self, first: Mistake, *others: Mistake) -> None:
        super().__init__(first.code, **first.details)
        self.each: tuple[Mistake, ...] = (first, *others)


def each_of(problem: Mistake) -> tuple[Mistake, ...]:
    """The mistakes that one stands for: itself, or each of several."""
    return problem.each if isinstance(problem, Mistakes) else (problem,)


class Finding:
    """Gathers mistakes while something is checked: at each field the first that is found, all fields at once."""

    def __init__(self) -> None:
        self._found: list[Mistake] = []

    def unless(self, is_right: bool, code: str, /, **details: object) -> None:
        """Note a mistake where ``is_right`` is false."""
        if not is_right:
            self.add(Mistake(code, **details))

    def when(self, is_wrong: object, code: str, /, **details: object) -> None:
        """Note a mistake where ``is_wrong`` is true."""
        self.unless(not is_wrong, code, **details)

    def read(self, reading: Callable[[], T]) -> T | None:
        """What ``reading`` gives; None where it raises ``Mistake``, which is noted."""
        try:
            return reading()
        except Mistakes as problem:
            for one in problem.each:
                self.add(one)
        except Mistake as problem:
            self.add(problem)
        return None

    def settle(self) -> None:
        """Raise what was found: ``Mistake`` for one, ``Mistakes`` for several, nothing for none."""
        if len(self._found) > 1:
            raise Mistakes(*self._found)
        if self._found:
            raise self._found[0]

    def add(self, found: Mistake) -> None:
        """Note a mistake that was found already."""
        field = found.details.get("field")
        if field is None or all(one.details.get("field") != field for one in self._found):
            self._found.append(found)


class Trouble(FieldKitError):
    """Disk, network, clock or passphrase: a banner with a remedy, and work goes on."""


class Refusal(FieldKitError):
    """An authority (the central store, a rule of the vault) said no; the item says so."""
