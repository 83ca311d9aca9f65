"""The central store's records in a vault that lasts as long as one command: the same core reads both.

What a laptop of that person would be given is taken into an encrypted vault in a private folder of the system's
temporary ones, under a key that nobody ever sees, and the folder is removed whatever happens. So coverage, scores,
findings, reports and exports of the office are not worked out a second time: they are those of a laptop
(docs/decisions/0168). Nothing can be added: what is written into it goes with it, and commands that write do not
offer ``--store``.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ui.cli.desk import Desk

if TYPE_CHECKING:
    from central.core import Core
    from central.read_out import Signer
    from fieldkit.app.handing_over import KnownLaptop
    from fieldkit.kernel.clock import Clock
    from storage.vault import OpenVault

NAME, INITIALS = "Central store", "CS"


@contextmanager
def office_vault(desk: Desk) -> Iterator[OpenVault]:
    """The vault that a command with ``--store`` reads, closed and removed at the end.

    Raises ``Mistake('cli.none_yet' | 'cli.not_found' | 'cli.which')`` and what ``central.read_out.reader`` raises.
    """
    from central.core import open_core
    from central.settings import Settings

    settings = Settings.load(Path(desk.options.office_store).expanduser().absolute())
    with closing(open_core(settings, desk.clock)) as core:
        subject = _assessment(desk, core)
        with store_vault(core, subject, desk.options.office_reader or "", _command(desk), desk.clock) as vault:
            yield vault


@contextmanager
def store_vault(core: Core, assessment: str, name: str, what: str, clock: Clock) -> Iterator[OpenVault]:
    """What ``name`` may read of an assessment, as a vault; ``what`` it is read for stands in the audit."""
    from fieldkit.app.blind_scores import nobody_scores_here
    from storage.keyfile import FLOOR
    from storage.vault import create_vault

    folder = Path(tempfile.mkdtemp(prefix="fieldkit-office-"))
    try:
        # 256 random bits: stretching a passphrase that nobody can guess would be a second of nothing
        vault = create_vault(
            folder / "vault", secrets.token_urlsafe(32), name=NAME, initials=INITIALS, clock=clock, cost=FLOOR
        )
        try:
            _fill(vault, core, assessment, name, what)
            vault.perform(nobody_scores_here)
            yield vault
        finally:
            vault.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fill(vault: OpenVault, core: Core, assessment: str, name: str, what: str) -> None:
    from central.read_out import read_out, reader

    hand_over = vault.sync_store.hand_over
    hand_over.begin()
    for page in read_out(core, assessment, reader(core, name, assessment), what):
        hand_over.take_in(page.revisions, [_laptop(one, assessment) for one in page.signers])


def _laptop(one: Signer, assessment: str) -> KnownLaptop:
    from fieldkit.app.handing_over import KnownBy, KnownLaptop
    from fieldkit.kernel.ids import AssessmentId, AuthorId, DeviceId

    return KnownLaptop(
        device=DeviceId(one.device), author=AuthorId(one.author), public=one.public, name="", role="",
        assessments=frozenset({AssessmentId(assessment)}), by=KnownBy.OFFICE,
    )  # fmt: skip


def _assessment(desk: Desk, core: Core) -> str:
    """The assessment that is meant: the only one, or the one that is named."""
    from central.reading import assessments
    from ui.cli import choose

    known, wanted = assessments(core, None).assessments, getattr(desk.options, "assessment", None)
    return choose.pick("assessment", known, wanted, lambda one: one.name, lambda one: one.id).id


def _command(desk: Desk) -> str:
    """Which command reads, for the audit: "report make evidence-pack"."""
    return " ".join(filter(None, (desk.options.called, getattr(desk.options, "kind", ""))))
