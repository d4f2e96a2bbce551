talk-sensitive = Sensitive matter
    .words = Sensitive matter
sensitive-confirm =
    “{ $title }”
    Is it about harm to a person? It will be hidden from everybody, its photos and voice erased, and the reporter gets the help numbers.
    If you learnt of a child being hurt or a life in danger, you too must report it right now. Note the address before it is hidden.
    .hide = It is sensitive
sensitive-done = Hidden, and the reporter was sent the help numbers. Do not talk about it to anybody. If you learnt of a child being hurt or a life in danger, you must report it right now:
help-hidden = This may need quick and confidential help. Please call one of these numbers right now:
    .numbers = More numbers
    .general = General report
help-hidden-rest =
    Your report is hidden from everybody, and its photos and voice are erased. If somebody else looks at your phone, erase your own message and this one there too.
    You can still report just the problem of the place, without anybody’s name or address.
