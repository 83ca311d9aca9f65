"""The certificate of hand-in from the Send screen: one page to file, as PDF and as its accessible HTML twin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fieldkit.app.hand_in import hand_in
from fieldkit.reports.hand_in import compose
from ui.presenters.passphrases import word_list
from ui.presenters.presenter import Presenter
from ui.presenters.services import Session, Sheets
from ui.presenters.wording import sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateState:
    """``notice`` says where it was saved, ``fault`` why it was not."""

    notice: str = ""
    fault: str = ""


class Certificate(Presenter[CertificateState]):
    """Reads the facts when it is asked for, never before: they hold only for that moment."""

    def __init__(self, session: Session, sheets: Sheets) -> None:
        super().__init__(CertificateState())
        self._session = session
        self._sheets = sheets

    def save(self, path: Path) -> None:
        """Write ``path`` and, beside it, the same as a web page."""
        made_at: datetime = self._session.clock.now()

        def saved() -> None:
            pair = f"{path.name}, and a web copy" if path.suffix.casefold() == ".pdf" else path.name
            self._show(CertificateState(notice=f"Certificate of hand-in saved as {pair}"))
            self._session.say(self.state.notice)

        self._session.workspace.maintain(  # of the whole vault, also for an adviser who is shown a part of it
            lambda vault: hand_in(vault.questions, words_of, made_at),
            lambda facts: self._sheets.save_document(path, compose(facts), saved, self._refused),
            self._refused,
        )

    def _refused(self, problem: Exception) -> None:
        self._show(CertificateState(fault=sentence(problem)))


def words_of(numbers: Sequence[int]) -> tuple[str, ...]:
    """A word of the shipped list for each number of a key's fingerprint."""
    words = word_list()
    return tuple(words[number] for number in numbers)
