"""The guide says what the program does: nothing is missing, no link is broken, and what is shipped was written."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from resources import path
from scripts import guide
from ui.presenters.commands import COMMANDS
from ui.presenters.guide.pages import FOLDER, pages
from ui.presenters.help_answers import BY_SCREEN
from ui.presenters.settings_pages import SettingsPage
from ui.presenters.wording import catalogue

MADE_AGAIN = "run `make guide`, look at the change, and commit it"
SHIPPED = path(FOLDER)
NAMES = guide.names()
MOST_BYTES = 2_500_000
"""Of the whole shipped guide, pictures included: one per cent of the bundle."""
# ux 5.1 and 5.5, but for what stands in code, on keys and in names of commands.
_BANNED = re.compile(r"\b(?:please|sorry|oops|invalid|failed|sync\w*|upload\w*|click\w*|\w+n['’]t)\b", re.IGNORECASE)
_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


class Read(HTMLParser):
    """What a page is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of each element of this kind."""
        return [values for name, values in self.tags if name == tag]


def _shipped(name: str) -> str:
    return (SHIPPED / f"{name}.html").read_text(encoding="utf-8")


def _source(name: str) -> str:
    return (guide.SOURCES / f"{name}.md").read_text(encoding="utf-8")


def test_what_is_shipped_is_made_from_what_is_written() -> None:
    stale = [name for name, text in guide.made().items() if (SHIPPED / name).read_text(encoding="utf-8") != text]
    assert not stale, MADE_AGAIN
    there = {one.name for one in SHIPPED.glob("*.*")}
    assert there == set(guide.made()), MADE_AGAIN


@pytest.mark.parametrize("name", guide.TABLES)
def test_tables_taken_from_the_program_are_up_to_date(name: str) -> None:
    file = guide.SOURCES / guide.TABLES[name][0]
    assert file.read_text(encoding="utf-8") == guide.filled(name), MADE_AGAIN


def test_every_picture_is_there_and_the_whole_is_small() -> None:
    wanted = set(guide.pictures())
    assert {one.name for one in (SHIPPED / "pictures").glob("*.png")} == wanted, MADE_AGAIN
    assert {name for name in wanted if not (guide.SCREENS / name).is_file()} == set(), "make screens makes them"
    assert sum(one.stat().st_size for one in SHIPPED.rglob("*") if one.is_file()) < MOST_BYTES


@pytest.mark.parametrize("name", NAMES)
def test_a_page_can_be_read_by_everybody(name: str) -> None:
    read = Read(_shipped(name))
    assert read.all("html") == [{"lang": "en-GB"}]
    levels = [int(tag[1]) for tag, _ in read.tags if tag in ("h1", "h2", "h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), "a level is left out"
    assert all(values.get("scope") == "col" for values in read.all("th"))
    assert all((values.get("alt") or "").strip() for values in read.all("img"))
    assert len(read.all("nav")) == len(read.all("main")) == 1


@pytest.mark.parametrize("name", NAMES)
def test_no_link_of_a_page_is_broken(name: str) -> None:
    ids = {one: {str(values.get("id")) for _, values in Read(_shipped(one)).tags} for one in NAMES}
    for values in Read(_shipped(name)).all("a"):
        page, _, anchor = str(values["href"]).partition("#")
        target = page.removesuffix(".html") or name
        assert target in ids, values
        assert not anchor or anchor in ids[target], values


@pytest.mark.parametrize("name", NAMES)
def test_links_of_the_sources_lead_to_files_of_the_project(name: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", _CODE.sub("", _source(name))):
        assert target.startswith("https://") or (guide.SOURCES / target).resolve().exists(), target


@pytest.mark.parametrize("name", [name for name in NAMES if name != "cli"])
def test_the_guide_keeps_to_our_words(name: str) -> None:
    text = _CODE.sub("", _source(name))
    assert not _BANNED.findall(text)


def test_every_command_is_in_the_guide() -> None:
    page = next(one for one in pages() if one.id == "shortcuts")
    words = " ".join(section.text for section in page.sections)
    assert [one.words for one in COMMANDS if " ".join(one.words.split()) not in words] == []


def test_everything_fieldkit_may_say_is_in_the_guide_with_its_code() -> None:
    areas = [one for one in pages() if one.id.startswith("messages-")]
    words = " ".join(section.text for page in areas for section in page.sections)
    assert [code for code in catalogue() if code not in words] == []


def test_every_screen_and_every_page_of_settings_is_in_the_guide() -> None:
    words = " ".join(section.text + section.title for page in pages() for section in page.sections).casefold()
    named = [screen for screen in BY_SCREEN if screen.casefold() not in words]
    # The recovery key has its own page in the table of names and stands under Privacy and lock on the screen.
    assert not named
    assert [page.value for page in SettingsPage if page.value.casefold() not in words] == []


def test_every_page_is_reached_from_the_contents() -> None:
    listed = {str(values["href"]) for values in Read(pages()[0].body).all("a")}
    assert {f"{name}.html" for name in NAMES if name != "README"} <= listed


def test_a_page_that_is_not_listed_is_not_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "README.md").write_text("# Guide\n[One](one.md)\n", encoding="utf-8")
    for name in ("one", "two"):
        (tmp_path / f"{name}.md").write_text(f"# {name}\n", encoding="utf-8")
    monkeypatch.setattr(guide, "SOURCES", tmp_path)
    with pytest.raises(SystemExit, match="two"):
        guide.names()
