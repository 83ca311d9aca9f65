"""Blank sheets: each is whole in every medium, asks for times and codes, and never for a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldkit.app.guide_library import built_in_guides
from fieldkit.domain.guide import LIMIT
from fieldkit.reports.blanks import TITLES, Blank, blank
from fieldkit.reports.blocks import Table
from fieldkit.reports.plain import to_plain
from fieldkit.reports.save import save
from ui.cli.main import main


@pytest.mark.parametrize("kind", list(Blank))
@pytest.mark.parametrize("suffix", [".pdf", ".html", ".txt"])
def test_every_sheet_is_written_by_the_command_as_what_its_name_ends_in(
    kind: Blank, suffix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"sheet{suffix}"
    assert main(["blank", kind.value, str(path)]) == 0
    assert TITLES[kind] in capsys.readouterr().out
    head = path.read_bytes()
    assert head.startswith(b"%PDF") if suffix == ".pdf" else TITLES[kind] in head.decode()


@pytest.mark.parametrize("kind", list(Blank))
def test_every_sheet_has_room_to_write_and_says_that_names_stay_away(kind: Blank) -> None:
    document = blank(kind)
    grids = [one for one in document.blocks if isinstance(one, Table) and one.room]
    assert sum(len(one.rows) for one in grids) >= 9
    assert "No names" in to_plain(document)


def test_an_interview_sheet_holds_every_question_and_what_is_read_out_in_order(tmp_path: Path) -> None:
    for one in built_in_guides():
        words = to_plain(blank(Blank.INTERVIEW, one.guide))
        flat = " ".join(words.split())
        places = [flat.find(" ".join(question.text.split())[:40]) for question in one.guide.asked]
        assert all(place >= 0 for place in places)
        assert places == sorted(places)
        assert LIMIT in flat
        save(blank(Blank.INTERVIEW, one.guide), tmp_path / f"{one.id}.pdf")


def test_a_guide_for_another_sheet_or_one_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.pdf"
    assert main(["blank", "case", str(path), "--guide", "leaders"]) == 2
    assert "Only an interview sheet" in capsys.readouterr().err
    assert main(["blank", "interview", str(path), "--guide", "nothing"]) == 2
    assert not path.exists()
