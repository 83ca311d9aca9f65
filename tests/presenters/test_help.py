"""Help: answers for every screen, a sheet that cannot be out of date, and a guide that is found by its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldkit.reports.blocks import Document
from fieldkit.reports.pdf import to_pdf
from fieldkit.reports.plain import to_plain
from tests.presenters.room import SHELF, Room
from ui.presenters.commands import COMMANDS, Scope
from ui.presenters.guide.pages import pages
from ui.presenters.guide.reader import FOR_SCREEN, Guide
from ui.presenters.help import ASK_YOUR_LEAD, Help, Part
from ui.presenters.help_answers import BY_SCREEN, FIRST_RUN, UNLOCK, screen_of
from ui.presenters.palette.items import Item, Kind
from ui.presenters.services import Failed
from ui.presenters.shortcut_sheet import MARKS, SheetSection, matching, sections, sheet
from ui.presenters.shortcuts import Shortcuts
from ui.presenters.workbench import Page, Workbench
from ui.shell.going import go_to

SCREENS = [page.value for page in Page if page is not Page.HELP]
PACKS = [SHELF.framework(offer.pin) for offer in SHELF.offers()]


class Drawer:
    """Keeps what would be written to a file."""

    def __init__(self) -> None:
        self.found: dict[Path, Document] = {}

    def save_document(self, path: Path, document: Document, done: object, failed: Failed) -> None:
        self.found[path] = document
        assert callable(done)
        done()

    def save_recovery_sheet(self, *_: object) -> None:
        raise AssertionError("nobody asked for it")

    def print_recovery_sheet(self, *_: object) -> None:
        raise AssertionError("nobody asked for it")


def _sections(screen: str = "Live log", pack: int = 0) -> tuple[SheetSection, ...]:
    return sections(Shortcuts().state.rows, screen, PACKS[pack])


@pytest.mark.parametrize("screen", [*SCREENS, FIRST_RUN, UNLOCK])
def test_every_screen_has_five_to_eight_answers_of_its_own(screen: str) -> None:
    answers = BY_SCREEN[screen]
    assert 5 <= len(answers) <= 8
    assert len({question for question, _ in answers}) == len(answers)
    assert all(len(answer) <= 120 for _, answer in answers), "short: two lines at most"


def test_help_is_about_the_screen_one_came_from(room: Room) -> None:
    found = Help(Shortcuts(), room.session)
    found.show(Part.ANSWERS, "Send")
    assert found.state.screen == "Send"
    assert found.state.answers == BY_SCREEN["Send"]
    found.show(Part.SHORTCUTS)
    assert found.state.sheet[0].rows == (
        ("Alt+R", "Try again to send"), ("Alt+Y", "Say why it could not be sent"),
        ("Alt+A", "Send files over a metered connection"),
    )  # fmt: skip
    found.close()


def test_an_answer_that_was_found_is_shown_with_the_screen_it_is_about(room: Room) -> None:
    bench = Workbench(room.session)
    question, answer = BY_SCREEN["Send"][0]
    go_to(Item(kind=Kind.HELP, target=question, words=question), bench, lambda _: None, lambda _: None)
    assert bench.state.page is Page.HELP
    assert bench.help.state.screen == screen_of(question)
    assert (question, answer) in bench.help.state.answers
    bench.close()


def test_whom_to_ask_is_there_before_a_vault_is_open_and_names_the_office_after_enrolling(room: Room) -> None:
    assert Help(Shortcuts()).state.contact == ASK_YOUR_LEAD
    found = Help(Shortcuts(), room.session)
    found.show(Part.ANSWERS, "Home")
    assert found.state.contact == ASK_YOUR_LEAD


def test_the_sheet_lists_every_command_that_has_keys_and_follows_a_change() -> None:
    shortcuts = Shortcuts()
    parts = [part for screen in SCREENS for part in sections(shortcuts.state.rows, screen, None)]
    listed = {words for part in parts for _, words in part.rows}
    assert {one.words for one in COMMANDS if one.keys} <= listed
    found = Help(shortcuts)
    found.show(Part.SHORTCUTS, "Home")
    shortcuts.change("mark", "Ctrl+Shift+M")
    everywhere = found.state.sheet[1]
    assert ("Ctrl+Shift+M", "Mark this moment") in everywhere.rows
    found.close()


def test_every_scope_is_on_the_sheet_of_some_screen() -> None:
    shown = {words for screen in SCREENS for _, words in _sections(screen)[0].rows}
    lost = [one.words for one in COMMANDS if one.keys and one.scope is not Scope.EVERYWHERE and one.words not in shown]
    assert not lost


def test_typing_codes_are_those_of_the_pack_with_categories_and_marks() -> None:
    typed = _sections()[2]
    assert typed.title == f"Typing codes, {17 + 6 + len(MARKS)}"
    assert ("#lc", "Q2 Learning culture") in typed.rows
    assert ("@pr", "Processes") in typed.rows


def test_the_filter_finds_by_words_and_by_keys_and_offers_the_palette_where_nothing_matches() -> None:
    assert [part.rows for part in matching(_sections(), "mark moment")] == [(("Ctrl+M", "Mark this moment"),)]
    assert any(keys == "Ctrl+M" for part in matching(_sections(), "ctrl+m") for keys, _ in part.rows)
    found = Help(Shortcuts())
    found.find("merge")
    assert found.state.nothing == "No shortcut matches ‘merge’."
    assert found.state.sheet == ()
    found.find("")
    assert found.state.nothing == ""


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("pack", range(len(PACKS)))
def test_the_printed_sheet_is_one_side_of_a4_at_nine_points(screen: str, pack: int) -> None:
    document = sheet(_sections(screen, pack), screen, PACKS[pack].title)
    data = to_pdf(document)
    assert data.count(b"/Type /Page\n") + data.count(b"/Type /Page ") == 1
    assert b"595.27" in data  # A4


def test_printing_and_reporting_write_what_was_asked_for_and_no_word_of_a_note(room: Room, tmp_path: Path) -> None:
    log = room.open_log()
    log.line.typed("SECRETWORD of a note #lc", 24)
    log.save()
    log.close()
    drawer = Drawer()
    found = Help(Shortcuts(), room.session)
    found.show(Part.ANSWERS, "Live log")
    found.print_sheet(tmp_path / "sheet.pdf", drawer)
    assert found.state.notice == "Shortcut sheet saved as sheet.pdf"
    found.report_problem(tmp_path / "report.txt", drawer)
    report = to_plain(drawer.found[tmp_path / "report.txt"])
    assert "SECRETWORD" not in report
    assert "Northshire" not in report
    assert "Live log" in report
    assert drawer.found[tmp_path / "sheet.pdf"].is_sheet
    found.close()


def test_every_screen_opens_the_guide_at_a_page_that_is_there() -> None:
    known = {page.id for page in pages()}
    assert set(FOR_SCREEN) == {*SCREENS, FIRST_RUN, UNLOCK}
    assert {name for name in FOR_SCREEN.values() if name not in known} == set()


def test_the_guide_is_searched_as_it_is_typed_and_leads_to_the_heading() -> None:
    guide = Guide()
    guide.seek("hand laptop back")
    first = guide.state.found[0]
    assert (first.page, first.title) == ("sending", "Send: May I close, may I hand it back?")
    assert any(word in first.snippet.casefold() for word in ("hand", "laptop", "back"))
    guide.open(first.page, first.anchor)
    assert (guide.state.page, guide.state.anchor) == ("sending", first.anchor)
    guide.seek("zeppelin")
    assert guide.state.nothing == "Nothing in the guide matches ‘zeppelin’"


def test_links_of_the_guide_lead_within_it_and_back() -> None:
    guide = Guide()
    guide.open_for("Send")
    assert guide.follow("troubleshooting.html")
    assert guide.state.page == "troubleshooting"
    assert not guide.follow("https://example.org/other.html")
    assert not guide.follow("nowhere.html")
    assert guide.back()
    assert guide.state.page == "sending"
    assert not guide.back()
