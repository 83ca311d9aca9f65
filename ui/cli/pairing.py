"""What ``fieldkit pair …`` does: two laptops, a cable or the site's network, and a code of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.cli import faults
from ui.cli.desk import Desk
from ui.cli.handed_facts import account_facts
from ui.cli.sending import calling
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from storage.vault import OpenVault
    from sync.pairing.channel import Channel
    from sync.pairing.exchange import Met


def show(desk: Desk) -> int:
    """Show a code and wait for the other laptop."""
    from contextlib import closing

    from sync.pairing.meeting import PORT, Code, Showing
    from ui.presenters.passphrases import word_list

    with (
        opened(desk, is_whole=True) as vault,
        closing(Showing(Code.make(word_list()), desk.options.port or PORT)) as showing,
    ):
        desk.terminal.remark(f"Type on the other laptop: {showing.code.text}")
        desk.terminal.remark(f"If it does not find this one: {' or '.join(showing.addresses)}. Ctrl+C ends waiting.")
        return _exchange(desk, vault, showing.wait(), gives_first=True)


def join(desk: Desk) -> int:
    """Type the code that the other laptop shows."""
    from sync.pairing.meeting import Code, dial

    code = Code.read(" ".join(desk.options.code))
    with opened(desk, is_whole=True) as vault:  # before the line: a wrong passphrase must not keep the other waiting
        return _exchange(desk, vault, dial(code, desk.options.address or ""), gives_first=False)


def _exchange(desk: Desk, vault: OpenVault, channel: Channel, *, gives_first: bool) -> int:
    from fieldkit import __version__
    from sync.pairing.exchange import Exchange

    exchange = Exchange(
        channel=channel, call=calling(vault), clock=desk.clock, app=__version__, gives_first=gives_first,
        folder=vault.folder,
    )  # fmt: skip
    try:
        exchange.run()
    finally:
        channel.close()
        _tell(desk, exchange.met)
    return faults.OK


def _tell(desk: Desk, met: Met) -> None:
    from ui.presenters.handing_over.words import lines_of_meeting

    facts = {
        "with": met.name, "gave": met.gave, "whole": met.is_over, "sealed": met.sealed, "carries": met.carries,
        **account_facts(met.took),
    }  # fmt: skip
    desk.terminal.show(facts, lines_of_meeting(met.name, met.gave, met.took, met.sealed, carries=met.carries))
