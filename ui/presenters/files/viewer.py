"""One file looked at, page by page, and black boxes drawn on it by mouse or keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from fieldkit.app import attachments, previews
from fieldkit.app.file_store import FileStore
from fieldkit.domain.attachment import Attachment
from fieldkit.kernel.errors import FieldKitError
from fieldkit.media.boxes import WHOLE, Box
from fieldkit.media.kinds import HEIC
from ui.presenters.files.state import IDLE, Busy
from ui.presenters.presenter import Presenter
from ui.presenters.services import Session
from ui.presenters.wording import sentence, ui

LONGEST = 2400
"""Pixels of a page's longer side: sharp at 200 % on a laptop."""

STEP = 10
"""Thousandths of the page by which a key moves or stretches a box."""

_NEW = Box(page=1, left=350, top=400, width=300, height=60)
_LEAST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewerState:
    """``at`` is the place of the chosen box in ``boxes``, or -1. ``edition`` grows with every picture that came."""

    preview: previews.Preview | None = None
    page: int = 1
    pages: int = 1
    boxes: tuple[Box, ...] = ()
    at: int = -1
    is_drawing: bool = False
    """Black boxes are being drawn."""
    busy: Busy = IDLE
    fault: str = ""
    edition: int = 0

    @property
    def here(self) -> tuple[tuple[int, Box], ...]:
        """The boxes of this page, each with its place."""
        return tuple((at, box) for at, box in enumerate(self.boxes) if box.page == self.page)

    @property
    def said(self) -> str:
        """What is on the screen, for a screen reader."""
        words = [f"Page {self.page} of {self.pages}"] if self.pages > 1 else []
        if self.is_drawing:
            words.append(ui.count(len(self.here), "black box", "black boxes"))
            if self.at >= 0:
                words.append(place_of(self.boxes[self.at]))
        return ". ".join(words)


def place_of(box: Box) -> str:
    """``Box from 35 % across, 40 % down; 30 % wide, 6 % high``."""
    left, top, width, height = (f"{part / 10:g} %" for part in (box.left, box.top, box.width, box.height))
    return f"Box from {left} across, {top} down; {width} wide, {height} high"


