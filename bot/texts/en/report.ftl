talk-report = Report a problem
    .words = Report a problem | Report
    .about = Report a problem of the neighbourhood
report-what =
    What is the problem, and where? Write, send a photo, or hold the microphone button and say it.
    Example: “The lamps of alley 12 have been out since last week.”
    Please say and write nobody’s name or number. In photos, no faces, number plates or insides of homes.
report-short = Please say a little more: what is the problem, and where?
report-long = Your text has more than { $n } letters. Please make it shorter.
report-join-first = So that the report reaches the right council, please choose your neighbourhood first.
photo-added =
    { $n ->
        [one] It arrived and was added.
       *[other] It arrived; so far you have sent { $n } photos and sounds.
    }
photos-enough = For each report we take up to { $n } photos. These are enough.
sound-enough = For each report we take one voice or one video.
where =
    Where exactly is the problem? If you are there right now, send your place on the map (location); if not, write the address or something near it (a mosque, a school). If you do not want to be known, the street is enough.
    .none = No address
where-long = Please write the address in at most { $n } letters.
where-none = no address
where-sent = on the map
elsewhere = The place you sent lies in { $neighborhood }; your report goes there. Your own neighbourhood does not change.
    .right = That is right
category = What is this closest to?
    .more = More subjects
    .unknown = I do not know
line-faster =
    If it is out or dangerous right now, call { $line }; that is faster.
    If nobody answers or it keeps happening, submit it here.
too-many = You have submitted { $n } reports today. Please wait with the next one until { $day }, { $time }. Is it urgent? See “Emergency numbers”.
no-words = no words
untitled = Report by photo or voice, subject: { $category }
review =
    Before it is submitted, have a look:
    Subject: { $category }
    Text: { $text }
    Place: { $where }, { $place }
    { $photos ->
        [0] Photos: none
       *[other] Photos: { $photos }
    }
    { $sound ->
        [voice] Voice: one; the council’s coordinator and officers hear it
        [video] Video: one
       *[none] { "" }
    }
    The council does not see your name and number.
    .submit = Submit
    .words = Edit text
    .place = Change place
    .topic = Change subject
submitted =
    { $kind ->
        [proposal] Your proposal was submitted. Thank you.
       *[problem] Your report was submitted. Thank you.
    }
    Tracking code:
    { $code }
    We expect an answer of { $holder } until { $due }, and send it to you here.
