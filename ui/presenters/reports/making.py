"""Makes a report behind the screen: read from the vault as it is at one moment, set on the work lane, a page at a time.

Whatever was asked for last counts; what is stopped leaves no file, and no part of one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from fieldkit.app.lanes import run
from fieldkit.app.ports import StillVault
from fieldkit.app.report_check import Concern, placed
from fieldkit.kernel.errors import Mistake
from fieldkit.media.pdf import count_pages, page_text, page_texts, show_page
from fieldkit.reports.blocks import Document
from ui.presenters.services import Session

LONGEST = 1600
"""Pixels of a page's longer side on the screen."""
_TOLD_EVERY = 5
"""Pages between two words on how far it is."""
Failed = Callable[[Exception], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PagesFile:
    """The PDF that would be saved, in memory only."""

    pdf: bytes
    count: int


class Making:
    """One for a page; ``busy`` is told how far it is."""

    def __init__(self, session: Session, busy: Callable[[str], None]) -> None:
        self._session = session
        self._busy = busy
        self._is_stopped = False
        self._is_closed = False

    def close(self) -> None:
        """Nothing comes home any more."""
        self._is_stopped = self._is_closed = True

    def stop(self) -> None:
        """Give up what is being made."""
        self._is_stopped = True

    def pages(
        self, read: Callable[[StillVault], tuple[Document, tuple[Concern, ...]]],
        done: Callable[[tuple[PagesFile, tuple[Concern, ...]]], None], failed: Failed,
    ) -> None:  # fmt: skip
        """The whole report as pages to look at."""
        self._is_stopped = False

        def set_pages(found: tuple[Document, tuple[Concern, ...]]) -> None:
            document, concerns = found

            def make() -> tuple[PagesFile, tuple[Concern, ...]]:
                from fieldkit.reports.pdf import to_pdf  # here, behind the screen: with reportlab it takes 200 ms

                pdf = to_pdf(document, self._begun)
                return PagesFile(pdf=pdf, count=count_pages(pdf)), placed(concerns, page_texts(pdf))

            self._run(make, done, failed)

        self._session.workspace.look_over(read, self._home(set_pages), self._home(failed))

    def draw(self, pages: PagesFile, page: int, done: Callable[[tuple[bytes, str]], None], failed: Failed) -> None:
        """One page as a picture, and its words for who cannot see it."""
        self._run(lambda: (show_page(pages.pdf, page, LONGEST)[0], page_text(pages.pdf, page)), done, failed)

    def save(
        self, read: Callable[[StillVault], Document], path: Path, with_word: bool, done: Callable[[int], None],
        failed: Failed,
    ) -> None:  # fmt: skip
        """The file, its web page where it is a PDF, and a Word document where one is wanted; how many files."""
        self._is_stopped = False

        def write(document: Document) -> None:
            self._run(lambda: self._written(document, path, with_word), done, failed)

        self._session.workspace.look_over(read, self._home(write), self._home(failed))

    def _written(self, document: Document, path: Path, with_word: bool) -> int:
        from fieldkit.reports.save import save

        files = [path]
        if path.suffix.casefold() == ".pdf":
            files.append(path.with_suffix(".html"))
        if with_word and path.suffix.casefold() != ".docx":
            files.append(path.with_suffix(".docx"))
        for one in files:
            self._check()
            save(document, one, self._begun)
        return len(files)

    def _begun(self, page: int) -> None:
        self._check()
        if page % _TOLD_EVERY == 1:
            self._session.workspace.lanes.deliver(
                lambda: None if self._is_closed else self._busy(f"Making page {page}")
            )

    def _check(self) -> None:
        if self._is_stopped:
            raise Mistake("report.stopped")

    def _run(self, job: Callable[[], T], done: Callable[[T], None], failed: Failed) -> None:
        lanes = self._session.workspace.lanes
        run(lanes.work, lanes.deliver, job, self._home(done), self._home(failed))

    def _home(self, told: Callable[[T], None]) -> Callable[[T], None]:
        return lambda found: None if self._is_closed else told(found)