class Viewer(Presenter[ViewerState]):
    """``made`` is told of a redacted copy that was attached."""

    def __init__(self, session: Session, value: Attachment, made: Callable[[Attachment], None]) -> None:
        super().__init__(ViewerState())
        self.value = value
        self._session = session
        self._made = made
        self._stopped = False
        self._is_closed = False
        self._asked = 0

    @property
    def can_redact(self) -> bool:
        """Whether boxes can be drawn on this kind of file."""
        return self.value.media in previews.REDACTABLE

    def start(self) -> None:
        """Read the first page."""
        self._read(1)

    def close(self) -> None:
        """Nothing comes home any more; a copy that is being made is given up."""
        self._is_closed = self._stopped = True

    def turn(self, step: int) -> None:
        """PgDn and PgUp."""
        page = min(max(1, self.state.page + step), self.state.pages)
        if page != self.state.page:
            self._read(page)

    def draw(self) -> None:
        """Begin to draw boxes, or stop and forget them."""
        if not self.can_redact:
            code = "attach.heic" if self.value.media == HEIC else "attach.not_redactable"
            self._show(replace(self.state, fault=sentence(code)))
        elif self.state.is_drawing:
            self._show(replace(self.state, is_drawing=False, boxes=(), at=-1))
            self._session.say("Black boxes taken off")
        else:
            self._show(replace(self.state, is_drawing=True, fault=""))
            self._session.say("Draw black boxes: Insert adds one, arrows move it, Shift and arrows stretch it")

    def add(self, box: Box | None = None) -> None:
        """Insert: a box in the middle, or the one that was drawn with the mouse."""
        made = replace(box or _NEW, page=self.state.page).within()
        if not self.state.is_drawing or made.width < _LEAST or made.height < _LEAST:
            return
        boxes = (*self.state.boxes, made)
        self._boxes(boxes, len(boxes) - 1)

    def move(self, across: int, down: int) -> None:
        """Arrows: the chosen box, by steps; it stays on the page."""
        box = self._chosen()
        if box is not None:
            left = min(max(0, box.left + across * STEP), WHOLE - box.width)
            top = min(max(0, box.top + down * STEP), WHOLE - box.height)
            self._put(replace(box, left=left, top=top))

    def stretch(self, across: int, down: int) -> None:
        """Shift with arrows: wider, narrower, higher, lower."""
        box = self._chosen()
        if box is not None:
            width = min(max(_LEAST, box.width + across * STEP), WHOLE - box.left)
            height = min(max(_LEAST, box.height + down * STEP), WHOLE - box.top)
            self._put(replace(box, width=width, height=height))

    def choose(self, step: int) -> None:
        """The next box of this page, or the one before."""
        places = [at for at, _ in self.state.here]
        if places:
            now = places.index(self.state.at) if self.state.at in places else -1 if step > 0 else 0
            self.choose_at(places[(now + step) % len(places)])

    def choose_at(self, at: int) -> None:
        """The box that was clicked on."""
        self._boxes(self.state.boxes, at)

    def remove(self) -> None:
        """Delete: the chosen box."""
        if self._chosen() is not None:
            left = tuple(box for at, box in enumerate(self.state.boxes) if at != self.state.at)
            self._boxes(left, len(left) - 1 if left else -1)

    def save(self) -> None:
        """Make the copy and attach it as an exhibit of its own."""
        if self.state.busy.words or not self.state.is_drawing:
            return
        boxes = list(self.state.boxes)
        if not boxes:
            self._show(replace(self.state, fault=sentence("attach.no_boxes")))
            return
        self._stopped = False
        self._show(replace(self.state, busy=Busy(words="Making the copy…"), fault=""))
        self._session.workspace.work_on_files(
            lambda files: previews.redact(files, self.value, boxes, self._report), self._redacted, self._refused
        )

    def stop(self) -> None:
        """Give the copy up."""
        self._stopped = True

    def _report(self, done: int, total: int) -> None:
        if self._stopped:
            raise attachments.stopped()
        busy = Busy(words="Making the copy…", done=done, total=total)
        self._session.workspace.lanes.deliver(lambda: self._show(replace(self.state, busy=busy)))

    def _redacted(self, outcome: tuple[attachments.Taken, int]) -> None:
        if self._is_closed:
            return
        taken, pages = outcome
        said = previews.said_of_copy(self.value, len(self.state.boxes), pages)
        self._session.workspace.perform(
            lambda uow: attachments.attach(uow, taken, said), initiator="files", done=self._attached,
            failed=self._refused,
        )  # fmt: skip

    def _attached(self, made: Attachment) -> None:
        self._show(replace(self.state, busy=IDLE, boxes=(), at=-1, is_drawing=False))
        self._made(made)

    def _refused(self, problem: Exception) -> None:
        self._show(replace(self.state, busy=IDLE, fault=sentence(problem)))

    def _read(self, page: int) -> None:
        self._asked += 1
        asked, value = self._asked, self.value
        self._show(replace(self.state, page=page, busy=Busy(words="Opening the file…"), fault=""))

        def read(files: FileStore) -> previews.Preview:
            return previews.preview(files, value, page=page, longest=LONGEST)

        def home(found: previews.Preview) -> None:
            if asked == self._asked and not self._is_closed:
                self._show(
                    replace(
                        self.state, preview=found, pages=found.pages, busy=IDLE, fault="",
                        edition=self.state.edition + 1,
                    )
                )  # fmt: skip
                self._session.say(self.state.said)

        def not_read(problem: Exception) -> None:
            if not isinstance(problem, FieldKitError):
                raise problem
            if asked == self._asked and not self._is_closed:
                self._show(replace(self.state, preview=None, busy=IDLE, fault=sentence(problem)))

        self._session.workspace.work_on_files(read, home, not_read)

    def _chosen(self) -> Box | None:
        at = self.state.at
        return self.state.boxes[at] if self.state.is_drawing and 0 <= at < len(self.state.boxes) else None

    def _put(self, box: Box) -> None:
        boxes = tuple(box if at == self.state.at else one for at, one in enumerate(self.state.boxes))
        self._boxes(boxes, self.state.at)

    def _boxes(self, boxes: tuple[Box, ...], at: int) -> None:
        self._show(replace(self.state, boxes=boxes, at=at, fault=""))
        self._session.say(self.state.said)
