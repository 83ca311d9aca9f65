"""What came of the sample's first visit: findings, scores, the report's texts, its factual accuracy check, the plan."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from fieldkit.app.accuracy import NewAnswer, NewComment, add_comments, answer, rescore, send_out
from fieldkit.app.findings import NewCitation, NewFinding, add_finding, change_finding
from fieldkit.app.improvement import complete, follow_up, hold_summit, plan_action
from fieldkit.app.metric_file import MetricReading, MetricRow, MetricTag
from fieldkit.app.metrics import keep_metrics
from fieldkit.app.ports import UnitOfWork
from fieldkit.app.sample_telling import Raw, Telling
from fieldkit.app.scores import NewJudgement, NewModeration, NewOverride, judge, moderate, override
from fieldkit.app.sections import Place, places, read_sections, write_section
from fieldkit.domain.accuracy import AccuracyComment, Says, SendOut
from fieldkit.domain.evidence import Bearing
from fieldkit.domain.finding import Finding, State
from fieldkit.domain.judgement import Confidence, Judged
from fieldkit.domain.method import Polarity
from fieldkit.domain.triangulation import Side
from fieldkit.kernel.ids import EntryId


def tell_findings(to: Telling) -> None:
    """Claims with the notes for and against each."""
    notes = to.notes()

    def write(uow: UnitOfWork) -> None:
        for raw in to.part("findings"):
            cited = [NewCitation(note=notes[one]) for one in raw["for"]]
            cited += [NewCitation(note=notes[one], side=Side.CONTRADICTS) for one in raw.get("against", ())]
            new = NewFinding(
                statement=raw["statement"], claim=raw["claim"], sentence=raw["sentence"],
                bearing=Bearing(raw["bearing"]), state=State.READY,
            )  # fmt: skip
            add_finding(uow, to.framework, to.assessment, new, cited)

    to.do(write)


def tell_scores(to: Telling, part: str) -> None:
    """One assessor's judgements."""
    notes = to.notes()

    def write(uow: UnitOfWork) -> None:
        for statement, value, confidence, relied_on, against, text in to.part(part):
            judge(uow, to.framework, NewJudgement(
                assessment=to.assessment, judged=_judged(to, statement), text=text, value=value,
                confidence=Confidence(confidence), relied_on=_named(notes, relied_on), against=_named(notes, against),
            ))  # fmt: skip

    to.on(to.part("judged_on"))
    to.do(write)


def tell_moderation(to: Telling) -> None:
    """What the two settled on, and the rating that departs from the sum."""
    raw, other = to.part("moderated"), to.part("override")
    settled = NewModeration(
        assessment=to.assessment, judged=_judged(to, raw["statement"]), text=raw["text"], reason=raw["reason"],
        value=raw["value"],
    )  # fmt: skip
    departs = NewOverride(
        assessment=to.assessment, pack=to.framework.id, band=other["band"], rationale=other["rationale"],
        approver=other["approver"],
    )  # fmt: skip
    to.do(lambda uow: moderate(uow, to.framework, settled))
    to.clock.advance(1800)
    to.do(lambda uow: override(uow, to.framework, departs))


def tell_texts(to: Telling) -> None:
    """The written parts of the draft report."""
    texts = to.part("texts")

    def said(place: Place) -> str:
        found: str | dict[str, str] = texts[place.part.value]
        return found if isinstance(found, str) else found[place.subject]

    def write(uow: UnitOfWork) -> None:
        for place in places(to.framework):
            write_section(uow, to.framework, to.assessment, place, said(place))

    to.do(write)


def tell_sending(to: Telling) -> None:
    """The draft goes out to two bodies, and what they say of it comes back."""
    raw = to.part("accuracy")
    to.on(raw["sent_on"])
    sha256 = hashlib.sha256(raw["report"].encode()).hexdigest()
    sent = to.do(lambda uow: send_out(uow, to.assessment, raw["bodies"], raw["report"], sha256, raw["sent_on"]))
    to.on(raw["received_on"])
    for number, body in enumerate(sent):
        new = [_comment(one) for one in raw["comments"] if one["body"] == number]
        to.do(lambda uow, body=body, new=new: add_comments(uow, body.id, new))  # type: ignore[misc]


def tell_answers(to: Telling) -> None:
    """What somebody who was not on the visit decides about each comment."""
    raw = to.part("accuracy")
    to.on(raw["answered_on"])
    known = {(body, one.paragraph): one for body, one in _comments(to, raw["bodies"])}
    for one in raw["comments"]:
        comment = known[raw["bodies"][one["body"]], one["paragraph"]].id
        decided = NewAnswer(
            accepted=one["accepted"], reason=one["reason"], was=one.get("was", ""), becomes=one.get("becomes", "")
        )
        to.clock.advance(240)
        to.do(lambda uow, comment=comment, decided=decided: answer(uow, comment, decided))  # type: ignore[misc]
        if "rescored" in one:
            new = one["rescored"]
            judged = _judged(to, new["statement"])
            to.do(lambda uow, comment=comment, judged=judged, new=new: rescore(  # type: ignore[misc]
                uow, to.framework, comment, judged, new["text"], new["value"]
            ))  # fmt: skip


