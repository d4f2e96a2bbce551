talk-broadcast = Message to all
    .words = Message to all | Broadcast
broadcast-place = Where is the message for? Choose, or write a part of the name of a neighborhood or county.
broadcast-place-none = We found no place of this name to whose residents you may write. Please check the name.
broadcast-words = Write your message to the { $readers }, from { $least } to { $most } letters. You may send a photo too.
broadcast-length = A message has at least { $least } and at most { $most } letters. Please write it again.
broadcast-photo-kept = We have the photo.
broadcast-one-photo = Only one photo goes with a message; we kept the first.
broadcast-who = Who is the message for?

broadcast-province = the province
broadcast-county = { $county } county
broadcast-readers = { $who } { $place }
broadcast-who-residents = residents of
    .label = Residents
broadcast-who-council = council members in
    .label = Council members
broadcast-who-coordinators = coordinators in
    .label = Coordinators
broadcast-who-everybody = residents and council of
broadcast-who-county-board = the county board of
broadcast-who-province-board = the steering council of
broadcast-who-officers = county officers in
    .label = County officers

broadcast-message =
    From { $sender }:
    { $words }
    .settings = News settings
broadcast-why = This message was sent to the { $readers }.
broadcast-elsewhere =
    { $elsewhere ->
        [bale] On Bale
       *[telegram] On Telegram
    } { $n ->
        [one] it looks like this:
       *[other] it comes in { $n } messages and looks like this:
    }
    { $words }

broadcast-confirm =
    { $n ->
        [one] This message goes to one of the { $readers }:
       *[other] This message goes to { $n } of the { $readers }:
    }
    “{ $title }”
    Once it is sent, it cannot be taken back; you can only correct it.
    .send = Send
    .words = Edit
    .who = Readers
    .photo = Drop photo
broadcast-left-out = It does not reach { $n }:
broadcast-quiet = It is the residents’ time of rest; your message is sent at { $time }.
broadcast-nobody = There is nobody this message would reach. Please choose other readers.

broadcast-reason-silent = Stopped the news: { $n }
broadcast-reason-weekly = Take the news once a week: { $n }
broadcast-reason-closed = Closed the chat: { $n }
broadcast-reason-refused = Refused by the messenger: { $n }
broadcast-reason-left = No longer among the readers: { $n }
broadcast-reason-taken = Stopped before it reached them: { $n }

broadcast-progress =
    “{ $title }”
    { $state }
    Sent: { $sent } of { $n }
    .pause = Pause
    .go = Go on
    .stop = Stop sending
    .correct = Correct the text
broadcast-state-sending = The message is being sent.
broadcast-state-quiet = It is the residents’ time of rest; sending goes on at { $time }.
broadcast-state-paused = Sending is paused.
broadcast-state-stopping = Sending is being stopped.
broadcast-state-stopped = Sending was stopped.
broadcast-state-done = Sending is done.

broadcast-result =
    “{ $title }”
    Sent: { $n }
broadcast-failed = Not sent: { $n }
broadcast-photo-bad = The photo could not be opened, so the message was not sent. Please send it again with another photo.

broadcast-correcting = The text is being corrected; so far: { $n }
broadcast-corrected-so-far = The text was corrected: { $n }
broadcast-corrected =
    “{ $title }”
    The text was corrected: { $n }
broadcast-corrected-unsure = Of these, { $n } got it on a messenger that does not say whether the new text is seen.
broadcast-corrected-not = Not corrected: { $n }
