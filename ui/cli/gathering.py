"""What ``fieldkit interview join``, ``leave`` and ``ask`` do: who is there, and questions of one's own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ui.cli import faults, paper
from ui.cli.desk import Desk
from ui.cli.interviewing import chosen, question_of, show_interview
from ui.cli.vaults import opened

if TYPE_CHECKING:
    from fieldkit.domain.interview import InterviewSession


def join(desk: Desk) -> int:
    """The next number comes, or one who had left is back."""
    from fieldkit.app import interviews

    options = desk.options
    with opened(desk) as vault:
        activity = chosen(vault.questions, options.interview).activity
        at = paper.moment(desk, activity)
        session, _ = vault.perform(partial(interviews.join, activity=activity.id, person=options.person, at=at))
        show_interview(desk, vault, activity.id, said=here_words(session))
    return faults.OK


def leave(desk: Desk) -> int:
    """Somebody goes."""
    from fieldkit.app import interviews

    options = desk.options
    with opened(desk) as vault:
        activity = chosen(vault.questions, options.interview).activity
        at = paper.moment(desk, activity)
        session, _ = vault.perform(partial(interviews.leave, activity=activity.id, person=options.person, at=at))
        show_interview(desk, vault, activity.id, said=here_words(session))
    return faults.OK


def ask(desk: Desk) -> int:
    """A question of one's own, behind another or at the end."""
    from fieldkit.app.interviews import add_question
    from fieldkit.capture.parse import parse
    from fieldkit.capture.vocabulary import Vocabulary
    from fieldkit.domain.questions import Target
    from ui.cli.words import frameworks_of

    options = desk.options
    with opened(desk) as vault:
        known = chosen(vault.questions, options.interview)
        last = known.questions[-1].id if known.questions else ""
        after = question_of(known, options.after).id if options.after is not None else last
        frameworks = frameworks_of(vault.questions.assessment(known.activity.assessment))
        captured = parse(options.text, Vocabulary(frameworks=tuple(frameworks)))
        targets = tuple(Target(pack=tag.pack, statement=tag.statement) for tag in captured.tags)
        text = captured.text if captured.tags else options.text
        vault.perform(partial(add_question, activity=known.activity.id, text=text, after=after, targets=targets))
        show_interview(desk, vault, known.activity.id)
    return faults.OK


def here_words(session: InterviewSession) -> str:
    """``Here are persons 1 and 3. Person 2 has left``."""
    here = session.present
    gone = tuple(one for one in session.people if one not in here)
    verb = "has" if len(gone) == 1 else "have"
    parts = [f"Here {'is' if len(here) == 1 else 'are'} {_persons(here)}" if here else "Nobody is here now"]
    if gone:
        who = _persons(gone)
        parts.append(f"{who[0].upper()}{who[1:]} {verb} left")
    return ". ".join(parts)


def _persons(numbers: tuple[str, ...]) -> str:
    if len(numbers) == 1:
        return f"person {numbers[0]}"
    return f"persons {', '.join(numbers[:-1])} and {numbers[-1]}"
