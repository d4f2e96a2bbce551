### The result of a meeting: a photo of the book, decisions, publication and correction.

talk-minutes = Write the minutes
    .words = Write the minutes | Minutes
minutes-title = Minutes of a meeting
minutes-of = { $what }, { $day }
minutes-which = Of which meeting do you write the minutes?
minutes-nothing = No meeting is left without minutes. To correct some, look at “Meetings”.
minutes-early = Minutes can be written once a meeting has begun. This one has not yet, or was called off.
minutes-unknown = The minutes of this meeting are not published yet.

minutes-photo =
    Minutes of { $of }
    Please take a photo of the page in the minute book and send it; the coordinator and officers see it.
    .none = Without a photo
minutes-photo-kept =
    { $n ->
        [1] The photo has arrived.
       *[other] { $n } photos have arrived.
    }
minutes-photos-enough = We take up to { $n } photos. These are enough.

minutes-what =
    { $n ->
        [1] What was the first decision?
       *[other] What was the next decision?
    }
    Write it in one sentence, or say it. All at once works too: “Pave alley 12, municipality, until 15 Azar”
    Residents’ names and home addresses should not be in it.
    .none = No decision
    .end = That is all
minutes-about-item = What was decided about “{ $words }”? Write it or say it.
minutes-enough = Minutes have up to { $n } decisions. Please record the others with “Record a promise”.

# The first word of a name, or all of it, that says what it is.
doer-council =
    .words = council, the council
doer-agency =
    .words = agency, office, municipality, company, department, bank, school, police
doer-group =
    .words = group, committee, society, team, residents, volunteers

minutes-look = Minutes of { $of }
    .publish = Publish
    .correct = Correct
    .cases = Its report
    .change = Change a decision
    .next = Next item
    .open = Photo for all
    .shut = Photo for officers
    .drop = Remove photos
minutes-line = { $n }. { $plan }
minutes-count =
    { $n ->
        [0] Nothing was decided.
        [1] One decision was made.
       *[other] { $n } decisions were made.
    }
minutes-about =
    { $n ->
        [1] One of them is about a resident’s report.
       *[other] { $n } of them are about residents’ reports.
    }
minutes-unnamed = Residents are not named in minutes; “a resident” stands there.
minutes-photos-kept =
    { $n ->
        [1] Minute book: one photo, { $who }
       *[other] Minute book: { $n } photos, { $who }
    }
minutes-photos-all = for everybody
minutes-photos-staff = for officers only
minutes-next = If something else was decided, just write it or say it.

minutes-pick = Which decision?
minutes-nth = Decision { $n }
minutes-change = What should be changed?
    .words = Words
    .who = Who does it
    .date = Date
    .cases = Reports
    .drop = Remove it
    .done = That is fine
minutes-words = Write the right words of the decision, or say them.
minutes-reason = Why is it corrected? Write one sentence of at most { $n } letters; the residents read it.
minutes-done =
    The minutes are published and on their way:
    { $of }
minutes-corrected-done =
    The minutes are corrected, and the messages that were sent are changed too:
    { $of }
minutes-taken =
    A colleague wrote these minutes a moment before you; yours were not stored.
    { $of }

minutes-told =
    What came of { $what }
    { $day }
    .see = See the minutes
minutes =
    Minutes of { $what }
    Time: { $time }
    .write = Write the minutes
    .paper = File to print
    .photos = Minute book
    .correct = Correct
minutes-present = Present: { $n } by code, { $guests } guests
minutes-corrected =
    Corrected on { $date }
    Reason: { $reason }
minutes-photos =
    The minute book: { $what }
    { $day }
minutes-case =
    In the meeting of { $date } something was decided about your report:
    “{ $title }”
minutes-case-again =
    What the meeting of { $date } came to about your report was corrected:
    “{ $title }”

minutes-remind =
    { $what }
    { $day }
minutes-remind-first = Three days have passed and what came of this meeting is not published yet. A photo of the book and a few sentences are enough.
minutes-remind-last = A week has passed and the residents still do not know what was decided. If nothing was, please publish just that.
