"""The signed statement of an erased vault: its file (``.fieldwipe``) and its way to the office.

The file has the statement's exact bytes and their signature, as two lines of base64.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.app.ports import Identity, Questions
from fieldkit.domain.receipt import Signed
from fieldkit.kernel.errors import FieldKitError, Mistake, Refusal, Trouble

if TYPE_CHECKING:
    from fieldkit.reports.wipe import Erased
    from sync.http import CentralStore

SUFFIX = ".fieldwipe"
_FIRST = "fieldkit wiped 1"
_LARGEST = 1_000_000


def write_statement(signed: Signed, path: Path) -> None:
    """Write it. Raises ``Trouble`` as ``save`` does."""
    from fieldkit.reports.save import write_private
    from sync.wire.requests import to_base64

    text = f"{_FIRST}\n{to_base64(signed.data)}\n{to_base64(signed.signature)}\n"
    write_private(path, text.encode("ascii"))


def read_statement(path: Path) -> Signed:
    """Read it. Raises ``Mistake('cli.no_file')`` or ``Refusal('wipe.malformed')``."""
    from sync.wire.requests import from_base64

    try:
        data = path.expanduser().read_bytes()
    except OSError as error:
        raise Mistake("cli.no_file", field="file", file=path.name) from error
    try:
        first, statement, signature = data[:_LARGEST].decode("ascii").split("\n")[:3]
        if first != _FIRST:
            raise Refusal("wipe.malformed", file=path.name)
        return Signed(data=from_base64(statement), signature=from_base64(signature))
    except (ValueError, FieldKitError) as error:
        raise Refusal("wipe.malformed", file=path.name) from error


def sign(questions: Questions, identity: Identity, facts: Erased) -> Signed:
    """Sign it with the laptop's key, the last time that it is used. Raises ``Refusal('send.not_enrolled')``."""
    from fieldkit.app.wipe import statement
    from fieldkit.domain.wiped import sign_wiped

    return sign_wiped(statement(questions, identity, facts), identity.key)


def give(
    signed: Signed, certificate: Path, url: str, identity: Identity, connect: Callable[[str], CentralStore]
) -> Trouble | None:
    """Keep the statement beside the certificate, and give it to the office; why it could not be told, if so.

    Raises ``Refusal('central.wiped')`` where the office holds another end of a chain (then nothing may be erased, and
    the files of an erasing that is none are removed), ``Trouble`` where the file cannot be written.
    """
    write_statement(signed, certificate.with_suffix(SUFFIX))
    try:
        return tell(signed, url, identity, connect)
    except Refusal:
        forget(certificate)
        raise


def tell(signed: Signed, url: str, identity: Identity, connect: Callable[[str], CentralStore]) -> Trouble | None:
    """Give it to the office; why that could not be told, if so.

    Raises ``Refusal('central.wiped')`` where the office holds another end of a chain.
    """
    from sync.laptop import tell_wiped

    try:
        tell_wiped(url, signed, identity, connect)
    except Trouble as trouble:
        return trouble
    return None


def forget(certificate: Path) -> None:
    """A certificate of what is still here must not lie about, nor its web copy, nor its statement."""
    for file in (certificate, certificate.with_suffix(".html"), certificate.with_suffix(SUFFIX)):
        file.unlink(missing_ok=True)


class LateStatements:
    """Implements ``ui.presenters.services.Statements``; the HTTP client is imported when the office is told."""

    def __init__(self, connect: Callable[[str], CentralStore]) -> None:
        self._connect = connect

    def sign(self, questions: Questions, identity: Identity, facts: Erased) -> Signed:
        """Sign what was erased."""
        return sign(questions, identity, facts)

    def give(self, signed: Signed, certificate: Path, url: str, identity: Identity) -> Trouble | None:
        """To the office, and beside the certificate."""
        return give(signed, certificate, url, identity, self._connect)

    def tell(self, signed: Signed, url: str, identity: Identity) -> Trouble | None:
        """To the office alone."""
        return tell(signed, url, identity, self._connect)

    def forget(self, certificate: Path) -> None:
        """Nothing is erased after all."""
        forget(certificate)
