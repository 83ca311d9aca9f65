"""An invitation beyond its code: the one line of text, as a QR code in the terminal and on a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.kernel.errors import Mistake
from ui.cli.desk import Desk

if TYPE_CHECKING:
    from central.admin import Invite
    from central.settings import Settings

ADDRESS_VARIABLE = "FIELDKIT_ADDRESS"
"""Where laptops reach the store, where nothing else is said."""


def invitation(desk: Desk, settings: Settings, made: Invite) -> tuple[dict[str, Any], list[str]]:
    """What the answer has besides, and the lines of it. Raises ``Mistake('cli.no_folder')`` for the page's folder."""
    from central.core import open_core
    from fieldkit.domain.invitation import invitation_text

    options = desk.options
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = options.address or desk.environ.get(ADDRESS_VARIABLE, "") or f"http://{host}:{settings.port}"
    core = open_core(settings, desk.clock)
    core.close()
    text = invitation_text(address, made.code, core.key.public)
    facts: dict[str, Any] = {"text": text, "address": address}
    lines = [f"Whole text: {text}"]
    if options.qr:
        from fieldkit.reports.qr import encode, in_terminal

        lines += ["", *in_terminal(encode(text))]
    if options.sheet:
        facts["sheet"] = _page(desk, made, address, text, core.office, core.key.public)
        lines.append(f"Page: {facts['sheet']}. Whoever has it first joins as {made.name}.")
    return facts, lines


def check_sheet(desk: Desk) -> None:
    """Before a code is made. Raises ``Mistake('cli.no_folder')``."""
    file = desk.options.sheet
    if file and not Path(file).expanduser().absolute().parent.is_dir():
        raise Mistake("cli.no_folder", field="sheet", folder=str(Path(file).expanduser().absolute().parent))


def _page(desk: Desk, made: Invite, address: str, text: str, office: str, key: bytes) -> str:
    from fieldkit.kernel.signing import fingerprint
    from fieldkit.reports.invitation import Invited, compose
    from fieldkit.reports.save import save
    from ui.cli.key_words import words_of

    file = Path(desk.options.sheet).expanduser().absolute()
    page = Invited(
        office=office, name=made.name, address=address, code=made.code, text=text, expires_at=made.expires_at,
        store_words=words_of(fingerprint(key)),
    )  # fmt: skip
    save(compose(page), file)
    return str(file)
