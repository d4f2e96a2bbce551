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
    { $day }, at { $hour }
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
paper-meeting =
    { $kind ->
        [council] Meeting of the progress council of { $place }
        [public] Public meeting of { $place }
        [service_desk] Service desk in { $place }
        [county_board] Meeting of the steering committee of { $place }
       *[province_board] Meeting of the steering council of { $place }
    }
paper-province = the province
paper-when = { $day }, at { $hour }
paper-when-said = { $day }, at { $hour }, { $label }

paper-board = The board of { $neighborhood }
paper-next = Next meeting: { $meeting }
paper-no-meeting = The next meeting is not announced yet.
paper-items = Subjects: { $items }
paper-open = Being followed up: { $n } reports
paper-open-none = Being followed up: no reports
paper-case = “{ $title }”
paper-case-due = “{ $title }”; next news by { $due }
paper-rest = and { $n } more
paper-done = Done in the last three months: { $n }
paper-done-none = Done in the last three months: nothing yet
paper-promised = Promises and plans under way: { $n }
paper-promised-none = Promises and plans under way: none

paper-minutes = Minutes of { $meeting }
paper-decisions = Decisions
paper-decision = { $who }, { $state }
paper-minutes-sent =
    Minutes to print:
    { $meeting }
    { $day }, { $hour }

paper-roadmap-sent = The roadmap of { $neighborhood }, to be printed on A4.
paper-road-nothing = Nothing.
paper-road-due = { $who }, until { $due }
paper-road-late =
    { $n ->
        [1] { $who }, one day late (was due { $due })
       *[other] { $who }, { $n } days late (was due { $due })
    }
paper-road-waiting = Next news until { $due }
paper-road-done = { $who }, { $date }
