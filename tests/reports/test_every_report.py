"""Every report of the catalogue over the sample visit, in every medium, by the programs that people open it with."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from fieldkit.app.report_catalogue import REPORTS, About, ReportKind, report_kind
from fieldkit.kernel.errors import Mistake
from fieldkit.media.pdf import count_pages
from fieldkit.reports.blocks import Document
from fieldkit.reports.html import to_html
from fieldkit.reports.pdf import to_pdf
from fieldkit.reports.word import to_word
from tests.support.printed import as_pdf_by_libreoffice, axe_says


def test_every_web_page_passes_axe_core_in_chromium(documents: dict[str, Document], tmp_path: Path) -> None:
    found = axe_says({name: to_html(one) for name, one in documents.items()}, tmp_path)
    assert found == {name: [] for name in documents}


def test_every_word_document_has_as_many_pages_in_libreoffice_as_its_pdf(
    documents: dict[str, Document], tmp_path: Path
) -> None:
    files = {name: tmp_path / f"{name}.docx" for name in documents}
    for name, file in files.items():
        file.write_bytes(to_word(documents[name]))
    printed = as_pdf_by_libreoffice(list(files.values()), tmp_path / "printed")
    for name, pdf in zip(files, printed, strict=True):
        ours, theirs = count_pages(to_pdf(documents[name])), count_pages(pdf.read_bytes())
        assert abs(theirs - ours) <= max(1, ours // 10), (name, ours, theirs)


_NO_JUDGEMENTS = {"case-pathway", "hand-in", "held-figures", "escalation-sheet"}
"""Reports of facts alone: nothing in them waits to become final."""


@pytest.mark.parametrize("kind", [one for one in REPORTS if one.id not in _NO_JUDGEMENTS], ids=lambda one: one.id)
def test_provisional_stands_on_every_page(documents: dict[str, Document], kind: ReportKind) -> None:
    document = documents[kind.id]
    assert "provisional" in document.footer.casefold()
    with pypdfium2.PdfDocument(to_pdf(document)) as pages:
        assert all("provisional" in one.get_textpage().get_text_bounded().casefold() for one in pages)


@pytest.mark.parametrize("kind", REPORTS, ids=lambda one: one.id)
def test_the_same_data_give_the_same_bytes(documents: dict[str, Document], kind: ReportKind) -> None:
    document = documents[kind.id]
    assert to_pdf(document) == to_pdf(document)
    assert to_word(document) == to_word(document)


def test_ids_are_one_word_each_and_what_is_unknown_is_said() -> None:
    assert len({one.id for one in REPORTS}) == len(REPORTS)
    assert all(one.title and one.what.endswith(".") and isinstance(one.about, About) for one in REPORTS)
    with pytest.raises(Mistake, match=r"report\.unknown"):
        report_kind("nothing")
