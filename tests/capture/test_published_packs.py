"""The line with the packs that come with the program."""

from __future__ import annotations

import pytest

from fieldkit.capture.captured import HintKind
from fieldkit.capture.completer import Completer, take
from fieldkit.capture.parse import parse
from fieldkit.capture.render import render
from fieldkit.capture.typed_line import TypedLine
from fieldkit.capture.vocabulary import Vocabulary
from fieldkit.domain.framework import Framework
from fieldkit.frameworks.library import Library

LIBRARY = Library()
PACKS = {ref.id: LIBRARY.load(ref.id, ref.version) for ref in LIBRARY.available()}
ICS, LA = PACKS["ics"], PACKS["local-authority"]
BOTH = Vocabulary(frameworks=(ICS, LA))


@pytest.mark.parametrize("framework", PACKS.values(), ids=PACKS)
def test_every_name_of_every_statement_is_read(framework: Framework) -> None:
    vocabulary = Vocabulary(frameworks=(framework,))
    for one in framework:
        names = (one.code, one.position, str(one.number), one.id, *one.aliases)
        for name in names:
            (tag,) = parse(f"Seen today #{name.replace(' ', '-')}-", vocabulary).tags
            assert (tag.pack, tag.statement) == (framework.id, one.id)


@pytest.mark.parametrize("framework", PACKS.values(), ids=PACKS)
def test_codes_are_two_letters_and_no_code_is_another_ones_name(framework: Framework) -> None:
    for one in framework:
        assert len(one.code) == 2
        assert framework.statement_by(one.code) is one
    for category in framework.categories:
        assert len(category.code) == 2
        assert framework.category_by(category.code) is category


def test_a_category_a_framework_never_uses_narrows_to_the_other_or_stays_words() -> None:
    assert [tag.pack for tag in parse("Seen #sg.ob", BOTH).tags] == ["ics"]
    alone = parse("Seen #sg.ob @ob", Vocabulary(frameworks=(LA,)))
    assert (alone.text, alone.tags, alone.category) == ("Seen #sg.ob @ob", (), None)
    assert HintKind.CATEGORY_NOT_USED in [hint.kind for hint in alone.hints]


def test_the_council_pack_is_named_by_its_initials() -> None:
    (tag,) = parse("Seen #la/sg", BOTH).tags
    assert tag.pack == "local-authority"
    assert parse("Seen #local-authority/sg", BOTH).meaning() == parse("Seen #la/sg", BOTH).meaning()
    assert render(parse("Seen #la/sg", BOTH), BOTH).text == "Seen #la/sg"


@pytest.mark.parametrize("vocabulary", [Vocabulary(frameworks=(ICS,)), BOTH], ids=["one pack", "two packs"])
def test_every_choice_of_the_list_is_read_back_as_itself(vocabulary: Vocabulary) -> None:
    completer = Completer(vocabulary)
    for framework in vocabulary.frameworks:
        for one in framework:
            line = TypedLine(text=f"#{vocabulary.pack_word(framework.id)}/{one.number}")
            found = completer.suggest(line, len(line.text))
            assert found.sole_exact is not None
            (tag,) = parse(take(line, found, found.sole_exact).line, vocabulary).tags
            assert (tag.pack, tag.statement) == (framework.id, one.id)


def test_a_word_of_an_alias_finds_its_statement() -> None:
    completer = Completer(Vocabulary(frameworks=(ICS,)))
    found = completer.suggest(TypedLine(text="x #whistle"), 10)
    assert [candidate.choice.code for candidate in found.candidates] == ["fs"]
