"""The form that changes a finding, or a part of the report, because of a comment that was accepted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from fieldkit.app.accuracy_rows import CommentRow
from fieldkit.app.accuracy_texts import SURE, ReportText, change_text
from fieldkit.domain.framework import Framework
from ui.presenters.findings.lines import excerpt
from ui.presenters.forms import Action, Entry, Form, FormField, Option, Values
from ui.presenters.services import Session


def text_form(
    session: Session, row: CommentRow, framework: Framework, texts: Sequence[ReportText], done: Callable[[Any], None]
) -> Form:
    """``texts``: the likeliest first; one that the comment surely speaks of is picked already."""
    by_key = {one.key: one for one in texts}
    fields = (
        FormField(name="target", needed="accuracy.no_target", label="Which finding or part of the report?",
                  entry=Entry.PICK, options=tuple(Option(one.key, _option(one)) for one in texts),
                  hint="Those that the comment seems to speak of come first"),
        FormField(name="claim", label="The claim", entry=Entry.LONG, rows=2, needed="finding.no_claim",
                  shown=lambda values: values.get("target", "").startswith("finding/")),
        FormField(name="text", label="Its words in the report now", entry=Entry.LONG, rows=6,
                  hint="Empty: a finding’s claim stands in the report, any other part is taken out"),
    )  # fmt: skip
    comment = row.row.record

    def submit(values: Values) -> Action:
        return lambda uow: change_text(uow, framework, comment, values["target"], values["text"], values["claim"])

    sure = texts[0].key if texts and texts[0].points >= SURE else ""
    first = {"target": sure, **_words(by_key.get(sure), row)}
    return _TextForm(
        session, fields, place=f"form/accuracy_text/{comment}", submit=submit, done=done, first=first,
        initiator="accuracy", words=lambda key: _words(by_key.get(key), row),
    )  # fmt: skip


class _TextForm(Form):
    """With the text that is picked its words come into the fields: what was typed for another is not meant for it."""

    def __init__(self, *given: Any, words: Callable[[str], dict[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        self._words = words

    def put(self, name: str, text: str) -> None:
        is_other = name == "target" and text != self.values["target"]
        super().put(name, text)
        for field, words in self._words(text).items() if is_other else ():
            super().put(field, words)


def _words(one: ReportText | None, row: CommentRow) -> dict[str, str]:
    """As they stand, with what the answer says already changed in them."""
    if one is None:
        return {"claim": "", "text": ""}
    answered = row.answered
    was, becomes = (answered.was, answered.becomes) if answered is not None else ("", "")
    claim, text = one.claim or "", one.text
    if was.strip() and becomes.strip():
        claim, text = claim.replace(was, becomes), text.replace(was, becomes)
    return {"claim": claim, "text": text}


def _option(one: ReportText) -> str:
    words = one.text or one.claim or "not written yet"
    return f"{one.title}: {excerpt(words)}"
