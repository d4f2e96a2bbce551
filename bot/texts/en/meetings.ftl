### The neighbourhood’s meetings, and topics that residents propose.

talk-meetings = Meetings
    .words = meetings | meeting
meetings = Your meetings
meetings-coming = Coming:
meetings-none-coming = No meeting is coming. When you are invited we will tell you here.
meetings-past = Held:
meetings-line = { $what }: { $time }
meetings-line-off = Called off: { $what }, { $time }
meetings-line-result =
    { $n ->
        [0] { $what }: { $time }; no decisions
        [1] { $what }: { $time }; one decision
       *[other] { $what }: { $time }; { $n } decisions
    }
meetings-label = { $day }, { $kind ->
        [council] council
        [public] public meeting
        [service_desk] service desk
        [county_board] county board
       *[province_board] steering council
    }
meetings-none = No meeting has been announced yet. When you are invited we will tell you here.
meetings-nowhere = Please choose your neighbourhood first to see its meetings.
meeting-page =
    { $what }
    Time: { $time }
    Place: { $venue }
meeting-over = The time of this meeting has passed.
meeting-no-pin = The place of this meeting is not known on the map.
meeting-pin = The place of the meeting: { $venue }
meeting-calendar-coming = We are making the file of the meeting and send it here.
meeting-calendar = Open this file to add the meeting to your phone’s calendar.

propose-item = What should be talked about? Write it in one sentence (at most { $most } letters). Please name nobody.
propose-item-length = Please write the topic in at most { $most } letters.
propose-item-enough = You have proposed { $n } topics for this meeting. Please keep others for the next one.
propose-item-done =
    Your proposal for { $what } was sent:
    “{ $words }”
    The organiser decides, and we will tell you.
propose-item-taken =
    Your topic is on the agenda of { $what } now:
    “{ $words }”
    Time: { $time }
propose-item-left =
    There was no room for your topic in { $what } this time:
    “{ $words }”
    You can bring it up at the meeting itself: { $time }
proposed-item =
    A resident proposes a topic for { $what }:
    “{ $words }”
    Time: { $time }
    .take = Put it on the agenda
    .leave = No
proposed-item-taken = “{ $words }” is on the agenda now, and every invitation shows it.
proposed-item-left = “{ $words }” was not put on the agenda, and whoever proposed it was told.
proposed-item-decided = “{ $words }” was decided about before.