def tell_changes(to: Telling) -> None:
    """The lead puts the words that were accepted into the texts of the report and the sentences of findings."""
    accepted = [(one["was"], one["becomes"]) for one in to.part("accuracy")["comments"] if one.get("becomes")]
    to.clock.advance(3600)

    def write(uow: UnitOfWork) -> None:
        for written in read_sections(uow.questions, to.assessment, to.framework):
            text = _changed(written.text, accepted)
            if text != written.text:
                write_section(uow, to.framework, to.assessment, written.place, text)
        for row in uow.questions.records(Finding.KIND, assessment=to.assessment):
            one: Finding = row.value
            sentence = _changed(one.sentence, accepted)
            if sentence != one.sentence:
                new = NewFinding(
                    statement=one.statement, claim=one.claim, bearing=one.bearing, sentence=sentence, state=one.state
                )
                change_finding(uow, to.framework, one.id, new)

    to.do(write)


def tell_improvement(to: Telling) -> None:
    """The summit, the plan, what was done by autumn, and the score that changed with it."""
    raw = to.part("improvement")
    held = raw["summit"]
    to.on(held["day"])
    to.do(lambda uow: hold_summit(uow, to.assessment, held["day"], held["place"], held["who"], held["outcome"]))
    made = [_action(to, one) for one in raw["actions"]]
    for action, one in sorted(zip(made, raw["actions"], strict=True), key=lambda pair: str(pair[1].get("done_on"))):
        if "done_on" in one:
            to.on(one["done_on"])
            to.do(lambda uow, action=action, one=one: complete(uow, action.id, one["evidence"]))  # type: ignore[misc]
    for action, one in zip(made, raw["actions"], strict=True):
        if "looked_on" in one:
            to.on(one["looked_on"])
            to.do(lambda uow, action=action, one=one: follow_up(uow, action.id, one["follow_up"]))  # type: ignore[misc]
    again = raw["rescored"]
    to.on(again["day"])
    new = NewModeration(
        assessment=to.assessment, judged=_judged(to, again["statement"]), text=again["text"], reason=again["reason"],
        value=again["value"],
    )  # fmt: skip
    to.do(lambda uow: moderate(uow, to.framework, new))


def tell_figures(to: Telling) -> None:
    """Figures of an oversight framework, as if a file of them had been imported."""
    raw = to.part("figures")
    to.on(raw["day"])
    outcomes = to.framework.categories[-1].id
    rows = tuple(
        MetricRow(
            row=number, metric=one["metric"], value=one["value"], unit=one["unit"], organisation=raw["organisation"],
            period=raw["period"], source=raw["source"], polarity=Polarity(one["polarity"]),
            tags=(MetricTag(pack=to.framework.id, statement=one["statement"], category=outcomes),),
        )
        for number, one in enumerate(raw["rows"], 2)
    )  # fmt: skip
    to.do(lambda uow: keep_metrics(uow, to.assessment, MetricReading(file=raw["file"], rows=rows, wrong=())))


def _changed(text: str, accepted: Sequence[tuple[str, str]]) -> str:
    for was, becomes in accepted:
        text = text.replace(was, becomes)
    return text


def _action(to: Telling, raw: Raw) -> object:
    return to.do(
        lambda uow: plan_action(uow, to.assessment, raw["what"], raw["owner"], raw["due_on"], raw["statement"])
    )


def _comment(raw: Raw) -> NewComment:
    return NewComment(
        paragraph=raw["paragraph"], says=Says(raw["says"]), text=raw["text"], evidence=raw.get("evidence", ""),
        evidence_on=raw.get("evidence_on"),
    )  # fmt: skip


def _comments(to: Telling, bodies: Sequence[str]) -> list[tuple[str, AccuracyComment]]:
    questions = to.vault.questions
    sent = {row.record: row.value.body for row in questions.records(SendOut.KIND, assessment=to.assessment)}
    rows = questions.records(AccuracyComment.KIND, assessment=to.assessment)
    return [(sent[row.value.about], row.value) for row in rows if sent[row.value.about] in bodies]


def _judged(to: Telling, statement: str) -> Judged:
    return Judged(pack=to.framework.id, subject=statement)


def _named(notes: dict[str, EntryId], words: str) -> tuple[EntryId, ...]:
    return tuple(notes[one.strip()] for one in words.split(",") if one.strip())
