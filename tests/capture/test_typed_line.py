"""Decisions about words follow them through every edit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fieldkit.capture.offsets import from_utf16, to_utf16
from fieldkit.capture.spans import Span
from fieldkit.capture.typed_line import TypedLine

LINE = TypedLine(text="the #lc report").accepting(Span(4, 7))


def words(line: TypedLine) -> list[str]:
    return [span.of(line.text) for span in line.accepted]


def test_typing_before_and_behind_leaves_the_decision_on_its_word() -> None:
    assert words(LINE.edited(0, 3, "All of the")) == ["#lc"]
    assert words(LINE.edited(7, 0, " last year's")) == ["#lc"]
    assert words(LINE.edited(4, 0, "very ")) == ["#lc"]


def test_typing_inside_keeps_it_and_removing_its_sign_drops_it() -> None:
    assert words(LINE.edited(5, 2, "gm")) == ["#gm"]
    assert words(LINE.edited(6, 8, "")) == ["#l"]
    assert words(LINE.edited(4, 1, "")) == []
    assert words(LINE.edited(0, 14, "")) == []


def test_the_edit_can_be_told_from_the_text_alone() -> None:
    assert LINE.became("All the #lc report") == LINE.edited(0, 1, "All t")
    assert LINE.became("the  #lc report", caret=4) == LINE.edited(3, 0, " ")
    assert LINE.became("the  #lc report", caret=5).accepted == (Span(5, 8),)


def test_accepting_and_leaving_exclude_each_other() -> None:
    left = LINE.leaving(Span(4, 7))
    assert (left.accepted, left.left) == ((), (Span(4, 7),))
    assert left.accepting(Span(4, 7)) == LINE


def test_decisions_survive_the_draft_on_disk() -> None:
    line = LINE.leaving(Span(8, 14))
    assert TypedLine.from_extra(line.text, line.to_extra()) == line
    assert TypedLine(text="plain").to_extra() == ""


def test_a_spoilt_draft_is_still_opened() -> None:
    for extra in ("", "{", "[]", '{"accepted": 3}', '{"left": [[1]]}', "null"):
        assert TypedLine.from_extra("words", extra) == TypedLine(text="words")


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=6), st.data())
def test_any_edit_gives_the_text_it_should_and_spans_inside_it(
    before: str, after: str, typed: str, data: st.DataObject
) -> None:
    line = TypedLine(text=f"{before}#lc{after}").accepting(Span(len(before), len(before) + 3))
    start = data.draw(st.integers(0, len(line.text)))
    removed = data.draw(st.integers(0, len(line.text) - start))
    edited = line.edited(start, removed, typed)
    assert edited.text == line.text[:start] + typed + line.text[start + removed :]
    assert all(0 <= span.start < span.end <= len(edited.text) for span in edited.accepted)
    untouched = start >= len(before) + 3 or start + removed <= len(before)
    assert not untouched or words(edited) == ["#lc"]
    retold = line.became(edited.text, caret=start + len(typed))
    assert retold.text == edited.text
    assert not untouched or words(retold) == ["#lc"] or typed or removed


@given(st.text(alphabet=st.sampled_from("aé🩺👩‍⚕️\n "), max_size=30))
def test_offsets_go_to_utf16_and_back(text: str) -> None:
    for index in range(len(text) + 1):
        offset = to_utf16(text, index)
        assert offset == len(text[:index].encode("utf-16-le")) // 2
        assert from_utf16(text, offset) == index


def test_an_offset_inside_a_surrogate_pair_is_the_start_of_its_character() -> None:
    assert from_utf16("a🩺b", 2) == 1
