talk-welcome = Start
    .words = Start | Hello
welcome =
    Hello, and welcome to Mahalleyar. Here you can bring a problem or an idea to your neighbourhood’s progress council and see what comes of it: write, send a photo, or say it.
    Mahalleyar is run by { $operator }. We keep what you write, show and say in order to deal with it and answer. We never ask for your national ID. The council does not see your name and number unless you want it to. You can see or erase your data whenever you like.
    { $lines }
    .accept = I agree
    .more = Tell me more
    .refuse = I do not agree
emergency-lines = In immediate danger call { $numbers }.
operator-unset = a body that has not been named yet
operator-warning = It is not settled yet which body runs Mahalleyar. This is a trial; please send no real reports.
demo-mark = Demonstration: names and reports are made up, and no report reaches a council.
welcome-more =
    The council’s coordinator and officers see and hear a report, but not your name or account. Sometimes the text or voice itself shows who sent it. The messenger and { $operator } know from which account each message came.
    Neighbours may see a summary without your name.
    A rejected report is erased after { $days } days; a finished one becomes anonymous after { $months } months.
welcome-refused = All right, we take no reports. Whenever you like, write “start”.
welcome-back = Welcome back.
consent-taken = Thank you.
