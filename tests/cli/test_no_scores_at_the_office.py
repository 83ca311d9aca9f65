"""A visit under a pack with ratings and no scores, handed in: a team-mate and the office read the same ratings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from central.serve import start_in_thread
from central.settings import Settings
from fieldkit.kernel.clock import FixedClock
from tests.cli.conftest import NINE, OPENS, Shell
from tests.support.postgres import fresh_database, postgres
from tests.support.rated import WORDS, rate
from tests.support.vaults import quick_keys

__all__ = ["postgres"]

STANDING = (("score", "list"), ("score", "history", "lc"), ("finding", "list"), ("section", "list"), ("coverage",))
SHOWN = ("draft-report-rated", "score-trace", "coverage", "unused-material", "improvement")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[tuple[str, ...]]:
    """What names the office's database to ``central init``: nothing, or the address of an empty one."""
    if request.param == "sqlite":
        yield ()
        return
    with fresh_database(request.getfixturevalue("postgres")) as url:
        yield ("--database", url)


@pytest.fixture(scope="module")
def handed_in(
    tmp_path_factory: pytest.TempPathFactory, database: tuple[str, ...]
) -> Iterator[tuple[Shell, Shell, Path]]:
    """The lead's laptop, that of a team-mate who read it all, and the store's folder."""
    folder = tmp_path_factory.mktemp("rated")
    with quick_keys():
        lead, mate = (
            Shell(home=folder / name, clock=FixedClock(NINE), environ=dict(OPENS)) for name in ("lead", "mate")
        )
        rate(lead, folder)
        mate.ok("vault", "create", "--name", "B. Mate", "--initials", "BM")
        for one in (lead, mate):
            one.clock.advance(3_000)
        store = folder / "office"
        lead.ok("central", "init", str(store), "--office", "Team of homes", *database)
        assert bool(Settings.load(store).database_url) is bool(database)
        running = start_in_thread(replace(Settings.load(store), port=0), lead.clock)
        try:
            for one, name, more in ((lead, "A. Lead", ()), (mate, "B. Mate", ("--assessment", "Moor Homes"))):
                code = lead.json("central", "invite", str(store), "--name", name, *more)["code"]
                one.ok("enrol", running.url, code)
                assert one.json("send")["standing"]["everything_is_there"] is True
        finally:
            running.stop()
        yield lead, mate, store


@pytest.mark.parametrize("command", STANDING, ids=" ".join)
def test_the_same_stands_on_both_laptops_and_at_the_office(
    handed_in: tuple[Shell, Shell, Path], command: tuple[str, ...]
) -> None:
    lead, mate, store = handed_in
    ours = lead.ok(*command).out
    assert mate.ok(*command).out == ours
    assert lead.ok(*command, "--store", str(store)).out == ours
    assert not re.search(r"\d%|per cent|quality statement", ours)


@pytest.mark.parametrize("kind", SHOWN)
def test_the_offices_reports_speak_of_ratings(handed_in: tuple[Shell, Shell, Path], kind: str, tmp_path: Path) -> None:
    lead, _, store = handed_in
    mine, theirs = tmp_path / "mine.txt", tmp_path / "theirs.txt"
    lead.ok("report", "make", kind, "--out", str(mine))
    lead.ok("report", "make", kind, "--out", str(theirs), "--store", str(store))
    assert _untimed(theirs) == _untimed(mine)


def test_what_the_office_takes_out_holds_words_for_ratings(
    handed_in: tuple[Shell, Shell, Path], tmp_path: Path
) -> None:
    lead, _, store = handed_in
    lead.ok("export", "tables", "--out", str(tmp_path / "tables"), "--store", str(store))
    said = (tmp_path / "tables" / "scores.csv").read_text(encoding="utf-8-sig")
    assert "Good" in said
    assert "Inadequate" in said
    lead.ok("export", "markdown", "--out", str(tmp_path / "pages"), "--store", str(store))
    page = (tmp_path / "pages" / "ratings.md").read_text(encoding="utf-8")
    assert "Outstanding" in page
    assert not WORDS.search(page)


def _untimed(page: Path) -> str:
    """Without the minute it was made in, which is the only thing that may differ."""
    return re.sub(r"\d\d:\d\d:\d\d UTC", "", page.read_text(encoding="utf-8"))
