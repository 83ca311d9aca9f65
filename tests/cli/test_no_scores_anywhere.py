"""A pack with ratings by characteristics and no scores as the main one: every kind of report, and what is typed."""

from __future__ import annotations

import csv
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from fieldkit.app.report_catalogue import REPORTS, About
from fieldkit.kernel.clock import FixedClock
from tests.cli.conftest import NINE, OPENS, Shell
from tests.support.rated import WORDS, rate
from tests.support.vaults import quick_keys


@pytest.fixture(scope="module")
def rated_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that tests copy: setting it up takes a second."""
    folder = tmp_path_factory.mktemp("rated")
    with quick_keys():
        rate(Shell(home=folder / "home", clock=FixedClock(NINE), environ=dict(OPENS)), folder)
    return folder / "home"


@pytest.fixture
def rated(shell: Shell, rated_home: Path) -> Shell:
    """A visit under the provider draft alone, with a bit of everything that reports are made of."""
    shutil.copytree(rated_home, shell.home)
    shell.clock.advance(3_000)
    return shell


MEANT = re.compile(
    r"no scores|instead of scores|which quality statement|speak of scores or ratings|score trace", re.IGNORECASE
)
"""Where a report may speak of them: what the pack says of itself, and what is left out of the feedback."""
SHARES = {"balance"}
"""Whose notes and hours: shares of a count, not of a score."""


def _about(shell: Shell) -> dict[About, tuple[str, ...]]:
    (urgent,) = shell.json("escalation", "list")
    return {
        About.ACTIVITY: ("--activity", "Managers"), About.DAY: ("--day", "12 November 2026"),
        About.CASE: ("--case", "C01"), About.STATEMENT: ("--statement", "sg"),
        About.ESCALATION: ("--escalation", urgent["id"]),
    }  # fmt: skip


def test_every_kind_of_report_is_made_and_none_speaks_of_scores(rated: Shell) -> None:
    about, found = _about(rated), []
    for kind in REPORTS:
        more = ("--activity", "Interview 01") if kind.id == "interview-record" else about.get(kind.about, ())
        target = rated.home / f"{kind.id}.txt"
        rated.ok("report", "make", kind.id, "--out", str(target), *more)
        words = MEANT.sub("", " ".join(re.sub(r"[|\n]", " ", target.read_text(encoding="utf-8")).split()))
        found += [(kind.id, one.group()) for one in WORDS.finditer(words) if kind.id not in SHARES]
    assert found == []
    rested = " ".join((rated.home / "draft-report-rated.txt").read_text(encoding="utf-8").replace("|", "").split())
    assert "working figures" not in rested
    assert "chosen in words by the rating characteristics" in rested
    assert "1 action, 0 done" in (rated.home / "improvement.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", ["pdf", "html", "docx"])
def test_what_has_ratings_is_made_in_every_medium(rated: Shell, ending: str) -> None:
    for kind in ("draft-report-rated", "score-trace", "coverage", "improvement"):
        rated.ok("report", "make", kind, "--out", str(rated.home / f"{kind}.{ending}"))


def test_a_rating_is_settled_again_after_a_comment_by_its_word(shell: Shell, tmp_path: Path) -> None:
    rated, draft = shell, tmp_path / "draft.txt"  # whoever was on the visit answers no comment
    draft.write_text("The draft", encoding="utf-8")
    rated.ok("vault", "create", "--name", "A. Lead", "--initials", "AL")
    rated.ok("assessment", "add", "Moor Homes", "--subject", "provider", "--pack", "provider@2026.1")
    rated.ok("score", "judge", "sg", "Nothing seen", "--too-little-evidence")
    rated.ok("accuracy", "send", str(draft), "--to", "Moor Homes", "--on", "today")
    rated.ok("accuracy", "add", "3.2", "43 should be 34", "--kind", "typographical", "--body", "Moor")
    rated.ok("accuracy", "answer", "F-AL-1", "--accept", "--reason", "Counted again")
    again = ("accuracy", "rescore", "F-AL-1", "sg", "Answered late")
    assert rated(*again, "--score", "2", "--json").problem == "score.words_only"
    assert rated(*again, "--rating", "fair", "--json").problem == "score.no_step"
    said = rated.ok(*again, "--rating", "requires improvement").out
    assert said.startswith("Rating (provisional): Too little evidence, now Requires improvement.")
    paper = rated.home / "changes.txt"
    rated.ok("report", "make", "accuracy-changes", "--out", str(paper))
    assert not WORDS.search(paper.read_text(encoding="utf-8"))


def test_nothing_follows_of_another_rating_and_what_is_hidden_is_a_rating(rated: Shell) -> None:
    assert rated("score", "list", "--what-if", "sg=3", "--json").problem == "score.nothing_follows"
    assert "until your own rating is saved" in rated.ok("score", "blind", "on").out
    assert rated.ok("score", "blind", "off").out.strip() == "All ratings are shown."
    assert "instead of scores" not in rated.ok("score", "list").out


def test_what_is_taken_out_names_ratings_by_their_words(rated: Shell, tmp_path: Path) -> None:
    rated.ok("export", "markdown", "--out", str(tmp_path / "pages"))
    page = (tmp_path / "pages" / "ratings.md").read_text(encoding="utf-8")
    assert "Provisional. Rating: Good, by A. Lead." in page
    assert "core" not in page
    rated.ok("export", "tables", "--out", str(tmp_path / "tables"))
    for name, wanted in (("scores", ["Good", "Inadequate"]), ("moderations", ["Outstanding"])):
        with (tmp_path / "tables" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            assert [row["Value"] for row in csv.DictReader(file)] == wanted
    rated.ok("export", "refi", "--out", str(tmp_path / "visit.qdpx"))
    with zipfile.ZipFile(tmp_path / "visit.qdpx") as parts:
        said = b"\n".join(parts.read(one) for one in parts.namelist()).decode("utf-8", "replace")
    assert "Provisional. Rating: Good" in said
    assert "Score: " not in said


def test_an_export_is_proved_and_shows_the_same_ratings_on_another_laptop(rated: Shell, tmp_path: Path) -> None:
    out = tmp_path / "export.json"
    rated.ok("export", "json", "--out", str(out))
    other = Shell(home=tmp_path / "other", clock=rated.clock, environ=dict(OPENS))
    other.ok("vault", "create", "--name", "B. Mate", "--initials", "BM")
    other.ok("import", "json", str(out))
    assert other.ok("score", "list").out == rated.ok("score", "list").out
