"""Three kinds of expected failure, told apart by what a person can do about them.

Anything that is not one of these is a bug and ends in the crash sheet. The words a person reads are
kept in ``ui.presenters.wording``, keyed by ``code``; a test fails where a code lacks wording.
"""

from __future__ import annotations


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


class Trouble(FieldKitError):
    """Disk, network, clock or passphrase: a banner with a remedy, and work goes on."""


class Refusal(FieldKitError):
    """An authority (the central store, a rule of the vault) said no; the item says so."""
