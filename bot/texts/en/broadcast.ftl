talk-broadcast = Message to all
    .words = Message to all | Broadcast
broadcast-place = Where is the message for? Choose, or write a part of the name of a neighborhood or county.
broadcast-place-none = We found no place of this name to whose residents you may write. Please check the name.
broadcast-words = Write your message to the { $readers }, from { $least } to { $most } letters. You may send a photo, voice or PDF file too.
broadcast-length = A message has at least { $least } and at most { $most } letters. Please write it again.
broadcast-photo-kept = We have the photo.
broadcast-voice-kept = We have the voice message.
broadcast-file-kept = We have the file.
broadcast-one-photo = Only one photo goes with a message; we kept the first.
broadcast-who = Who is the message for?
    .several = Several neighborhoods
    .meeting = A meeting’s people
broadcast-place-many = Several places have this name. Please write more of it, or choose from the list.
broadcast-several-ask =
    { $n ->
        [0] Choose the neighborhoods one by one, or write a part of each name.
        [one] One neighborhood is chosen. Choose others too, or go on.
       *[other] { $n } neighborhoods are chosen. Choose others too, or go on.
    }
    .all = All
    .enough = Go on
broadcast-picked = Remove { $place }
broadcast-none-chosen = You have not chosen a neighborhood yet. Please choose at least one.
broadcast-meeting = The message is for those who said that they come, or may come, to which meeting?
broadcast-meeting-of = { $what }, { $time }
broadcast-no-meeting = There is no meeting to whose people you could write.
broadcast-two = { $a } and { $b }
broadcast-three = { $a }, { $b } and { $c }
broadcast-several = { $n } neighborhoods
broadcast-councils = the councils of { $places }
broadcast-readers-going = people who said that they come, or may come, to { $what }
broadcast-a-meeting = a meeting

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
    .why = Why this message?
    .settings = News settings
broadcast-why = This message was sent to the { $readers }.
broadcast-urgent =
    This message is urgent.
    Reason: { $reason }
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
        [0] This message reaches none of the { $readers } now; they all read it in the week’s digest:
        [one] This message goes to one of the { $readers }:
       *[other] This message goes to { $n } of the { $readers }:
    }
    “{ $title }”
    Once it is sent, it cannot be taken back; you can only correct it.
    .send = Send
    .words = Edit
    .who = Readers
    .time = When to send
    .urgent = It is urgent
    .calm = Not urgent
    .photo = Drop photo
    .voice = Drop voice
    .file = Drop file
    .posts = In the channel too
    .no-posts = Not in the channel
broadcast-rule = No election or party advertising with these messages.
broadcast-apart = The text does not fit under the photo or file and comes in a message of its own after it.
broadcast-post = It is posted in “{ $name }” too.
broadcast-posts = It is posted in { $n } channels and groups too.
broadcast-time = When it is sent: { $time }
broadcast-second-person = This message reaches more than { $n } people, so a second person approves it before it is sent.
broadcast-digested = Read it in the week’s digest: { $n }
broadcast-when = When is the message sent? Choose, or write the time, such as “tomorrow 18:00”.
    .now = Right now
    .rested = After the night
    .at = Another time
broadcast-day =
    Choose the day it is sent, or write the time, such as “tomorrow 18:00”.
    Days with a dot are holidays.
    { $month }
broadcast-hour =
    At what time is the message sent? Choose or write it, such as “17:30”.
    Day: { $day }
broadcast-when-unclear = We did not understand this time. Please write it like this: “Thursday 17:00”.
broadcast-time-far = It can be sent from now until { $n } days ahead. Please choose another time.
broadcast-time-past = The time that you chose has passed. Please choose another with “When to send”.
broadcast-urgent-why = An urgent message comes in the time of rest too. Write in { $least } to { $most } letters why it is urgent; the residents read that.
broadcast-urgent-not-yours = Only a county or the province sends urgent messages.
broadcast-begun = This message does not wait to be sent any more and cannot be changed.
broadcast-left-out = It does not reach { $n }:
broadcast-quiet = It is the residents’ time of rest; your message is sent at { $time }.
broadcast-nobody = There is nobody this message would reach. Please choose other readers.

broadcast-reason-silent = Stopped the news: { $n }
broadcast-reason-weekly = Take the news once a week: { $n }
broadcast-reason-later = Have had their news of this week: { $n }
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
    .plain = Plain text
broadcast-ahead =
    “{ $title }”
    { $state }
    To { $n } of the { $readers }
    .change = Change
broadcast-never =
    “{ $title }”
    { $state }
broadcast-state-asked = The message waits for a second person’s approval.
broadcast-state-planned = When it is sent: { $time }
broadcast-state-refused =
    { $who } did not approve this message, and it was not sent.
    Reason: { $reason }
broadcast-state-lapsed = Nobody approved this message within a day, and it was not sent.
broadcast-state-unseated = The sender no longer has this role, and the message was not sent.
broadcast-second = { $role }, { $body }
broadcast-unseated =
    This message was to be sent now to the { $readers }:
    “{ $title }”
    Its sender no longer has this role, so it was not sent. If it is needed, please send it yourselves.
broadcast-plain =
    { $sender }:
    { $words }
broadcast-post-failed = It could not be posted in “{ $name }”, which is no longer connected. Mahalleyar must be an administrator there; connect it anew from “Channels”.
channel-unnamed = a channel without a name
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
broadcast-file-bad = The file could not be opened, so the message was not sent. Please send it again; of files only PDF is taken.

broadcast-correcting = The text is being corrected; so far: { $n }
broadcast-corrected-so-far = The text was corrected: { $n }
broadcast-corrected =
    “{ $title }”
    The text was corrected: { $n }
broadcast-corrected-unsure = Of these, { $n } got it on a messenger that does not say whether the new text is seen.
broadcast-corrected-not = Not corrected: { $n }
