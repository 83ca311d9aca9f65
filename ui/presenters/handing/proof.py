"""What is signed before a vault goes, so that its office knows: by Hand in with a certificate, by Settings without."""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.app.ports import Identity, Vault
from fieldkit.domain.receipt import Signed
from fieldkit.kernel.errors import Refusal
from fieldkit.reports.wipe import Erased
from ui.presenters.services import Statements


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """The signed statement, and by whom it is given to the office at ``url``."""

    signed: Signed
    identity: Identity
    url: str


def prove(vault: Vault, statements: Statements, facts: Erased) -> Proof:
    """Sign what is about to be erased. Raises ``Refusal('wipe.not_enrolled')``."""
    identity, _ = vault.perform(lambda uow: uow.identity)
    enrolment = vault.questions.enrolment()
    if enrolment is None:
        raise Refusal("wipe.not_enrolled")
    return Proof(signed=statements.sign(vault.questions, identity, facts), identity=identity, url=enrolment.url)
