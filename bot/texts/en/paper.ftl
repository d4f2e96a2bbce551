### What stands on papers, and what is said with them.

paper-coming = { $what } is being prepared and will be here in a moment.
paper-named =
    { $paper ->
        [check_in] The check-in poster
        [bulletin] The sheet for the board
        [minutes] The meeting’s outcome
       *[roadmap] The roadmap
    }
paper-join-sent = The invitation poster of { $neighborhood }, to be printed on A4.
paper-check-in-sent =
    The check-in poster, to be printed:
    { $meeting }
    { $time }
    Put it up where you meet. The code works from half an hour before the start until two hours after it.
paper-board-sent = The sheet for the board of { $neighborhood }, one page A4 to print and put up.

paper-us = Mahalleyar
paper-foot = Mahalleyar, { $neighborhood }, { $day }
paper-about = Write your problem or proposal, or send a photo or your voice, and it reaches { $holder }.
paper-about-news = Answers, news and invitations to the neighbourhood’s meetings reach you there too.
paper-join = Read your messenger’s code with the phone’s camera, or open the address below it.
paper-join-short = Hear and be heard: read your messenger’s code with the phone’s camera.
paper-house = The council’s house: { $house }

paper-welcome = Welcome
paper-check-in = Read your messenger’s code with the phone’s camera to be counted. Residents’ names are not listed.
paper-board = The board of { $neighborhood }
paper-next = Next meeting: { $meeting }
paper-no-meeting = The next meeting is not announced yet.
paper-items = Subjects: { $items }
paper-open = Being followed up: { $n } reports
paper-open-none = Being followed up: no reports
paper-case = “{ $title }”
paper-case-due = “{ $title }”; next news by { $due }
paper-rest = and { $n } more
paper-spoken = A plan recorded in a voice, about: { $category }
paper-somebody = one of the neighbours
paper-until = by { $day }
paper-late = by { $day }, { $n } days late
paper-entry = { $title }; { $who }, { $until }
paper-done-entry = { $title }; { $who }, { $day }
paper-done = Done: { $n } plans in the last three months
paper-done-none = Done: nothing recorded in the last three months
paper-promised = Promises and plans: { $n }
paper-promised-none = Promises and plans: nothing recorded yet

paper-minutes = Minutes of { $meeting }
paper-agenda = Agenda
paper-decisions = Decisions
paper-decision = { $who }, { $state }
paper-minutes-sent =
    Minutes to print:
    { $meeting }
    { $time }

paper-roadmap = Roadmap of { $neighborhood }
paper-roadmap-sent = The roadmap of { $neighborhood }, to read and to print.
paper-adopted =
    { $changed ->
        [yes] Adopted in the meeting of { $day }, changed since.
       *[no] Adopted in the meeting of { $day }.
    }
paper-not-adopted = No meeting has adopted this roadmap yet.
paper-part =
    { $group ->
        [under_way] Under way: { $n } plans
        [waiting] Waiting for a plan: { $n } reports
       *[done] Done: { $n } plans in the last three months
    }
paper-part-none = Nothing recorded.
paper-does = { $who }, { $until }
paper-waits = Next news from { $who }, { $until }
paper-done-by = { $who }, on { $day }
