"""Tells screen readers what happened, and keeps each message in a list so that nothing is only spoken once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from fieldkit.kernel.topic import Topic

_KEPT = 200  # a day of meetings tells about 150 things worth going back to


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """Something that was said; ``is_urgent`` interrupts what is being read."""

    text: str
    is_urgent: bool = False
    at: datetime = field(default_factory=lambda: datetime.now(UTC), compare=False)


class Announcer:
    """The one voice of the application. ``told`` tells the Messages list and the tests."""

    def __init__(self, speaker: QObject | None = None, now: Callable[[], datetime] | None = None) -> None:
        self._speaker = speaker
        self._now = now or (lambda: datetime.now(UTC))
        self._messages: deque[Message] = deque(maxlen=_KEPT)
        self.told: Topic[Message] = Topic()

    @property
    def messages(self) -> tuple[Message, ...]:
        """What was said, oldest first."""
        return tuple(self._messages)

    def announce(self, text: str, urgent: bool = False) -> None:
        """Say ``text`` now; empty text says nothing."""
        if not text:
            return
        message = Message(text=text, is_urgent=urgent, at=self._now())
        self._messages.append(message)
        self._speak(message)
        self.told.tell(message)

    def forget(self) -> None:
        """The vault was left: what was said of it is nobody else's business."""
        self._messages.clear()

    def _speak(self, message: Message) -> None:
        speaker = self._speaker or QApplication.activeWindow()
        if speaker is None:
            return  # no window to speak for; the list keeps the message
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # 3 ms; the first screen says nothing

        event = QAccessibleAnnouncementEvent(speaker, message.text)
        politeness = QAccessible.AnnouncementPoliteness
        event.setPoliteness(politeness.Assertive if message.is_urgent else politeness.Polite)
        QAccessible.updateAccessibility(event)
