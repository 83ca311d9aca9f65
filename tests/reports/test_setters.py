"""PDF, HTML and plain text say the same, escape what is not markup, and lose no letter."""

from __future__ import annotations

from datetime import UTC, datetime

import pypdfium2
import pytest

from fieldkit.media.pdf import count_pages
from fieldkit.reports import html, plain
from fieldkit.reports.blocks import (
    Block,
    CodeGroups,
    Document,
    Heading,
    KeyFacts,
    KeyList,
    Note,
    Paragraph,
    Points,
    Steps,
    Table,
)
from fieldkit.reports.hand_in import AssessmentShare, FileGiven, HandIn, compose
from fieldkit.reports.pdf import to_pdf
from fieldkit.reports.pdf.flow import flow
from fieldkit.reports.pdf.fonts import REGULAR, split_runs

SHARP = 'Beds < 10 & "rising" <b>'
EVERY: tuple[Block, ...] = (
    Heading(text=SHARP),
    Paragraph(text=SHARP, strong=True),
    KeyFacts(facts=(("Said", SHARP), ("Signed", ""))),
    Table(header=("A", "B"), rows=((SHARP, "2"),), caption="Sums", widths=(3, 1)),
    Note(title="Mind", text=SHARP),
    Steps(steps=(SHARP, "two")),
    Points(points=(SHARP,)),
    KeyList(title="Everywhere", rows=(("F1", SHARP), ("Ctrl+K", "Find"))),
    CodeGroups(label="Code", groups=("ABCDE", "FGHJK", "MNPQR", "STVWX", "YZ012")),
)
DOCUMENT = Document(title=SHARP, blocks=EVERY, kicker="FieldKit", footer=SHARP)
FACTS = HandIn(
    name="A. Lead", office="Northshire office", vault="v", device="d", store_words=("able", "acid"), revisions=120,
    unreceipted=0, confirmed_at=datetime(2026, 11, 12, 17, 3, tzinfo=UTC), everything_is_there=True,
    made_at=datetime(2026, 11, 12, 18, 0, tzinfo=UTC),
    shares=(AssessmentShare(name="Northshire", confirmed=60, waiting=0, staying=12),),
)  # fmt: skip


@pytest.mark.parametrize("block", EVERY, ids=lambda block: type(block).__name__)
def test_every_block_is_set_in_every_medium_with_its_text_escaped(block: Block) -> None:
    assert flow(block)
    words = plain.set_block(block)
    page = html.set_block(block)
    assert SHARP in words or isinstance(block, CodeGroups)
    assert "<b>" not in page
    assert "&lt;b&gt;" in page or isinstance(block, CodeGroups)


def test_a_whole_document_is_set_as_pdf() -> None:
    assert to_pdf(DOCUMENT).startswith(b"%PDF-")


def test_what_is_no_block_is_refused() -> None:
    for setter in (flow, plain.set_block, html.set_block):
        with pytest.raises(TypeError):
            setter("words")  # type: ignore[arg-type]


def test_tables_say_their_columns_to_a_screen_reader() -> None:
    page = html.to_html(DOCUMENT)
    assert page.count('<th scope="col">') == 2
    assert "<caption>Sums</caption>" in page


def test_plain_text_keeps_to_78_columns() -> None:
    long = Document(
        title="T", blocks=(Paragraph(text="word " * 200), Steps(steps=("step " * 60,))), footer="foot " * 40
    )
    assert max(len(line) for line in plain.to_plain(long).splitlines()) <= 78


def test_a_table_must_be_square() -> None:
    with pytest.raises(ValueError, match="cells"):
        Table(header=("A", "B"), rows=(("1",),))


def test_letters_our_font_lacks_are_set_in_another_or_named_never_dropped() -> None:
    text = "Llŷr → Ж 𝄞"
    runs = split_runs(text)
    shown = "".join(run.text for run in runs)
    for char in text:
        assert char in shown or f"[U+{ord(char):04X}" in shown
    assert runs[0].font == REGULAR


def test_a_character_that_no_font_has_is_named() -> None:
    shown = "".join(run.text for run in split_runs("Well done 👍🏽"))
    assert shown == "Well done [U+1F44D thumbs up sign][U+1F3FD emoji modifier fitzpatrick type-4]"


def test_a_pdf_with_letters_from_right_to_left_says_how_they_stand_and_the_web_page_sets_them() -> None:
    words = "\u05ea\u05d5\u05d3\u05d4"
    document = Document(title="T", blocks=(Paragraph(text=f"She said {words}"),))
    with pypdfium2.PdfDocument(to_pdf(document)) as found:
        said = found[0].get_textpage().get_text_bounded()
    assert "from right to left" in said
    assert all(one in said or f"[U+{ord(one):04X}" in said for one in words)
    assert words in html.to_html(document)
    assert "right to left" not in html.to_html(document)
    with pypdfium2.PdfDocument(to_pdf(DOCUMENT)) as found:
        assert "right to left" not in found[0].get_textpage().get_text_bounded()


def test_the_certificate_says_everything_is_there_only_when_it_is() -> None:
    from dataclasses import replace

    assert "Everything that leaves this laptop is at Northshire office." in plain.to_plain(compose(FACTS))
    waiting = plain.to_plain(compose(replace(FACTS, everything_is_there=False, unreceipted=7, set_aside=2)))
    assert "7 of 120 records wait" in waiting
    assert "Everything" not in waiting
    assert "Set aside" in waiting


def test_the_certificate_counts_files_apart_from_those_that_wait_and_those_that_stay() -> None:
    from dataclasses import replace

    at = FACTS.made_at
    given = [FileGiven(exhibit=f"AL7K-{n}", kind="PDF document", size=1000, sha256=f"{n:064x}") for n in range(3)]
    files = (*(replace(one, confirmed_at=at) for one in given[:2]), given[2])
    some = replace(FACTS, everything_is_there=False, files=files, files_held=1)
    text = " ".join(plain.to_plain(compose(some)).split())
    assert "Not everything is at Northshire office yet: 1 of 3 files wait." in text
    assert "2 of 3 files confirmed, 2,000 bytes; 1 held by a consent, which stays" in text
    assert [f"{n:064x}" in text for n in range(3)] == [True] * 3
    assert text.count("2026-11-12 18:00 UTC") == 2
    assert html.to_html(compose(some)).count('<th scope="col">') == 9
    assert to_pdf(compose(some)).startswith(b"%PDF-")


def test_no_empty_page_follows_what_ends_at_the_foot_of_a_page() -> None:
    lines = tuple(Paragraph(text=f"Line {number}") for number in range(26))
    remark = Note(title="Remark", text="The last line of the page")
    assert count_pages(to_pdf(Document(title="Full", blocks=(*lines, remark, remark)))) == 1
