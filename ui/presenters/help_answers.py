"""Short answers for each screen (ux S15): five to eight, written for somebody with a minute between two meetings."""

from __future__ import annotations

from typing import TypeAlias

Answers: TypeAlias = tuple[tuple[str, str], ...]

FIRST_RUN = "First run"
UNLOCK = "Unlock"

_SAFE = (
    "Is my work safe?",
    "Every word is on this laptop within a second, encrypted. The status line says what waits.",
)
_LEAVES = (
    "What leaves this laptop?",
    "Notes with a tag, and what they need to be understood. Untagged notes stay here.",
)
_FORGOTTEN = (
    "I have forgotten my passphrase.",
    "Select that on the locked screen and type your recovery key. Nobody else can open your vault.",
)
_OVER_SHOULDER = ("Somebody looks over my shoulder.", "F9 hides everything. Ctrl+L locks.")
_FIND = ("How do I find or do something?", "Press Ctrl+K and type a few letters of it. Its keys stand beside it.")
_BIGGER = ("The text is too small.", "Ctrl and + makes it bigger, up to twice the size. Ctrl+0 makes it usual again.")
_WRONG = (
    "I typed something wrong.",
    "Ctrl+Z takes the last action back. F2 adds a correction; what was there stays.",
)

BY_SCREEN: dict[str, Answers] = {
    FIRST_RUN: (
        ("What is the vault?", "One encrypted folder on this laptop. Your passphrase opens it, and nothing else does."),
        ("What is a good passphrase?", "Three or four random words, 14 characters or more. Select Suggest one."),
        (
            "What is the recovery key for?",
            "It opens the vault if you forget the passphrase. It is shown once: save the sheet away from the laptop.",
        ),
        ("Do I need a connection?", "No. You can enrol with your office later, in Settings."),
        ("Can I try it first?", "Open the sample visit. It has a vault of its own; nothing in it counts."),
        _BIGGER,
    ),
    UNLOCK: (
        ("Which passphrase?", "The one you chose when you created the vault here. It is not the one of Windows."),
        _FORGOTTEN,
        (
            "It makes me wait.",
            "Five wrong tries are free, then each takes longer. Nothing is ever wiped.",
        ),
        _SAFE,
        ("The wrong letters come.", "FieldKit says so when Caps Lock is on. Show shows what you typed."),
        _BIGGER,
    ),
    "Home": (
        ("How do I go on where I stopped?", "Press Enter on the first visit. Enter again opens the live log."),
        ("How do I begin a visit?", "Press Ctrl+Shift+N, name it, paste the agenda, press Ctrl+Enter."),
        ("What is Next on this page?", "What only you can do now: words not saved, notes to send, a key to store."),
        _SAFE,
        _FIND,
        _FORGOTTEN,
    ),
    "Visit": (
        ("How do I open a meeting?", "Move to it with the arrows and press Enter. The live log opens."),
        ("How do I add something that was not planned?", "Press Ctrl+Shift+N. It begins now unless you say when."),
        ("The programme changed.", "Move or change an activity where it stands. What was called off stays listed."),
        ("How do I add people?", "By a code and a role, never a name: ch Chair. In a note type ch: and what was said."),
        ("Where are my notes?", "Under their activity. Evidence, Ctrl+3, lists all of them with filters."),
        _OVER_SHOULDER,
    ),
    "Live log": (
        ("How do I write a note?", "Type, then press Enter. The first key stamps the time."),
        (
            "How do I tag it?",
            "End the line with # and a code: #lc. Type # alone for the list. + is a strength, - a shortfall.",
        ),
        ("How do I say who spoke?", "Begin with their code: ch: and the words. Alt+P adds a person."),
        ("I missed the moment.", "Ctrl+M marks it. Alt+T says when something was noticed."),
        ("A word has a wavy line.", "It may be misspelt. F7 lists what you may have meant; Esc leaves it."),
        ("How do I tag the next ten alike?", "Ctrl+Shift+T pins the tags. They are added until you clear them."),
        _OVER_SHOULDER,
        _SAFE,
    ),
    "Evidence": (
        ("How do I filter?", "Press Ctrl+F and type words, a statement, a person or a day. Filters add up."),
        ("How do I tag several at once?", "Select them with Shift and the arrows, then Ctrl+T, the code, Enter."),
        ("Where are the untagged ones?", "Choose Untagged. They stay on this laptop until you tag them."),
        ("How do I read one in its place?", "Press Enter on it."),
        ("Can I change a note?", "Its words stay. F2 adds to them, Ctrl+Del withdraws it; both can be undone."),
        _LEAVES,
    ),
    "Interview": (
        ("Why can I not type yet?", "Consent comes first. Answer the questions under the words to read out."),
        ("How do I save an answer?", "Ctrl+Enter saves it and goes on. Enter saves it and stays with the question."),
        ("How do I skip or jump?", "Alt+K skips, Ctrl+J jumps to a number or a word, Ctrl+I adds your own question."),
        ("What does not attributable mean?", "No name and no role is shown anywhere. The reference stands there."),
        ("How do I note who spoke in a group?", "Type 2: before the words. The number stays until you type another."),
        ("The person wants to stop.", "Select Stop beside the questions: end, pause, or the person wants to withdraw."),
        _WRONG,
    ),
    "Cases": (
        ("How do I bring in a list?", "Alt+I, then the Excel or CSV file. You see each row before anything is kept."),
        ("Why is a column closed?", "Names, NHS numbers, dates of birth and addresses are never read."),
        ("A row is wrong.", "Nothing is kept until it is mended in the file, or you take the good rows only."),
        ("Whom should I look at?", "Alt+P proposes ten cases and four in reserve, and says why for each."),
        ("Somebody does not want to take part.", "Press Enter on the case and say why. The nearest reserve is named."),
        ("How do I begin with a case?", "Alt+F follows it: it becomes an activity of the visit with its timeline."),
    ),
    "Case": (
        ("How do I add an event?", "Ctrl+N. For a handover press Alt+H, for the person’s own words Alt+W."),
        ("I know the month only.", "Type april, about 2 april or 2 to 9 april. The date stays as exact as that."),
        ("How is a wait counted?", "From the earliest day of one event to that of the next. The details explain each."),
        ("How do I see it as a picture?", "Alt+S shows lanes, one for each service. Alt+= stretches them."),
        ("Does an event count in coverage?", "With a tag it does: end its words with one, like #sp-."),
        ("Somebody sent a list with dates.", "Alt+V: paste it, look at each line below, and Ctrl+Enter adds them."),
        ("I added the wrong event.", "F2 changes it. Delete takes it off, with a reason; Ctrl+Z brings it back."),
        ("Consent is taken back.", "Change its consent. The case is then kept, but printed and sent no more."),
    ),
    "Compare cases": (
        ("Which cases stand here?", "Those that are followed. What a consent holds is left out, and named above."),
        ("What do longest and over mean?", "The longest wait of that step in any case, and one over its standard."),
        ("How do I open a case?", "Move to its column with the arrows and press Enter."),
        ("What evidence did a case give?", "Press ‘What each gave’ and choose the case. Enter lists the notes."),
        ("Why is a note counted that I wrote elsewhere?", "It is about the case or one of its events: ~C01 says so."),
        ("How do I print it?", "Ctrl+P saves it as PDF with its web page."),
    ),
    "Drop-in": (
        ("How do I begin a conversation?", "Type how many and a letter, like 3s, and press Enter. The clock runs."),
        ("How do I end it?", "Type what was said, or nothing, and press Enter. The minutes are those of the clock."),
        ("I write it up later.", "Put the minutes behind the letter: 3s10 is three staff for ten minutes."),
        ("How do I say what it was about?", "Type # and a statement, as in any note. It counts as a theme."),
        ("I recorded one by mistake.", "Select it in the list and press Delete. Ctrl+Z brings it back."),
    ),
    "Record review": (
        ("How do I open a record?", "Ctrl+Shift+N: whose, what, why it is necessary, and what allows you to."),
        ("Why can I not type yet?", "Nothing is noted of a record before it is opened. The log then says who looked."),
        ("How do I go on to the next one?", "Alt+C closes the record. Ctrl+Shift+N opens the next."),
        ("May I write the name?", "No. Use the code of the person or case. The names stay in the other system."),
        ("Consent is taken back.", "Its notes are held: kept, and in no report, export or sending. The log stays."),
        ("Who asks for the access log?", "The organisation whose records they are. Ctrl+P saves it to print."),
    ),
    "Programme": (
        ("What is shown here?", "The day: times down, streams or people side by side, with rooms."),
        ("Who is where?", "Choose People above the table. Somebody who is to be at two places is named there too."),
        ("An interview has nobody.", "It is named too. Open it, press F2 on the visit and say who goes."),
        ("How do I bring in a programme?", "On the visit, select ‘From a file’: a calendar, CSV or Excel."),
        ("A new programme came.", "Bring it in again. What moved keeps its notes; what is off stays, marked so."),
    ),
    "People": (
        ("Why codes?", "Notes leave this laptop, so they say P1 or S3. Who that is stays in the key, locked."),
        ("How do I add somebody?", "Ctrl+N. A code and a role are enough, and no name is needed."),
        ("Who can see the names?", "Whoever has the passphrase of the key. It is not the one of this laptop."),
        ("One person has two codes.", "Make them one. Every note is found under both, and who did it is kept."),
        ("What is the warning of small numbers?", "Role, place and organisation may say who it is. Leave one out."),
    ),
    "Escalations": (
        ("Somebody is in danger now.", "Call 999 first. Ctrl+Shift+E then records it, from every screen."),
        (
            "Does FieldKit tell anybody?",
            "No. Ring the people on the card. What you record goes to the office first of all, once you are connected.",
        ),
        ("How do I say who was told?", "Press Alt+A. Write their role, what they said they would do, and the time."),
        ("When does it leave Needs you?", "When a contact is recorded and no promised answer is late."),
        ("How do I close it?", "With its outcome. If a criterion applies, say first whether you referred."),
        ("Has my team seen it?", "The list says when the central store had it, and who opened it."),
        ("Who sets a level of quality risk?", "Routine: the ICB or place. Enhanced: the ICB. Intensive: NHS England."),
    ),
    "Restricted disclosures": (
        ("Who can see this?", "Only you, with its own passphrase. It is in no list, search, count, export or sending."),
        ("I have forgotten its passphrase.", "Nobody can reset it. What was not handed over is lost."),
        ("Why did it close?", "After three quiet minutes, on F9, on leaving the page. What you typed is kept, hidden."),
        ("Somebody is in danger now.", "Call 999 first. Ctrl+Shift+E records it; a disclosure alone tells nobody."),
        ("Whom can I hand it to?", "A person whose key you trust: compare its six words by telephone first."),
        ("What does my team see?", "Nothing, or the pointer if you leave one: a concern was passed on, its reference."),
        ("I am the guardian.", "Select I hold this role, read out its six words, then ask the office for what waits."),
    ),
    "Coverage": (
        (
            "What do the words mean?",
            "Gap has no evidence, Thin has little, Enough and Strong have more. Not needed: the framework asks none.",
        ),
        ("Where is the next gap?", "Press Ctrl+G. Ctrl+N then begins a note for it."),
        ("What is behind a number?", "Press Enter on the cell: Evidence opens with just those notes."),
        ("Why did a cell not change?", "Only tagged notes count, and withdrawn ones do not."),
        ("Is this a rating?", "No. It counts evidence and says nothing of how good a service is."),
    ),
    "Hand in": (
        ("What stands in the way?", "Each line says what would be lost and how to settle it. Enter leads there."),
        (
            "What is the wipe certificate?",
            "One page saying what the vault held when it was erased. It is saved first, outside the vault.",
        ),
        ("Can it be undone?", "No. That is why you type the word, and why nothing without a receipt may be left."),
        ("Is anything erased by itself?", "Never. Your office may ask for it; Home then says so."),
        ("What of disclosures and the key to names?", "They are erased too. Hand them over first, then tick the box."),
        _SAFE,
    ),
    "Hand over": (
        ("Which is the quickest?", "Two laptops beside each other, and a code of words."),
        ("Is it sent once it is on the stick?", "No. Only the store’s receipt counts. Bring it back, or connect."),
        ("Can I take a file in twice?", "Yes. What is there already changes nothing, in any order."),
        ("The stick came out too early.", "Write it again. What arrived whole is taken in; the rest is listed."),
        ("Who can open the file?", "Only whom it is for. For anybody else it is unreadable."),
        ("My team-mate is not offered.", "Give each other your cards and compare the six words."),
        _SAFE,
    ),
    "Urgent item as a code": (
        ("What do I do with it?", "Let any phone scan it and send the text to your office. Only it can read it."),
        ("What is the check phrase for?", "Ring the office, say what happened, read the words: it finds both."),
        ("Does this count as sent?", "No. It also goes by itself later, and does not come twice."),
        ("Can I print it?", "Yes, ‘Save a sheet to print’. It does not say what the escalation says."),
        ("Somebody looks at my screen.", "Press F9. Nothing of it stays in sight."),
        _SAFE,
    ),
    "Decide": (
        ("Why am I asked?", "Two people changed the same words unknown to each other. Both are kept."),
        ("What was done by itself?", "Different fields were combined. You can look at that, and take it back."),
        ("Must I decide now?", "No. Until then the more careful one is shown. Only what is final waits."),
        ("What if we decide differently?", "Then you are both asked again. Nothing is overwritten."),
        ("Can I take a decision back?", "Yes, with Ctrl+Z. Every account stays in the record."),
        ("What of ‘deleted by’, ‘edited by’?", "The edit is kept until somebody decides. Nothing written is lost."),
        _SAFE,
    ),
    "Frameworks": (
        ("How do I work against two?", "Choose the other one in the list, then press the button beside it."),
        ("How is a note tagged to both?", "A code that both know tags both. Else name it: #pr/ip."),
        ("Do I lose tags if I remove it?", "No. They stay, and show again when the framework returns."),
        ("What is carrying tags over?", "New tags beside the old ones, as the pack says. You see each note first."),
        ("Can I take that back?", "Yes, with Ctrl+Z or Take carried tags back. Tags you put yourself stay."),
        ("Can I correct a figure?", "Import a newer file. The older figure is named and counts no more."),
    ),
    "Information requests": (
        ("How do I add one?", "Press Ctrl+N. What and why are enough; the rest may follow."),
        ("What is listed under my words?", "What the team holds that may answer it. Look before you ask again."),
        ("It was asked by telephone.", "Tick that it was asked already, or select Mark as asked afterwards."),
        ("Only a part came.", "Select Something came, then a part. It stays among the awaited ones."),
        ("It is public after all.", "Select Close it and say where it is. The request and the reason are kept."),
        ("Who sees the register?", "The whole team, once it was sent. Every step shows its author."),
    ),
    "Factual accuracy": (
        ("When is a comment due?", "10 working days after the e-mail. Put the cursor on the draft: each day is named."),
        ("How do comments come in?", "Read them from a file: a document, the filled-in form, or a table."),
        ("Is a comment ever too long?", "No. What a field does not take comes from a text file."),
        ("Why may I not answer?", "You were put down for the visit, or wrote on it. A colleague has to review."),
        ("Can I take it all out now?", "Yes, with Save to print, whatever is or is not answered."),
        ("A score has to change.", "Accept the comment, then change the score beside it. The comment is its reason."),
    ),
    "End of day": (
        ("How do I add an item?", "Press Enter on a section, or Ctrl+N. Words and a section are enough."),
        ("A section holds nothing.", "Press Alt+N on it: None is stated with your name, and never left blank."),
        ("What is proposed?", "Risks, open questions and gaps of the day. Enter puts one on the sheet."),
        ("Can I print it now?", "Yes, with Ctrl+P. Until it is finished it says that it is a draft."),
        ("A team-mate writes too.", "Every item of every laptop stays, once both have sent or met by cable."),
        ("Who decides on a level?", "The ICB or NHS England. What you choose is for discussion only."),
    ),
    "Findings": (
        ("How do I make one?", "Press Enter on its statement. A claim and what it says are enough."),
        ("How do I link a note?", "Press Enter on the finding. Space links a note; with Shift, it contradicts."),
        ("My note is not in the list.", "Type words of it over the list: all notes are searched then."),
        ("It says ‘single source’.", "All of it comes from one person or one place. Ask somebody else."),
        ("A note stands elsewhere already.", "That is said and forbids nothing. It counts once in every total."),
        ("Must all be ready for the report?", "No. It is made of what there is, and names what is missing."),
    ),
    "Scores": (
        ("How do I score a statement?", "Press Enter on it. Say why first, then the score, then what it rests on."),
        ("Why is no score shown?", "Nobody scored it, or assessors differ and the team has not settled it yet."),
        ("How was a figure worked out?", "Put the cursor on it. Its sum stands beside the list, line by line."),
        ("Can I try a score out?", "Yes: What if it were. Nothing is saved, and a yellow line says so."),
        ("The rating should be another one.", "Go to the figure and give another one, with why and who approved."),
        ("Is it the regulator's judgement?", "No. Every figure here is provisional, on paper too."),
    ),
    "Reports": (
        ("How do I see it first?", "Press Enter, then ‘Look at its pages’. PgDn and PgUp turn them, Esc goes back."),
        ("How do I save it?", "Press Ctrl+Enter. A PDF has its web page saved beside it."),
        ("I want to go on writing in it.", "Tick ‘Save a Word document too’: headings, lists and tables are real."),
        ("What is checked?", "Numbers, addresses and small groups. Names are found by reading: look at every page."),
        ("Something is missing from it.", "Held and withdrawn notes are in none, nor what was said in confidence."),
        ("Something is still open.", "Then it asks why it is made all the same, and says so on the report."),
    ),
    "Short texts": (
        ("What is a short text?", "A name for words you write often. Type ;name in a note and press Tab."),
        ("How do I add one?", "Press Ctrl+N, give a name and the words, press Ctrl+Enter."),
        ("How do I change one?", "Press Enter on it, or F2. Ctrl+Del takes it off, and Ctrl+Z brings it back."),
        ("Does it change what I write?", "Never by itself. Only Tab, or Enter in the list, puts the words in."),
        ("What does an abbreviation mean?", "Stand behind it and press Ctrl+;. Enter writes it out."),
        ("Who sees my short texts?", "Nobody. They stay in this vault, on this laptop."),
    ),
    "Interview guides": (
        ("How do I use one that came with FieldKit?", "Press Enter on it, then ‘Use this guide’. The copy is yours."),
        ("I have a form in a spreadsheet.", "Select ‘Bring in a form’. You see what is in it before it is kept."),
        ("A question was kept plain.", "It is always asked, and answered in words. The report says why."),
        ("How do I change the order?", "Press Enter on ‘Change’, then Alt+Up and Alt+Down. Alt+A adds a question."),
        ("When does my team get it?", "When you save a version. Until then your changes are on this laptop only."),
        ("What happens to interviews?", "They keep the version they used, also when a guide is taken out of use."),
    ),
    "Files": (
        ("What happens to my file?", "It is copied and encrypted. The original stays as it is and is not needed."),
        ("What is removed from photos?", "The place where they were taken, unless you keep it. The record says so."),
        ("How do I black out a name?", "Alt+O, Insert, arrows, then Ctrl+Enter. The copy is a file of its own."),
        ("When is a file sent?", "By itself, after the notes. It is sent when the store has signed for every byte."),
        ("Where is my team-mate’s file?", "Small ones come by themselves. For others select ‘Fetch it’."),
        ("Can I open it in another program?", "Yes: ‘Save a copy’. It is not encrypted, so delete it afterwards."),
        ("May I record sound?", "If your organisation turned it on and all agreed: Ctrl+Shift+R asks, then records."),
    ),
    "Send": (
        ("Do I have to press anything?", "No. It sends by itself when there is a connection. Ctrl+Shift+S hurries it."),
        _LEAVES,
        (
            "When is something sent?",
            "Sent and confirmed stands only where the central store’s signed receipt is stored on this laptop.",
        ),
        ("It could not send.", "Nothing is lost and it tries again by itself. Why? says what stands in the way."),
        ("May I hand this laptop back?", "When this page says so in its first line. Untagged notes are only here."),
        ("Can I prove that I handed in?", "Save the certificate of hand-in. It lists what was confirmed, and when."),
        ("It takes my whole connection.", "Select Stop. It goes on by itself in ten minutes, or with Send now."),
    ),
    "What would be lost": (
        ("What is listed here?", "Notes that are on this laptop and nowhere else."),
        ("How do I make it shorter?", "Tag notes, connect and send. A backup on another disk helps as well."),
        ("Why are untagged notes here?", "They never leave by themselves. Only the proof that they exist does."),
        _LEAVES,
        _FORGOTTEN,
    ),
    "Settings": (
        ("How do I change text size or colours?", "Display. Changes show at once and Ctrl+Z takes them back."),
        ("How do I change a shortcut?", "Keyboard lists every command with its keys."),
        ("How do I join my office?", "Organisation and central store. Type its address and the code it gave you."),
        ("I never stored my recovery key.", "Recovery key makes a new one. The one before it then opens nothing."),
        ("How do I back up?", "A checked copy is made whenever FieldKit closes after changes. Storage has a button."),
        ("When does it lock?", "After 15 minutes without a key, 30 in a live log. Privacy and lock changes both."),
    ),
}  # fmt: skip
"""From the name of a screen (the word in the main menu) to its answers."""

EVERY: Answers = tuple(dict.fromkeys(answer for answers in BY_SCREEN.values() for answer in answers))
"""Each answer once, for the palette."""


def answers_for(screen: str) -> Answers:
    """The answers of a screen; those of the live log, where most time is spent, for one that has none."""
    return BY_SCREEN.get(screen, BY_SCREEN["Live log"])


def screen_of(question: str) -> str:
    """The first screen that answers it. Raises ``KeyError`` for a question that none answers."""
    for screen, answers in BY_SCREEN.items():
        if any(question == asked for asked, _ in answers):
            return screen
    raise KeyError(question)
