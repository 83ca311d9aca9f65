"""The page of interview guides without a screen: use, bring in, change, save as a version, take back."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldkit.app.guides import guides, used_version, working
from fieldkit.domain.guide import LIMIT, Guide
from tests.exchange.forms import DISCHARGE, KOBO, survey, workbook
from tests.presenters.room import Room
from ui.presenters.forms import Form
from ui.presenters.guides.page import GuidesPage
from ui.presenters.guides.state import Showing, read_facts
from ui.presenters.guides.words import about, as_page, report_head


def open_page(room: Room) -> GuidesPage:
    return GuidesPage(room.session, read_facts(room.session, room.vault.questions, room.activity.assessment))


@pytest.fixture
def page(room: Room) -> GuidesPage:
    return open_page(room)


def kept(room: Room) -> list[Guide]:
    return [row.value for row in guides(room.vault.questions, room.activity.assessment)]


def form_of(page: GuidesPage) -> Form:
    assert page.state.panel is not None
    return page.state.panel.form


def bring_in(page: GuidesPage, path: Path, data: bytes) -> None:
    path.write_bytes(data)
    page.bring_in()
    form_of(page).put("file", str(path))
    form_of(page).submit()


def changing_staff(page: GuidesPage) -> Guide:
    page.choose("staff")
    page.use_built_in()
    page.change()
    assert page.state.changing is not None
    return page.state.changing


def test_a_built_in_guide_is_used_once_and_told_a_second_time(room: Room, page: GuidesPage) -> None:
    page.choose("people")
    page.use_built_in()
    assert [one.title for one in kept(room)] == ["People and carers"]
    assert page.state.row is not None, "the copy is what is chosen now"
    assert room.said[-1] == "People and carers is in Northshire now, with 11 questions"
    page.choose("people")
    page.use_built_in()
    assert (
        page.state.fault
        == "The guide ‘People and carers’ is already here in this form, as version 1. Nothing was changed"
    )
    assert len(kept(room)) == 1


def test_nothing_of_a_form_is_kept_before_it_was_looked_at(room: Room, page: GuidesPage, tmp_path: Path) -> None:
    bring_in(page, tmp_path / "Walk round.xlsx", workbook(KOBO))
    assert page.state.reading is not None
    assert kept(room) == []
    assert report_head(page.state.reading).split(". ") == [
        "9 questions in Walk round.xlsx", "9 rows kept with less than the form says", "9 things left out",
        "Nothing is kept yet",
    ]  # fmt: skip
    page.leave()
    assert kept(room) == []
    bring_in(page, tmp_path / "Discharge.xlsx", workbook(DISCHARGE))
    page.add_looked_at()
    assert [one.title for one in kept(room)] == ["Leaving hospital"]
    assert page.state.showing is Showing.LIST


def test_a_form_with_mistakes_cannot_be_added(room: Room, page: GuidesPage, tmp_path: Path) -> None:
    bring_in(page, tmp_path / "Wrong.xlsx", survey(["frobnicate", "a", "A"]))
    assert page.state.reading is not None
    assert page.state.reading.guide is None
    page.add_looked_at()
    assert kept(room) == []


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "‘Form.xlsx’ is empty"), (b"PK\x03\x04rubbish", "‘Form.xlsx’ is damaged"),
        (b"%PDF-1.7\n" + bytes(range(200)), "‘Form.xlsx’ is not a spreadsheet"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_form_is_told_in_a_sentence(
    page: GuidesPage, tmp_path: Path, data: bytes, words: str
) -> None:
    bring_in(page, tmp_path / "Form.xlsx", data)
    assert page.state.fault.startswith(words)
    assert page.state.busy == ""
    page.bring_in()
    form_of(page).submit()
    assert [error.text for error in form_of(page).state.errors] == ["Choose a file"]


def test_changes_are_on_disk_at_once_and_a_version_when_saved(room: Room, page: GuidesPage) -> None:
    guide = changing_staff(page)
    page.choose_question("handover")
    page.edit_question()
    form = form_of(page)
    form.put("text", "Who was handed over last?")
    form.put("statements", "sp")
    form.put("minutes", "9")
    form.submit()
    assert page.state.panel is None
    assert page.state.has_changes
    again = open_page(room)
    assert again.state.rows[0].changed == page.state.changing, "another start of the program finds it"
    page.move_question(-1)
    page.save()
    found = kept(room)[0]
    asked = found.question("handover")
    assert asked is not None
    assert (asked.text, asked.minutes, [one.statement for one in asked.targets]) == (
        "Who was handed over last?", 9, ["safe-systems"],
    )  # fmt: skip
    assert asked.probes, "what the form did not touch is as it was"
    assert found.version == "2"
    assert used_version(room.vault.questions, guide.id, "1") == guide
    assert working(room.vault.questions, guide.id) is None


def test_a_question_is_added_behind_the_one_under_the_cursor(page: GuidesPage) -> None:
    changing_staff(page)
    page.choose_question("your_role")
    page.add_question()
    form = form_of(page)
    form.put("text", "How do you get here?")
    form.put("section", "Your work")
    form.put("statements", "lc")
    form.put("category", "sl")
    form.submit()
    assert page.state.changing is not None
    made = page.state.changing.asked[1]
    assert (made.id, made.text, page.state.question) == ("how_do_you_get", "How do you get here?", "how_do_you_get")
    assert [(one.statement, one.category) for one in made.targets] == [("learning-culture", "staff-and-leaders")]
    assert made.section == "work"


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("text", " ", "Enter the question"),
        ("statements", "lc, zz", "No statement of this assessment is called: zz"),
        ("minutes", "soon", "Minutes must be a number up to 1440"),
        ("minutes", "9999", "Minutes must be a number up to 1440"),
        ("relevant", "pulldata(1)",
         "This rule cannot be run here (‘pulldata()’). Leave it empty to ask the question always"),
        ("relevant", "${gone} = 1", "‘What do you do on a usual day, and whom do you work with ou…’ is asked "
         "depending on ‘gone’, which is not in this guide. Change that rule or leave it empty"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_question_stands_at_its_field(page: GuidesPage, field: str, text: str, words: str) -> None:
    guide = changing_staff(page)
    page.edit_question()
    form_of(page).put(field, text)
    form_of(page).submit()
    assert [(error.field, error.text) for error in form_of(page).state.errors] == [(field, words)]
    assert page.state.changing == guide


def test_a_removed_question_comes_back_by_undo(room: Room, page: GuidesPage) -> None:
    guide = changing_staff(page)
    page.choose_question("handover")
    page.remove_question()
    assert page.state.changing is not None
    assert page.state.changing.question("handover") is None
    assert page.state.question == "gone_wrong", "the cursor is on the next one"
    room.session.undo.undo()
    assert page.state.changing == guide
    page.put_back()
    assert not page.state.has_changes


def test_a_question_that_another_asks_for_stays(page: GuidesPage) -> None:
    changing_staff(page)
    page.choose_question("handover")
    page.edit_question()
    form_of(page).put("relevant", "${your_role} != ''")
    form_of(page).submit()
    page.choose_question("your_role")
    page.remove_question()
    assert page.state.fault.startswith("The rule of another question asks for this one")
    assert page.state.changing is not None
    assert page.state.changing.question("your_role") is not None


def test_leaving_the_changes_can_be_undone(room: Room, page: GuidesPage) -> None:
    guide = changing_staff(page)
    page.move_question(1)
    changed = page.state.changing
    page.put_back()
    assert page.state.changing == guide
    assert working(room.vault.questions, guide.id) is None
    room.session.undo.undo()
    assert page.state.changing == changed
    assert working(room.vault.questions, guide.id) == changed


def test_the_words_read_out_get_a_version_and_never_lose_the_limit(page: GuidesPage) -> None:
    changing_staff(page)
    page.edit_about()
    form_of(page).put("consent", f"We look at handovers.\n{LIMIT}\nYou can stop.")
    form_of(page).submit()
    assert page.state.changing is not None
    consent = page.state.changing.consent
    assert (consent.name, consent.read_out) == ("standard/2", ("We look at handovers.", "You can stop.", LIMIT))


def test_a_new_guide_begins_with_its_first_question(room: Room, page: GuidesPage) -> None:
    for _ in range(2):
        page.new()
        form = form_of(page)
        form.put("title", "Night visits 🙂")
        form.put("kinds", "interview\ndrop_in")
        form.submit()
        assert [error.field for error in form.state.errors] == ["text"]
        form.put("text", "Who is here at night?")
        form.submit()
    found = kept(room)
    assert [(one.title, one.form_id) for one in found] == [
        ("Night visits 🙂", "night_visits"),
        ("Night visits 🙂", "night_visits_2"),
    ]
    assert page.state.showing is Showing.CHANGE, "more questions are asked for at once"


def test_a_guide_is_written_as_a_form_and_taken_out_of_use(room: Room, page: GuidesPage, tmp_path: Path) -> None:
    page.choose("leaders")
    page.write(tmp_path / "Leaders")
    assert (tmp_path / "Leaders.xlsx").exists()
    assert room.said[-1] == "Leaders is in Leaders.xlsx"
    page.use_built_in()
    page.retire()
    assert kept(room) == []
    room.session.undo.undo()
    assert [one.title for one in kept(room)] == ["Leaders"]


def test_a_guide_of_two_thousand_questions_is_shown_in_a_moment(page: GuidesPage, tmp_path: Path) -> None:
    bring_in(
        page, tmp_path / "Large.xlsx", survey(*(["text", f"q{n}", f"<b>{n}</b> " + "é🙂" * 50] for n in range(2_000)))
    )
    guide = page.preview
    assert guide is not None
    shown = as_page(guide, page.frameworks)
    assert shown.count("<p><b>") == 150
    assert "1850 more questions" in shown
    assert "&lt;b&gt;0&lt;/b&gt;" in shown
    assert about(guide) == "Interviews · 2000 questions · version 1"
    page.add_looked_at()
    page.change()
    page.move_question(1)
    assert page.state.changing is not None
    assert page.state.changing.asked[1].id == "q0"
