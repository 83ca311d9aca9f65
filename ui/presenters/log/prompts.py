"""What a guide suggests to look at, beside the live log: to read, or to take as a heading of the notes.

A specialist adviser comes for a day and has no list of their own in mind, so theirs is there from the start; anybody
else has it with one key. It is read when it is shown, never before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from fieldkit.app.guide_library import built_in_guides
from fieldkit.app.guides import guides
from fieldkit.app.policies import is_adviser
from fieldkit.app.ports import Questions
from fieldkit.app.replanning import Replanned, change_activity
from fieldkit.domain.assessment import Activity, AgendaItem
from fieldkit.domain.framework import Framework
from fieldkit.domain.guide import Guide
from fieldkit.domain.questions import Question
from ui.presenters.presenter import Presenter
from ui.presenters.services import Session
from ui.presenters.undo import Deed

_HIDDEN = "hidden"
"""The setting of somebody who put them away here: an adviser too."""
Adopt = Callable[[Activity, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A question of the guide. ``codes`` are its statements as one types them, ``more`` how to look or ask further."""

    key: str
    text: str
    codes: str = ""
    more: tuple[str, ...] = ()
    is_heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptsState:
    """``guides`` are ``(key, title)`` of those for this kind of activity; ``rows`` those of the chosen one."""

    is_shown: bool = False
    guides: tuple[tuple[str, str], ...] = ()
    guide: str = ""
    rows: tuple[Prompt, ...] = ()
    current: str = ""

    @property
    def prompt(self) -> Prompt | None:
        """The one under the cursor."""
        return next((one for one in self.rows if one.key == self.current), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    guides: tuple[tuple[str, Guide], ...]
    guide: str


class Prompts(Presenter[PromptsState]):
    """``adopt`` gives the log its changed activity and the heading to go to."""

    def __init__(self, session: Session, activity: Activity, frameworks: Sequence[Framework], adopt: Adopt) -> None:
        super().__init__(PromptsState())
        self._session = session
        self._activity = activity
        self._frameworks = frameworks
        self._adopt = adopt
        self._guides: dict[str, Guide] = {}

    def load(self) -> None:
        """Show them at once to a specialist adviser; to anybody else what they had shown before."""
        self._ask(is_asked=False)

    def toggle(self) -> None:
        """F8: there, or not there."""
        if self.state.is_shown:
            self._show(replace(self.state, is_shown=False))
            self._keep(_HIDDEN)
        else:
            self._ask(is_asked=True)

    def choose(self, guide: str) -> None:
        """Another guide."""
        if guide in self._guides and guide != self.state.guide:
            self._keep(guide)
            self._list(guide)

    def point(self, prompt: str) -> None:
        """The cursor is on this one."""
        if prompt != self.state.current:
            self._show(replace(self.state, current=prompt))

    def take(self, prompt: str) -> None:
        """Enter: it becomes a heading at the end of the agenda, under which the next notes stand."""
        question = self._question(prompt)
        if question is None:
            return
        if any(one.id == prompt for one in self._activity.items):
            self._adopt(self._activity, prompt)
            return
        item = next(one for one in self._guides[self.state.guide].items() if one.id == prompt)
        before, after = self._activity.items, (*self._activity.items, item)
        undo, redo = partial(self._plan, before, "Heading taken off"), partial(self._plan, after, "Heading added", item)
        deed = Deed(name="Heading added", undo=undo, redo=redo)
        self._plan(after, "Heading added", item, then=lambda: self._session.undo.did(deed))

    def replanned(self, activity: Activity) -> None:
        """The agenda is another one now."""
        self._activity = activity
        if self.state.is_shown:
            self._list(self.state.guide)

    def _plan(
        self, items: tuple[AgendaItem, ...], words: str, item: AgendaItem | None = None,
        then: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        def done(made: Replanned) -> None:
            self.replanned(made.activity)
            self._adopt(made.activity, item.id if item is not None else "")
            self._session.say(f"{words}: {item.title}" if item is not None else words)
            then()

        action = partial(change_activity, activity=self._activity.id, items=items)
        self._session.workspace.perform(action, initiator="log", done=done, failed=self._refused)

    def _ask(self, *, is_asked: bool) -> None:
        activity, key = self._activity, self._setting

        def read(questions: Questions) -> _Read | None:
            chosen = questions.setting(key) or ""
            if chosen == _HIDDEN and not is_asked:
                return None
            if not (is_asked or chosen or is_adviser(questions)):
                return None
            return _Read(guide=chosen, guides=_offered(questions, activity, self._frameworks))

        def home(found: _Read | None) -> None:
            if found is None or not found.guides:
                if is_asked:
                    self._session.say("No guide is for this kind of activity. Add one under Interview guides")
                return
            self._guides = dict(found.guides)
            titles = tuple((each, guide.title) for each, guide in found.guides)
            self._show(replace(self.state, is_shown=True, guides=titles))
            first = found.guide if found.guide in self._guides else found.guides[0][0]
            self._list(first)
            if is_asked:
                self._keep(first)
                self._session.say(f"Prompts of {self._guides[first].title}")

        self._session.workspace.ask_then(read, home, self._refused)

    def _list(self, guide: str) -> None:
        taken = {one.id for one in self._activity.items}
        rows = tuple(_prompt(one, self._frameworks, taken) for one in self._guides[guide].asked)
        keys = [one.key for one in rows]
        current = self.state.current if self.state.current in keys else keys[0] if keys else ""
        self._show(replace(self.state, guide=guide, rows=rows, current=current))

    def _question(self, prompt: str) -> Question | None:
        guide = self._guides.get(self.state.guide)
        return guide.question(prompt) if guide is not None else None

    @property
    def _setting(self) -> str:
        return f"prompts/{self._activity.id}"

    def _keep(self, guide: str) -> None:
        key = self._setting
        self._session.workspace.perform(lambda uow: uow.set_setting(key, guide), initiator="log")

    def _refused(self, problem: Exception) -> None:
        from ui.presenters.log.faults import fault_words

        self._session.say(fault_words(problem), urgent=True)


def _offered(
    questions: Questions, activity: Activity, frameworks: Sequence[Framework]
) -> tuple[tuple[str, Guide], ...]:
    """The assessment's own guides for this kind of activity, then those of the program that are not in it."""
    own = [row.value for row in guides(questions, activity.assessment, activity.kind)]
    known = {one.form_id for one in own}
    more = [
        (one.id, one.tied_to(frameworks))
        for one in built_in_guides()
        if activity.kind in one.guide.kinds and one.guide.form_id not in known
    ]
    return (*((str(one.id), one) for one in own), *more)


def _prompt(question: Question, frameworks: Sequence[Framework], taken: set[str]) -> Prompt:
    packs = {one.id: one for one in frameworks}
    codes = (
        statement.code
        for target in question.targets
        if target.pack in packs and (statement := packs[target.pack].statement_by(target.statement)) is not None
    )
    more = (question.hint, *question.probes, *(f"“{one}”" for one in question.i_statements))
    return Prompt(
        key=question.id, text=" ".join(question.text.split()), is_heading=question.id in taken,
        codes=" ".join(f"#{one}" for one in dict.fromkeys(codes)), more=tuple(one for one in more if one),
    )  # fmt: skip
