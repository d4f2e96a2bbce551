talk-invite = Invite residents
    .words = Invite residents
invite-coming = We are preparing the link and the code of { $neighborhood }; they arrive here in a moment.
invite-link =
    { $where ->
        [telegram] Invitation to { $neighborhood } on Telegram. Forward this message or print the picture:
       *[bale] Invitation to { $neighborhood } on Bale. Forward this message or print the picture:
    }
    { $link }
    Whoever opens it comes to this neighbourhood without a question.
    .copy = Copy the link
invite-poster = For print: the codes of { $neighborhood } for all messengers in one picture, each with the messenger’s name under it.
    .title = Mahalleyar, { $neighborhood }
invite-code = { $where ->
    [telegram] Telegram
   *[bale] Bale
}
