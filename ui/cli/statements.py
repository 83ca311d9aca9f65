"""The file of a signed statement (``.fieldwipe``): its exact bytes and their signature, as two lines of base64."""

from __future__ import annotations

from pathlib import Path

from fieldkit.domain.receipt import Signed
from fieldkit.kernel.errors import FieldKitError, Mistake, Refusal
from sync.wire.requests import from_base64, to_base64

SUFFIX = ".fieldwipe"
_FIRST = "fieldkit wiped 1"
_LARGEST = 1_000_000


def write_statement(signed: Signed, path: Path) -> None:
    """Write it. Raises ``Trouble`` as ``save`` does."""
    from fieldkit.reports.save import write_private

    text = f"{_FIRST}\n{to_base64(signed.data)}\n{to_base64(signed.signature)}\n"
    write_private(path, text.encode("ascii"))


def read_statement(path: Path) -> Signed:
    """Read it. Raises ``Mistake('cli.no_file')`` or ``Refusal('wipe.malformed')``."""
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
