"""How this laptop gets out of a network, and what goes over a connection that is paid for: kept in the vault.

The password of a proxy is a secret of the person's or the site's, so none of this is in the settings file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

from fieldkit.kernel.errors import Mistake

if TYPE_CHECKING:
    from fieldkit.app.ports import Questions, UnitOfWork

PREFIX: Final = "network/"
SYSTEM, DIRECT = "", "direct"
FILES: Final = ("ask", "always", "never")
ON: Final = "yes"
_ADDRESS: Final = re.compile(r"https?://(\[[0-9a-fA-F:]+\]|[\w.-]+)(:\d{1,5})?/?")
_LONGEST: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkChoices:
    """``proxy`` is ``SYSTEM``, ``DIRECT`` or an address; ``authorities`` a file of certificates (PEM).

    ``metered`` is ``ON`` when the person says that the connection is paid for by the amount; ``files`` what the files
    of attachments do on such a connection: one of ``FILES``.
    """

    proxy: str = SYSTEM
    user: str = ""
    password: str = ""
    authorities: str = ""
    metered: str = ""
    files: str = FILES[0]

    def __repr__(self) -> str:
        return f"NetworkChoices(proxy={self.proxy!r}, files={self.files!r})"  # never the password


def read_choices(questions: Questions) -> NetworkChoices:
    """What was chosen; what is not readable counts as not chosen."""
    found = {one.name: questions.setting(PREFIX + one.name) or "" for one in fields(NetworkChoices)}
    if found["files"] not in FILES:
        found["files"] = FILES[0]
    return NetworkChoices(**found)


def keep_choices(uow: UnitOfWork, choices: NetworkChoices) -> NetworkChoices:
    """Keep them. Raises ``Mistake('send.proxy_address')`` for an address that is none."""
    check_proxy(choices.proxy)
    for one in fields(NetworkChoices):
        uow.set_setting(PREFIX + one.name, getattr(choices, one.name) or None)
    return choices


def check_proxy(address: str) -> None:
    """Raises ``Mistake('send.proxy_address')`` unless it is an address of a proxy that can be used, or none."""
    if address in (SYSTEM, DIRECT):
        return
    if len(address) > _LONGEST or _ADDRESS.fullmatch(address) is None:
        raise Mistake("send.proxy_address", field="proxy", address=address)
