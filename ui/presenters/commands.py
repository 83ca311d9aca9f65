"""Every command of the app with its keys: shortcuts, the palette and the shortcut sheet all read this one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """Where a command works; the value is its heading on the shortcut sheet and stands beside it in the palette."""

    EVERYWHERE = "Everywhere"
    LOG = "In the live log"
    NOTES = "On a note"
    VISIT = "In the visit"
    HOME = "On Home"
    EVIDENCE = "On Evidence"
    COVERAGE = "On Coverage"
    INTERVIEW = "In an interview"
    ESCALATIONS = "On Escalations"
    RECORD = "In a record review"
    CASE = "In a case"
    CASES = "On Cases"
    FILES = "On Files"
    GUIDES = "On Interview guides"
    TEXTS = "In short texts"
    DAY = "On End of day"
    SCORES = "On Scores"
    FINDINGS = "On Findings"
    PEOPLE = "On People"
    REQUESTS = "On information requests"
    SEND = "On Send"
    DECIDE = "On Decide"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing the app can do. ``keys`` are in Qt's spelling; the first is the one that is shown."""

    id: str
    words: str
    keys: tuple[str, ...] = ()
    scope: Scope = Scope.EVERYWHERE

    @property
    def shown_keys(self) -> str:
        """``Ctrl+K``, or empty."""
        return self.all_keys.split(", ", maxsplit=1)[0]

    @property
    def all_keys(self) -> str:
        """``Ctrl+Y, Ctrl+Shift+Z``, or empty."""
        return ", ".join(self.keys).replace("PgDown", "PgDn")


