"""The page Cases: a list comes in off the screens' thread, a sample is proposed and swapped, a case is followed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.app.cases import CaseFacts, add_cases
from fieldkit.domain.case import Sampling
from fieldkit.kernel.ids import ActivityId
from tests.presenters.room import Room
from ui.presenters.cases.bringing_in import Importing
from ui.presenters.cases.page import Beside, Cases, read_cases

NEEDS = ("Frailty", "Dementia", "Learning disability")
HEAD = "Name,Description,Age,Need,Locality"


class Page:
    """The page with the cases that were opened from it."""

    def __init__(self, room: Room) -> None:
        self.opened: list[ActivityId] = []
        facts = read_cases(room.session, room.vault.questions, room.activity.assessment)
        self.cases = Cases(room.session, facts, self.opened.append)

    def fill(self, **values: str) -> None:
        form = self.cases.state.form
        assert form is not None
        for name, text in values.items():
            form.put(name, text)
        form.submit()

    @property
    def importing(self) -> Importing:
        found = self.cases.state.importing
        assert found is not None
        return found

    @property
    def states(self) -> list[str]:
        return [case.sampling.value for case in self.cases.state.cases]


@pytest.fixture
def page(room: Room) -> Iterator[Page]:
    made = Page(room)
    yield made
    made.cases.close()


def _list(room: Room, count: int) -> None:
    wanted = [(CaseFacts(description=f"Case {n}", need=NEEDS[n % 3], place=("Moor", "Vale")[n % 2]), None)
              for n in range(count)]  # fmt: skip
    room.session.workspace.perform(lambda uow: add_cases(uow, room.activity.assessment, wanted))


def _file(folder: Path, *rows: str) -> str:
    file = folder / "list.csv"
    file.write_text("\n".join((HEAD, *rows)), encoding="utf-8")
    return str(file)


def test_a_list_is_read_previewed_and_imported(page: Page, tmp_path: Path) -> None:
    page.cases.import_list()
    page.importing.choose(_file(tmp_path, "Smith,Woman fell,83,Frailty,Moor", "Jones,Man waiting,71,Dementia,Vale"))
    assert page.importing.state.summary == "2 rows can be imported"
    assert [row.words for row in page.importing.state.rows] == ["Woman fell, 75 to 84, Frailty, Moor",
                                                                "Man waiting, 65 to 74, Dementia, Vale"]  # fmt: skip
    columns = page.importing.state.tables[0].columns
    assert page.importing.options(columns[0]) == (("", "Never imported"),)
    page.importing.bring_in(only_good=False)
    assert page.cases.state.remark == "2 cases imported, C01 to C02"
    assert [row.cells[0] for row in page.cases.state.rows] == ["C01", "C02"]
    assert page.cases.state.beside is Beside.COVERAGE


def test_wrong_rows_are_shown_first_and_only_the_good_ones_come_in(page: Page, tmp_path: Path) -> None:
    page.cases.import_list()
    page.importing.choose(_file(tmp_path, "Smith,Woman fell,83,Frailty,Moor", f"Jones,{'x' * 3000},71,Dementia,Vale"))
    state = page.importing.state
    assert state.summary == "1 row can be imported, 1 cannot"
    assert state.rows[0].words.startswith("Row 3: Description has 3,000 characters. It can have 2,000.")
    page.importing.bring_in(only_good=False)
    assert page.importing.state.fault.startswith("1 of the rows cannot be imported, the first is row 3.")
    assert page.cases.state.cases == ()
    page.importing.bring_in(only_good=True)
    assert len(page.cases.state.cases) == 1


def test_columns_are_chosen_again_and_a_choice_that_cannot_be_says_why(page: Page, tmp_path: Path) -> None:
    page.cases.import_list()
    page.importing.choose(_file(tmp_path, "Smith,Woman fell,83,Frailty,Moor"))
    page.importing.map_column(4, "need")
    assert page.importing.state.column_error == "Select only one column for: need"
    page.importing.map_column(3, "place")
    assert page.importing.state.column_error == ""
    assert page.importing.state.rows[0].words == "Woman fell, 75 to 84, Moor, Frailty"


@pytest.mark.parametrize(
    ("path", "error"),
    [("", "Choose the file of the case list"), ("none.csv", "cannot be opened"), ("list.xlsm", "can hold macros")],
)
def test_a_file_that_cannot_be_read_is_told_at_its_field(page: Page, tmp_path: Path, path: str, error: str) -> None:
    (tmp_path / "list.xlsm").write_bytes(b"PK")
    page.cases.import_list()
    page.importing.choose(str(tmp_path / path) if path else "")
    assert error in page.importing.state.file_error
    assert not page.importing.state.is_busy


def test_a_sample_is_proposed_swapped_taken_and_undone(room: Room, page: Page) -> None:
    _list(room, 8)
    page.cases.propose(size=3)
    proposal = page.cases.state.proposal
    assert proposal is not None
    first = [pick.case.code for pick in proposal.sample]
    assert len(page.cases.state.reasons) == 3 + 4
    assert page.states == ["listed"] * 8
    page.cases.go_to(proposal.sample[0].case.id)
    page.cases.swap()
    swapped = page.cases.state.proposal
    assert swapped is not None
    assert first[0] not in [pick.case.code for pick in swapped.sample]
    page.cases.take()
    assert page.states.count("sampled") == 3
    assert page.cases.state.summary.startswith("8 on the list   3 of 10 in the sample   4 in reserve")
    room.session.undo.undo()
    assert page.states == ["listed"] * 8


def test_a_case_that_says_no_points_to_the_reserve_most_like_it(room: Room, page: Page) -> None:
    _list(room, 8)
    page.cases.propose(size=2)
    page.cases.take()
    sampled = next(case for case in page.cases.state.cases if case.sampling is Sampling.SAMPLED)
    page.cases.go_to(sampled.id)
    page.cases.set_state(Sampling.NOT_ENGAGED)
    page.fill(reason="")
    form = page.cases.state.form
    assert form is not None
    assert [one.text for one in form.state.errors] == ["Enter why this case does not take part"]
    page.fill(reason="Moved away")
    assert f"is the reserve that is most like {sampled.code}" in page.cases.state.remark
    assert page.cases.case is not None
    assert page.cases.case.sampling is Sampling.RESERVE


def test_following_a_case_opens_its_page(room: Room, page: Page) -> None:
    _list(room, 1)
    page.cases.go_to(page.cases.state.cases[0].id)
    page.cases.follow()
    (activity,) = page.opened
    assert room.vault.questions.activity(activity).title == "Case C01"
    assert page.states == ["engaged"]
    page.cases.follow()
    assert page.opened == [activity, activity]


def test_what_the_sample_lacks_is_said_in_words(room: Room, page: Page) -> None:
    _list(room, 6)
    page.cases.propose(size=1)
    page.cases.take()
    lacking = [row.sentence for row in page.cases.state.cover if row.is_missing]
    assert lacking
    assert all(one.endswith("not in the sample") for one in lacking)
