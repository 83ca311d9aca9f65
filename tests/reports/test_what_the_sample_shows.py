"""Every report of the sample as its readers read it: figures by hand (docs/sample.md), no word twice, nothing bare."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from fieldkit.app.report_check import Concern, ConcernKind
from fieldkit.reports.blocks import Document, Heading, KeyFacts, Note, Table
from fieldkit.reports.pdf import style
from fieldkit.reports.pdf.flow import WIDTH
from fieldkit.reports.pdf.fonts import load_fonts
from fieldkit.reports.plain import to_plain

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PADDING = 10
"""Points left and right in a cell together."""


def words(document: Document) -> str:
    """White space as one space, so that lines do not matter."""
    return " ".join(to_plain(document).split())


def test_no_heading_stands_alone_and_no_table_is_empty(documents: dict[str, Document]) -> None:
    for name, one in documents.items():
        blocks = one.blocks
        for here, after in zip(blocks, (*blocks[1:], None), strict=True):
            if isinstance(here, Heading):
                is_parent = isinstance(after, Heading) and after.level > here.level
                assert after is not None, (name, here.text)
                assert not isinstance(after, Heading) or is_parent, (name, here.text)
            assert not isinstance(here, Table) or here.rows, (name, here)


def test_nothing_is_said_twice_in_a_row(documents: dict[str, Document]) -> None:
    for name, one in documents.items():
        pairs = [(each.title, each.text) for each in one.blocks if isinstance(each, Note)]
        pairs += [
            fact for each in one.blocks if isinstance(each, KeyFacts) for fact in each.facts if fact[0] != "Visit"
        ]
        assert not [title for title, text in pairs if text.casefold().startswith(title.casefold())], name


def test_the_score_trace_says_provisional_once_at_its_head(documents: dict[str, Document]) -> None:
    assert "Provisional These are the team's working scores" in words(documents["score-trace"]).replace("| ", "")


def test_the_scores_are_those_done_by_hand(documents: dict[str, Document]) -> None:
    told = words(documents["score-trace"])
    for figure in (
        "Q1 3 + Q2 2 + Q3 3 + Q4 2 + Q5 2 + Q6 2 = 14", "14/24 ≈ 58.33%", "I1 3 + I2 3 + I3 3 = 9", "9/12 = 75%",
        "L1 3 + L2 3 + L3 1 + L4 3 + L5 3 + L6 4 + L7 3 + L8 2 = 22", "22/32 = 68.75%", "45/68 ≈ 66.18%",
        "When it was decided they gave 43/68 Good", "It would limit this to Requires improvement.",
        "B. Adviser: 2, some shortfalls; A. Lead: 3, a good standard", "Override: Requires improvement",
    ):  # fmt: skip
        assert figure in told, figure


def test_voices_and_time_count_the_same_notes(documents: dict[str, Document]) -> None:
    tables = [one for one in documents["balance"].blocks if isinstance(one, Table)]
    voices, time = (next(one for one in tables if one.header[0] == lead) for lead in ("Whose voice", "Activity"))
    heard = [re.match(r"(\d+) of (\d+)", str(row[1])) for row in voices.rows]
    assert sum(int(one[1]) for one in heard if one) == 193
    assert sum(int(str(row[-1])) for row in time.rows) == 193, "what was withdrawn is a note no more"


def test_what_the_sample_says_beside_its_statements_is_counted(documents: dict[str, Document]) -> None:
    tables = {one.header[0]: one for one in documents["balance"].blocks if isinstance(one, Table)}
    purposes = tables["Four purposes of an integrated care system"]
    assert [str(row[1]).split()[0] for row in purposes.rows] == ["1", "2", "1", "0"]
    assert [str(row[1]).split()[0] for row in tables["Assurance"].rows] == ["3", "1"]
    assert "Assurance: Self-report" in words(documents["activity-record"])


def test_a_score_that_was_settled_first_tells_what_the_assessors_had_given(documents: dict[str, Document]) -> None:
    told = words(documents["improvement"])
    assert "none settled before" not in told
    assert told.count("A. Lead: 2, some shortfalls") == 2, "care provision; safe systems beside the adviser's"


def test_every_cell_of_the_changes_is_filled(documents: dict[str, Document]) -> None:
    changed = next(one for one in documents["accuracy-changes"].blocks if isinstance(one, Table))
    assert all(str(cell).strip() for row in changed.rows for cell in row)


def test_the_case_says_consent_once_and_ends_a_sentence_once(documents: dict[str, Document]) -> None:
    told = words(documents["case-pathway"])
    assert "Consent: Recorded" in told
    assert ".”. " not in told
    assert "“Once they were all in one room it took ten minutes.” Source: Carer" in told


@pytest.mark.parametrize("kind", ["end-of-day"])
def test_days_are_written_as_people_write_them(documents: dict[str, Document], kind: str) -> None:
    assert "By A. Lead, 3 March 2026, 18:30 UTC." in words(documents[kind])


def test_no_caption_repeats_the_heading_above_it(documents: dict[str, Document]) -> None:
    for name, one in documents.items():
        for here, after in pairwise(one.blocks):
            if isinstance(here, Heading) and isinstance(after, Table) and after.caption:
                last = here.text.casefold().split()[-1]
                assert not after.caption.casefold().startswith(last), (name, after.caption)


def test_per_cents_are_written_one_way(documents: dict[str, Document]) -> None:
    for name, one in documents.items():
        assert re.search(r"\d %", words(one)) is None, name


def test_no_word_is_broken_by_a_narrow_column(documents: dict[str, Document]) -> None:
    """Ids and hashes are broken, nothing that is read."""
    load_fonts()
    for name, one in documents.items():
        for table in (each for each in one.blocks if isinstance(each, Table)):
            shares = table.widths or (1,) * len(table.header)
            for at, share in enumerate(shares):
                room = WIDTH * share / sum(shares) - _PADDING
                read = {
                    word
                    for row in (table.header, *table.rows)
                    for word in str(row[at]).split()
                    if word.isalpha() or _DAY.fullmatch(word)
                }
                font = style.CELL.fontName
                wide = [each for each in read if stringWidth(each, font, style.CELL.fontSize) > room]
                assert not wide, (name, table.header[at], wide)


def test_what_was_said_in_exact_words_is_quoted_under_findings(documents: dict[str, Document]) -> None:
    told = words(documents["findings"])
    assert "“I hear of it from the patient, if the patient can speak”" in told
    assert "“Heart checks" not in told


def test_the_case_says_what_its_marks_mean_and_how_it_was_handed_over(documents: dict[str, Document]) -> None:
    told = words(documents["case-pathway"])
    assert "not done: received, information complete, named owner" in told
    assert "! Crisis, I Admission, O Discharge, R Referral, C Contact, V Review, W Person's words" in told


def test_what_is_answered_is_said_so(documents: dict[str, Document]) -> None:
    assert "4 comments, all answered" in words(documents["accuracy-comments"])


def test_what_was_changed_by_a_comment_stands_in_the_texts_of_the_draft(documents: dict[str, Document]) -> None:
    blocks = documents["draft-report-rated"].blocks
    changed = next(each for each in blocks if isinstance(each, Table) and "Is now" in each.header)
    told = " ".join(to_plain(replace(documents["draft-report-rated"], blocks=blocks[: blocks.index(changed)])).split())
    for row in changed.rows:
        was, becomes = (str(row[changed.header.index(name)]) for name in ("Was", "Is now"))
        assert becomes in told
        assert was not in told.replace(becomes, "")


def test_the_sample_names_nobody_and_the_check_says_so(looked_at: dict[str, tuple[Concern, ...]]) -> None:
    """No false alarm among 21 reports of some 170,000 characters: who cries wolf is not listened to."""
    named = {ConcernKind.NAME, ConcernKind.POSTCODE, ConcernKind.BORN}
    assert {name for name, found in looked_at.items() if any(one.kind in named for one in found)} == set()