COMMANDS = (
    Command(id="palette", words="Find or do anything", keys=("Ctrl+K",)),
    Command(id="home", words="Home", keys=("Ctrl+1",)),
    Command(id="visit", words="Visit", keys=("Ctrl+2",)),
    Command(id="evidence", words="Evidence", keys=("Ctrl+3",)),
    Command(id="coverage", words="Coverage", keys=("Ctrl+4",)),
    Command(id="scores", words="Scores", keys=("Ctrl+5",)),
    Command(id="escalations", words="Escalations", keys=("Ctrl+6",)),
    Command(id="reports", words="Reports", keys=("Ctrl+8",)),
    Command(id="findings", words="Findings"),
    Command(id="cases", words="Cases"),
    Command(id="compare", words="Compare cases"),
    Command(id="files", words="Files"),
    Command(id="guides", words="Interview guides"),
    Command(id="people", words="People"),
    Command(id="requests", words="Information requests"),
    Command(id="frameworks", words="Frameworks"),
    Command(id="programme", words="Programme: who is where"),
    Command(id="accuracy", words="Factual accuracy: comments on the draft, improvement plan"),
    Command(id="day", words="End-of-day sheet", keys=("Ctrl+E",)),
    Command(id="disclosures", words="Restricted disclosures"),
    Command(id="send", words="Send", keys=("Ctrl+7",)),
    Command(id="decide", words="Decide what two people changed at once", keys=("Alt+Q",)),
    Command(id="hand_over", words="Hand over without a network: stick or cable"),
    Command(id="urgent", words="Show the urgent item as a code"),
    Command(id="hand_in", words="Hand in, and erase this vault"),
    Command(id="settings", words="Settings", keys=("Ctrl+9",)),
    Command(id="escalate", words="Escalate a risk", keys=("Ctrl+Shift+E",)),
    Command(id="send_now", words="Send now", keys=("Ctrl+Shift+S",)),
    Command(id="find", words="Find on this screen", keys=("Ctrl+F",)),
    Command(id="find_visit", words="Find in the whole visit", keys=("Ctrl+Shift+F",)),
    Command(id="replace", words="Find and replace in what you are writing", keys=("Ctrl+H",)),
    Command(id="note", words="New note in this activity", keys=("Ctrl+N",)),
    Command(id="mark", words="Mark this moment", keys=("Ctrl+M",)),
    Command(id="undo", words="Undo", keys=("Ctrl+Z",)),
    Command(id="redo", words="Redo", keys=("Ctrl+Y", "Ctrl+Shift+Z")),
    Command(id="save", words="Say where my work is; save again what was not saved", keys=("Ctrl+S",)),
    Command(id="next_pane", words="Next part of the screen", keys=("F6",)),
    Command(id="previous_pane", words="Previous part of the screen", keys=("Shift+F6",)),
    Command(id="details", words="Show or hide details", keys=("Ctrl+\\",)),
    Command(id="bigger", words="Bigger text", keys=("Ctrl++", "Ctrl+=")),
    Command(id="smaller", words="Smaller text", keys=("Ctrl+-",)),
    Command(id="usual_size", words="Usual text size", keys=("Ctrl+0",)),
    Command(id="blank_observation", words="Print a blank observation sheet"),
    Command(id="blank_interview", words="Print a blank interview sheet"),
    Command(id="blank_case", words="Print a blank case timeline sheet"),
    Command(id="blank_dropin", words="Print a blank drop-in tally"),
    Command(id="texts", words="Short texts"),
    Command(id="expand", words="What the abbreviation means; write it out", keys=("Ctrl+;",)),
    Command(id="spelling", words="Next word that may be misspelt", keys=("F7",)),
    Command(id="hide", words="Hide the screen", keys=("F9", "Ctrl+Shift+H")),
    Command(id="lock", words="Lock", keys=("Ctrl+L",)),
    Command(id="help", words="Help for this screen", keys=("F1",)),
    Command(id="shortcuts", words="Shortcuts", keys=("Ctrl+/",)),
    Command(id="guide", words="User guide"),
    Command(id="messages", words="Messages"),
    Command(id="menu", words="Main menu"),
    Command(id="exposure", words="What would be lost with this laptop"),
    Command(id="tag_untagged", words="Tag the untagged notes"),
    Command(id="back_up", words="Make a backup"),
    Command(id="take_out", words="Take work out"),
    Command(id="take_in", words="Take work in"),
    Command(id="enrol", words="Enrol with an office"),
    Command(id="practise", words="Practise on the sample visit"),
    Command(id="next_item", words="Next agenda item", keys=("Ctrl+PgDown",), scope=Scope.LOG),
    Command(id="previous_item", words="Previous agenda item", keys=("Ctrl+PgUp",), scope=Scope.LOG),
    Command(id="walk_up", words="Walk up the log without leaving the line", keys=("Ctrl+Up",), scope=Scope.LOG),
    Command(id="walk_down", words="Walk down the log", keys=("Ctrl+Down",), scope=Scope.LOG),
    Command(id="pin", words="Pin these tags for the next notes", keys=("Ctrl+Shift+T",), scope=Scope.LOG),
    Command(id="clear_pins", words="Clear pinned tags", scope=Scope.LOG),
    Command(id="time", words="Say when it was noticed", keys=("Alt+T",), scope=Scope.LOG),
    Command(id="on_paper", words="Written on paper: type up notes with their times", keys=("Alt+W",), scope=Scope.LOG),
    Command(id="add_person", words="Add a person", keys=("Alt+P",), scope=Scope.LOG),
    Command(id="replace_name", words="Put the code in place of a name", keys=("Alt+R",), scope=Scope.LOG),
    *(
        Command(id=f"category_{n}", words=f"Evidence category {n}", keys=(f"Alt+{n}",), scope=Scope.LOG)
        for n in range(1, 7)
    ),
    Command(id="add_words", words="Add words or correct", keys=("F2",), scope=Scope.NOTES),
    Command(id="tag", words="Tag", keys=("Ctrl+T",), scope=Scope.NOTES),
    Command(id="restrict", words="Say who may know this note or record"),
    Command(id="restrict_activity", words="Say who may know all of this activity"),
    Command(id="withdraw", words="Withdraw, or bring back", keys=("Ctrl+Del",), scope=Scope.NOTES),
    Command(id="new_activity", words="New activity", keys=("Ctrl+Shift+N",), scope=Scope.VISIT),
    Command(id="paste_programme", words="Paste a programme", scope=Scope.VISIT),
    Command(id="programme_file", words="Programme from a file", scope=Scope.VISIT),
    Command(id="change_activity", words="Change the activity or agenda item", scope=Scope.VISIT),
    Command(id="move_up", words="Move up on the agenda", keys=("Alt+Up",), scope=Scope.VISIT),
    Command(id="move_down", words="Move down on the agenda", keys=("Alt+Down",), scope=Scope.VISIT),
    Command(id="call_off", words="Mark the activity as cancelled, or bring it back", scope=Scope.VISIT),
    Command(id="before_you_leave", words="Before you leave", scope=Scope.VISIT),
    Command(id="new_visit", words="Create a visit", keys=("Ctrl+Shift+N",), scope=Scope.HOME),
    Command(id="change_visit", words="Rename or change the visit", keys=("F2",), scope=Scope.HOME),
    Command(id="archive_visit", words="Archive the visit, or bring it back", scope=Scope.HOME),
    Command(id="show_archived", words="Show or hide archived visits", scope=Scope.HOME),
    Command(id="filters", words="Filters", keys=("Alt+F",), scope=Scope.EVIDENCE),
    Command(id="bear_strength", words="These notes are a strength", keys=("Alt+=",), scope=Scope.EVIDENCE),
    Command(id="bear_shortfall", words="These notes are a shortfall", keys=("Alt+-",), scope=Scope.EVIDENCE),
    Command(id="bear_mixed", words="These notes go both ways", scope=Scope.EVIDENCE),
    Command(id="bear_neutral", words="These notes go neither way", scope=Scope.EVIDENCE),
    Command(id="came_held", words="This evidence was held already", scope=Scope.EVIDENCE),
    Command(id="came_requested", words="This evidence was asked for", scope=Scope.EVIDENCE),
    Command(id="came_collected", words="This evidence was collected on site", scope=Scope.EVIDENCE),
    Command(id="triage", words="Tag untagged notes, oldest first", keys=("Alt+U",), scope=Scope.EVIDENCE),
    Command(id="triangulation", words="Triangulation of a statement", keys=("Alt+G",), scope=Scope.EVIDENCE),
    Command(id="saved_filters", words="Saved filters", scope=Scope.EVIDENCE),
    Command(id="add_to_finding", words="Add the notes to a finding", keys=("Ctrl+Shift+L",), scope=Scope.EVIDENCE),
    Command(id="clear_filter", words="Clear the filter", scope=Scope.EVIDENCE),
    Command(id="select_all", words="Select all notes that are shown", scope=Scope.EVIDENCE),
    Command(id="open_at_source", words="Open the note at its source", scope=Scope.EVIDENCE),
    Command(id="next_gap", words="Go to next coverage gap", keys=("Ctrl+G",), scope=Scope.COVERAGE),
    Command(id="previous_gap", words="Go to previous coverage gap", keys=("Ctrl+Shift+G",), scope=Scope.COVERAGE),
    Command(id="gaps_only", words="Coverage: show gaps only, or everything", scope=Scope.COVERAGE),
    Command(id="balance", words="Voices heard, and where the time went", keys=("Alt+V",), scope=Scope.COVERAGE),
    Command(id="list_view", words="Coverage: list or matrix", scope=Scope.COVERAGE),
    Command(id="add_contact", words="Say who was told", keys=("Alt+A",), scope=Scope.ESCALATIONS),
    Command(id="risk_numbers", words="Change the numbers to ring", scope=Scope.ESCALATIONS),
    Command(id="set_risk", words="Set a quality risk", scope=Scope.ESCALATIONS),
    Command(id="interview_skip", words="Skip the question", keys=("Alt+K",), scope=Scope.INTERVIEW),
    Command(id="interview_jump", words="Jump to a question", keys=("Ctrl+J",), scope=Scope.INTERVIEW),
    Command(id="interview_add", words="Add your own question here", keys=("Ctrl+I",), scope=Scope.INTERVIEW),
    Command(id="interview_prompts", words="Show or hide prompts", keys=("F8",), scope=Scope.INTERVIEW),
    Command(id="interview_stop", words="Stop the interview: end, pause, withdraw", scope=Scope.INTERVIEW),
    Command(id="interview_consent", words="Change the consent", scope=Scope.INTERVIEW),
    Command(id="interview_joined", words="Someone joined the group", scope=Scope.INTERVIEW),
    Command(id="open_record", words="Open a record", keys=("Ctrl+Shift+N",), scope=Scope.RECORD),
    Command(id="close_record", words="Close the record", keys=("Alt+C",), scope=Scope.RECORD),
    Command(id="record_consent", words="Consent to the record is taken back", scope=Scope.RECORD),
    Command(id="access_log", words="Save the access log to print", keys=("Ctrl+P",), scope=Scope.RECORD),
    Command(id="add_handover", words="Add handover", keys=("Alt+H",), scope=Scope.CASE),
    Command(id="add_words_said", words="Add person's words", keys=("Alt+W",), scope=Scope.CASE),
    Command(id="edit_event", words="Edit the event", keys=("F2",), scope=Scope.CASE),
    Command(id="duplicate_event", words="Duplicate the event", keys=("Ctrl+D",), scope=Scope.CASE),
    Command(id="paste_events", words="Paste a dated list", keys=("Alt+V",), scope=Scope.CASE),
    Command(id="note_gap", words="Note the wait or the gap, or go to the next", keys=("Alt+G",), scope=Scope.CASE),
    Command(id="case_yield", words="Show what evidence the case gave", keys=("Alt+Y",), scope=Scope.CASE),
    Command(id="event_up", words="Move the event up among those of its day", keys=("Ctrl+Up",), scope=Scope.CASE),
    Command(id="event_down", words="Move the event down", keys=("Ctrl+Down",), scope=Scope.CASE),
    Command(id="take_off", words="Take the event off", keys=("Ctrl+Del",), scope=Scope.CASE),
    Command(id="event_notes", words="Show the notes of the event", keys=("Alt+L",), scope=Scope.CASE),
    Command(id="case_notes", words="Show every note about the case", scope=Scope.CASE),
    Command(id="lanes", words="Show as lanes, or as a table", keys=("Alt+S",), scope=Scope.CASE),
    Command(id="lanes_wider", words="Stretch the lanes", keys=("Alt+=", "Alt++"), scope=Scope.CASE),
    Command(id="lanes_narrower", words="Press the lanes together", keys=("Alt+-",), scope=Scope.CASE),
    Command(id="describe_case", words="Describe the case", keys=("Alt+D",), scope=Scope.CASE),
    Command(id="case_consent", words="Change the consent of the case", scope=Scope.CASE),
    Command(id="print_case", words="Print the case", keys=("Ctrl+P",), scope=Scope.CASE),
    Command(id="add_case", words="Add a case to the list", keys=("Ctrl+Shift+N",), scope=Scope.CASES),
    Command(id="import_cases", words="Import a case list", keys=("Alt+I",), scope=Scope.CASES),
    Command(id="propose_sample", words="Propose a sample", keys=("Alt+P",), scope=Scope.CASES),
    Command(id="change_case", words="Describe the case under the cursor", keys=("F2",), scope=Scope.CASES),
    Command(id="follow_case", words="Follow the case", keys=("Alt+F",), scope=Scope.CASES),
    Command(id="attach", words="Attach a file", keys=("Ctrl+Shift+A",)),
    Command(id="record_sound", words="Record sound, or stop recording", keys=("Ctrl+Shift+R",)),
    Command(id="pause_sound", words="Pause the recording, or go on", keys=("Ctrl+Shift+P",)),
    Command(id="play_sound", words="Play the sound of the note, or pause", keys=("F5",)),
    Command(id="sound_back", words="5 seconds back in the sound", keys=("Shift+F5",)),
    Command(id="sound_on", words="5 seconds on in the sound", keys=("Ctrl+F5",)),
    Command(id="stop_playing", words="Stop playing the sound"),
    Command(id="open_about", words="Open what the note is about", keys=("Alt+E",)),
    Command(id="paste_picture", words="Attach the picture on the clipboard", keys=("Ctrl+Shift+V",), scope=Scope.FILES),
    Command(id="look_at_file", words="Look at the file", scope=Scope.FILES),
    Command(id="black_out", words="Black out parts of the file", keys=("Alt+O",), scope=Scope.FILES),
    Command(id="fetch_file", words="Fetch the file from the central store", scope=Scope.FILES),
    Command(id="save_copy", words="Save a copy of the file", scope=Scope.FILES),
    Command(id="correct_file", words="Change what is said of the file", keys=("F2",), scope=Scope.FILES),
    Command(id="note_about_file", words="Note about the file", keys=("Alt+N",), scope=Scope.FILES),
    Command(id="withdraw_file", words="Take the file out of use, or back", keys=("Ctrl+Del",), scope=Scope.FILES),
    Command(id="bring_in_form", words="Bring in a form", scope=Scope.GUIDES),
    Command(id="new_guide", words="Make a new guide", keys=("Ctrl+Shift+N",), scope=Scope.GUIDES),
    Command(id="add_question", words="Add a question to the guide", keys=("Alt+A",), scope=Scope.GUIDES),
    Command(id="question_up", words="Move the question up", keys=("Alt+Up",), scope=Scope.GUIDES),
    Command(id="question_down", words="Move the question down", keys=("Alt+Down",), scope=Scope.GUIDES),
    Command(id="save_guide", words="Save the guide as a version", scope=Scope.GUIDES),
    Command(id="change_text", words="Change the short text", keys=("F2",), scope=Scope.TEXTS),
    Command(id="drop_text", words="Take the short text off", keys=("Ctrl+Del",), scope=Scope.TEXTS),
    Command(id="change_day_item", words="Change the item", keys=("F2",), scope=Scope.DAY),
    Command(id="state_none", words="State that the section holds nothing", keys=("Alt+N",), scope=Scope.DAY),
    Command(id="remove_day_item", words="Take the item off, or put it back", keys=("Ctrl+Del",), scope=Scope.DAY),
    Command(id="day_source", words="Show what the item was made of", keys=("Alt+O",), scope=Scope.DAY),
    Command(id="finish_day", words="Finish the sheet", keys=("Alt+F",), scope=Scope.DAY),
    Command(id="print_day", words="Save the sheet to print", keys=("Ctrl+P",), scope=Scope.DAY),
    Command(id="day_before", words="The sheet of the day before", keys=("Ctrl+PgUp",), scope=Scope.DAY),
    Command(id="day_after", words="The sheet of the day after", keys=("Ctrl+PgDown",), scope=Scope.DAY),
    Command(id="change_finding", words="Change the finding", keys=("F2",), scope=Scope.FINDINGS),
    Command(id="change_person", words="Change role or organisation", keys=("F2",), scope=Scope.PEOPLE),
    Command(id="change_request", words="Change the request", keys=("F2",), scope=Scope.REQUESTS),
    Command(id="judge_score", words="Judge the statement", keys=("F2",), scope=Scope.SCORES),
    Command(id="next_unscored", words="Next statement without a score", keys=("Alt+N",), scope=Scope.SCORES),
    Command(id="settle_score", words="Settle the score for the team", keys=("Alt+T",), scope=Scope.SCORES),
    Command(id="override_rating", words="Give another rating than the scores", keys=("Alt+O",), scope=Scope.SCORES),
    Command(id="score_history", words="History of the score", keys=("Alt+H",), scope=Scope.SCORES),
    Command(id="hide_scores", words="Hide others’ scores, or show them", scope=Scope.SCORES),
    Command(id="print_trace", words="Save the trace of the scores", keys=("Ctrl+P",), scope=Scope.SCORES),
    Command(id="retry", words="Try again to send", keys=("Alt+R",), scope=Scope.SEND),
    Command(id="why", words="Say why it could not be sent", keys=("Alt+Y",), scope=Scope.SEND),
    Command(id="files_anyway", words="Send files over a metered connection", keys=("Alt+A",), scope=Scope.SEND),
    Command(id="keep_laptop", words="Keep this laptop’s wording", keys=("Alt+L",), scope=Scope.DECIDE),
    Command(id="keep_central", words="Keep central store’s wording", keys=("Alt+C",), scope=Scope.DECIDE),
    Command(id="keep_both", words="Keep both wordings", keys=("Alt+B",), scope=Scope.DECIDE),
    Command(id="write_new", words="Write a new version", keys=("Alt+N",), scope=Scope.DECIDE),
    Command(id="next_question", words="Next decision", keys=("Ctrl+PgDown",), scope=Scope.DECIDE),
)

_BY_ID = {command.id: command for command in COMMANDS}
_NOTES_ARE_ON = frozenset({Scope.LOG, Scope.VISIT, Scope.EVIDENCE, Scope.INTERVIEW, Scope.RECORD})


def command(name: str) -> Command:
    """The command with this id. Raises ``KeyError``."""
    return _BY_ID[name]


def meet(one: Scope, other: Scope) -> bool:
    """Whether commands of these scopes can be at hand on one screen, so that they may not share keys."""
    if one is other or Scope.EVERYWHERE in (one, other):
        return True
    pair = {one, other}
    if pair in ({Scope.LOG, Scope.INTERVIEW}, {Scope.LOG, Scope.RECORD}):  # their pages take keys of the log too
        return True
    return Scope.NOTES in pair and bool(pair & _NOTES_ARE_ON)
