talk-settings = Settings
    .words = Settings
settings =
    Your neighbourhood: { $neighborhood }
    News: { $news }
    .news = News
    .hours = Quiet hours
    .move = Another neighbourhood
    .data = My data
    .where = Messenger for news
    .link = Connect two accounts
settings-nowhere = not chosen yet
settings-language = The language was changed.
settings-news =
    Which news do you want, and how often? Answers to your own reports arrive in any case.
    Now: { $now }
news-all = all news
news-weekly = once a week
news-own = my own matters only
news-none = all messages are stopped
settings-quiet = In which hours shall we send no news? Choose, or write them yourself. Example: 22 to 7
    .none = No quiet hours
settings-quiet-offer = { $from } to { $to }
settings-quiet-hours = From { $from } to { $to } we send no news; they arrive after that. An answer to your own message comes at once.
settings-quiet-none = Quiet hours: none
settings-quiet-wrong = We did not recognise these hours. Example: 22 to 7
digest =
    This week’s news in { $neighborhood }, from { $from } to { $to }:
    { $accepted ->
        [0] No report was accepted.
        [one] One report was accepted and is being dealt with.
       *[other] { $accepted } reports were accepted and are being dealt with.
    }
    { $decided ->
        [0] Nothing else was decided.
        [one] One more report was decided.
       *[other] { $decided } more reports were decided.
    }
    You get this summary because you chose “once a week”.
    .settings = Change the news
digest-notice = “{ $words }”
digest-poll = Advisory poll: “{ $question }”, until the end of { $date }. In “Our neighbourhood” you can vote.
digest-minutes =
    { $n ->
        [0] What came of { $what }, { $day }: no decisions. See “Meetings”.
        [1] What came of { $what }, { $day }: one decision. See “Meetings”.
       *[other] What came of { $what }, { $day }: { $n } decisions. See “Meetings”.
    }
digest-meeting = You are invited to { $what }: { $time }
language-fa = فارسی
language-en = English
