talk-correct = Correct the text
    .words = Correct the text
correct-words =
    The text is now:
    “{ $words }”
    Write the new text, from { $least } to { $most } letters. The message of those who have it is changed, and they get no other one.
correct-same = The text has not changed. Please write the new text.
correct-under-photo = This text does not fit under the photo. Please write it in at most { $n } letters.
correct-not-yours = Only whoever sent the message can correct it.
correct-late = This message can no longer be corrected. If needed, send a new one.
correct-confirm =
    “{ $title }”
    { $n ->
        [0] This text takes the place of the former one. Nobody of the { $readers } has the former one yet.
        [one] This text takes the place of the former one. One of the { $readers } has the former one, and their message is changed.
       *[other] This text takes the place of the former one. { $n } of the { $readers } have the former one, and their messages are changed.
    }
    .correct = Correct it
    .words = Edit
correct-rest = The others get the new text from now on.
correct-unsure =
    { $elsewhere ->
        [bale] On Bale
       *[telegram] On Telegram
    } it is not certain that everybody sees the correction; { $n } got the message there.
