### Sentences that several talks share.

not-understood = Sorry, we did not understand that. Please press one of the buttons below or write “help”.
words-none = We saw no words in your message.
file-too-large = This file has more than { $mb } megabytes. Please send a shorter one, or a few photos.
kind-not-taken = We cannot take this kind of message here. Please write the same in a few words.
not-allowed = This part is not open to you. If you hold an office, ask the council’s coordinator or the county’s officer to name you.
# What this is called. Any text may refer to it; no other one says “bot”.
bot-of =
    { $messenger ->
        [bale] bot
       *[telegram] bot
    }
private-only =
    The Mahalleyar { bot-of } works in a private chat. Please come in here:
    { $link }

button-old = This button no longer works. Please use the buttons at the bottom of the screen.
button-back = Back
button-cancel = Cancel
button-previous = Previous
button-next = Next

cancelled = Cancelled; nothing was submitted.
nothing-to-cancel = You have nothing unfinished.

draft-kept = Your unfinished text is kept until { $date }, but it has not been submitted yet.
draft-offer =
    You have an unfinished text:
    “{ $title }”
    Go on with it?
    .resume = Go on
    .anew = Start anew
    .drop = Throw away
draft-dropped = The unfinished text was thrown away.

talk-closed = This conversation was left unfinished and has been closed. Nothing you wrote was submitted. Start anew?
    .anew = Start anew
    .no = No

parked =
    Your message arrived and is kept, but we could not deal with it yet. You need not send it again; we will let you know.
    Error number:
    { $code }
parked-failed = We could not deal with your earlier message. Please send it again.
later-done = The message you sent { $day } has been dealt with. Sorry for the delay.

sample-place = { $name } (sample)
holder-council = the progress council of { $neighborhood }
holder-county = the steering committee of { $county } county
a-colleague = A colleague
you = You

state-submitted = submitted
state-under_review = under review
state-needs_info = waiting for your answer
state-accepted = followed up by { $holder }
state-rejected = ended: not accepted
state-withdrawn = ended: taken back
staff-state-submitted = new
staff-state-under_review = under review
staff-state-needs_info = waiting for the resident
staff-state-accepted = accepted
staff-state-rejected = rejected
staff-state-withdrawn = taken back

reason-not-public = the matter is personal and has another way
    .label = Personal matter
    .explanation = This is not part of the neighbourhood’s common work. Please follow it up with the office in charge.
reason-insufficient = the address or description was not enough
    .label = Not enough detail
    .explanation = The exact place or the problem itself could not be made out. Please send it again with an address and more detail.
reason-emergency = the matter is urgent and belongs to the emergency numbers
    .label = Urgent matter
    .explanation = Please call the emergency numbers right now; the council cannot be fast enough.
reason-already-done = it was solved before
    .label = Already solved
    .explanation = This problem was solved before. If you still see it, please report it again.
reason-not-feasible = the council cannot do this for now
    .label = Not possible now
    .explanation = The council looked into this and has neither the people nor the money for it now.
reason-offensive = the text was offensive; you may send it again without that
    .label = Offensive text
    .explanation = Please send the same matter again without insulting anybody, and we will look into it.
reason-test-or-spam = it was a test or was sent several times in a row
    .label = Test or repeat
    .explanation = This message was a test or a repeat, and nothing is done on account of it.
reason-other-channel = it has to be followed up in another way
    .label = Another way
    .explanation = This is not in the council’s hands. Please follow it up with the office in charge in the county.
