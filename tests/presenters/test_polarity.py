"""A framework whose ratings run the other way, 1 the best: listed from worst to best everywhere, and never a number.

Scores that are added up are refused on such a scale by the pack's own check (``tests/packs/spoilt.txt``).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fieldkit.domain.framework import Framework
from fieldkit.domain.judgement import Judged
from fieldkit.domain.marks import Mark
from fieldkit.domain.method import Polarity
from fieldkit.domain.scoring import work_out
from fieldkit.domain.working import in_words
from fieldkit.frameworks.reader import read_pack
from tests.packs.small_pack import FILES, write_pack
from tests.presenters.room import Room
from ui.presenters.scores.forms import judge_form, moderate_form
from ui.presenters.settings.packs import preview_of

_SCALES = FILES["scoring.yaml"].partition("method:")[0]


@pytest.fixture
def framework(tmp_path: Path) -> Framework:
    """The small pack without scores, rated by places: 1 is the first and the best."""
    folder = write_pack(tmp_path)
    (folder / "scoring.yaml").write_text(f"{_SCALES}method:\n  scored_at: none\n  rating_scale: places\n", "utf-8")
    (folder / "examples.yaml").write_text("examples: []\n", encoding="utf-8")
    return read_pack(folder)


def test_steps_are_listed_from_the_worst_to_the_best_whichever_end_of_the_numbers_is_best(framework: Framework) -> None:
    scale = framework.method.rating_scale
    assert scale is not None
    assert scale.polarity is Polarity.LOWER_IS_BETTER
    assert [one.label for one in scale.worst_first] == ["Second", "First"]
    other = replace(scale, polarity=Polarity.HIGHER_IS_BETTER)
    assert [one.label for one in other.worst_first] == ["First", "Second"]
    assert "Ratings are chosen in words: Second, First" in preview_of(framework).lines


def test_the_forms_offer_them_in_that_order_and_keep_the_step_that_is_meant(framework: Framework, room: Room) -> None:
    where, judged = room.activity.assessment, Judged(pack="small", subject="good-food")
    forms = (
        judge_form(room.session, where, framework, judged, None, (), lambda _: None),
        moderate_form(room.session, where, framework, judged, None, lambda _: None),
    )
    for form in forms:
        (field,) = [one for one in form.fields if one.name == "value"]
        assert [(one.value, one.words) for one in field.options][:2] == [("2", "Second"), ("1", "First")]
        form.submit()
        assert not [one.text for one in form.state.errors if "score" in one.text]
        form.close()


def test_the_best_step_is_its_word_and_nothing_is_added_up_from_it(framework: Framework) -> None:
    marks = [Mark(subject=one.id, value=1) for one in framework]
    assert {in_words(framework, one) for one in marks} == {"First"}
    made = work_out(framework, marks)
    assert (made.overall, made.themes) == (None, ())
