talk-link = Connect two accounts
    .words = Link | Connect Bale and Telegram | Connect accounts
link-code =
    Once your two accounts are connected you are one person on Bale and Telegram: neighbourhood, reports and settings become one. Each piece of news goes to one of them only.
    Send this code to Mahalleyar on { $other }, or open this link there. It works until { $time }; give it to nobody, or they would see your reports.
    { $code }
    { $link }
link-waits = We are waiting for you on { $other }. If you got a code there, write it here.
link-nowhere = Mahalleyar can be reached on this messenger only just now. Please try again later.
link-code-unclear = The code has eight digits. Please write just those.
link-wrong = This code is not right. Please check the eight digits once more.
link-shut = You sent several wrong codes. Please try again a little later.
link-expired = The time of this code is over. If you still want to, write “Link” on one of both messengers to get a new one.
link-used = This code has been used. If that was not you, get a new one and give it to nobody.
link-own = This is the code of this very account. Please send it on the other messenger.
link-same = This code comes from this same messenger. Only an account on the other messenger can be connected.
link-third = One of these two accounts is connected with another one already. Please separate those first with “Separate accounts”.
link-sure =
    Shall your account on { $other } and this one become one? Neighbourhood, reports, roles and settings of both become one; if the neighbourhoods differ, the one you chose last stays.
    If somebody else gave you this code, refuse.
    .yes = It is my account
    .no = Not my account
link-waits-there = Now confirm it on { $other } as well; the message is there. You have until { $time }.
link-confirm = On { $other } somebody with your code wants their account and this one to become one; they would see your reports then. Was that you?
    .yes = Yes, that was me
    .no = No, not me
link-refused = All right. Nothing was connected, and this code does not work any more.
link-refused-there = It was refused on { $other }; nothing was connected. If you still want to, write “Link” again.
link-dropped = You cancelled; that code does not work any more.
link-done =
    Your two accounts are one now.
    Your neighbourhood: { $neighborhood }
    News goes to the messenger on which you wrote last; you can change that.
    .where = Messenger for news
link-two-places = Your neighbourhoods differed; we kept the one you chose last.
link-already =
    This account and your account on { $other } are connected.
    News: { $where }
    .unlink = Separate accounts
link-where =
    On which messenger do you want the news? If it cannot be reached for six hours, the news goes to the other one. An answer to your own message comes where you wrote.
    Now: { $now }
    .last = The last one used
link-where-at =
    { $where ->
        [telegram] On Telegram
       *[bale] On Bale
    }
messenger-name =
    { $where ->
        [telegram] Telegram
       *[bale] Bale
    }
