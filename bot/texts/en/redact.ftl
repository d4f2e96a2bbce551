talk-redact = Hide a name
    .words = Hide a name
redact-what =
    “{ $title }”
    What is to be hidden? The rest of the report stays, and the reporter is told.
    .photo = Photo { $n }
redact-part-text = Name in the text
redact-part-place = Name in the address
redact-part-answer = Name in the answer
redact-part-public = Public text
redact-words =
    The text is now:
    “{ $words }”
    Write the same without the name. The former text is erased.
redact-length = Please write the new text in at most { $n } letters.
redact-same = The text has not changed. Please write it without the name.
redact-why = What can be seen in this photo?
redacted-name = somebody’s name
redacted-face = somebody’s face
redacted-plate = a number plate
redacted-home = inside a home
redact-done =
    Hidden, and the reporter was told:
    “{ $title }”
redact-public =
    Residents read this text; if the name stands there too, choose the public text under “Hide a part” as well:
    “{ $public }”
case-redacted =
    “{ $title }”
    Your report showed { $what }; to protect people we have hidden it. The rest stays as it is and you need do nothing.
redact-words-gone = The former text was erased.
media-removed = This photo was hidden and is no longer shown.
by-hand =
    { $n ->
        [one] A photo or voice must go from this chat, and the messenger does not let us delete it. Please delete it yourself:
       *[other] { $n } photos or voices must go from this chat, and the messenger does not let us delete them. Please delete them yourself:
    }
by-hand-line = { $date }, { $time }: a report in { $neighborhood }
by-hand-rest = and { $n } more
