### Calling a meeting: kind, time, place and announcing it.

talk-meeting = Call a meeting
    .words = call a meeting | new meeting
meeting-name-council = Meeting of the progress council of { $place }
meeting-name-public = Public meeting of { $place }
meeting-name-service_desk = Service desk in { $place }
meeting-name-county_board = Meeting of the county board of { $place }
meeting-name-province_board = Meeting of the province’s steering council

meeting-time = { $day }, { $clock }
meeting-time-label = { $day }, { $label }, { $clock }
meeting-agenda = Agenda:
meeting-item = { $n }. { $words }
meeting-no-agenda = There is nothing on the agenda yet.

meeting-place = Whose meeting is it? Choose, or write a part of the name.
meeting-place-none = We found no place of that name for which you may call a meeting. Please choose, or write it again.
meeting-kind =
    What kind of meeting is it?
    Where: { $place }
meeting-kind-council = Council
meeting-kind-public = Public meeting
meeting-kind-service_desk = Service desk
meeting-kind-county_board = County board
meeting-kind-province_board = Steering council
meeting-repeat =
    The same as last time?
    { $what }
    Time: { $time }
    Place: { $venue }
    .same = Yes, the same
    .change = Change it
    .other = Another meeting
meeting-again =
    { $what } is due again and nobody has been invited yet. The same as last time?
    Time: { $time }
    Place: { $venue }
    .end = No more repeats
meeting-again-ended = { $what } is not repeated by itself any more. Call it again whenever you like.
meeting-called = People were invited to this already: { $what }

meeting-day =
    Choose the day, or write when it is, for example “tomorrow 18:00”.
    Days with a dot are holidays.
    { $month }
meeting-hour =
    At what hour does it begin? Choose or write it, for example 17:30.
    Day: { $day }
meeting-when-unclear = We did not understand when that is. Please write it like this: 5 Azar 17:00.
meeting-past = That time has passed. Please choose another day and hour.
meeting-no-hour = There is no such hour. Please write it again, for example 17:00.
meeting-midnight = Is twelve at night of that day or of the next? Please write the hour as 23:30 or 00:00.
meeting-no-day = { $month } has no day { $n }; its last one is { $last }. Please write the date again.
meeting-no-date = There is no such date. Please write it again, for example 5 Azar or 1405/9/5.
meeting-far = A day within the next { $n } can be chosen. Please write a nearer date.
meeting-doubt-weekday = Weekday and date do not agree; that date is { $day }. Which day is right?
meeting-doubt-day = { $day }
meeting-doubt-gregorian = That is a Gregorian date. Do you mean { $day }? If not, write the right time.
meeting-doubt-night = Do you mean the night of { $day }? If not, write the right time.
meeting-doubt-far = That day is far ahead: { $day }. Is it this day? If not, write the right time.
meeting-doubt =
    .yes = Yes, this day

meeting-review =
    { $n ->
        [0] There is nobody yet who could be invited to this meeting.
        [one] This invitation goes to one person.
       *[other] This invitation goes to { $n } people.
    }
    .announce = Announce and invite
    .when = Change the time
    .venue = Change the place
    .items = Agenda
    .label = Beside the hour
    .rhythm = Repeats
meeting-reads = The invitation reads:
meeting-near = There is another meeting around then: { $what }, { $time }

meeting-venue = Where is it? Choose, write it (at most { $most } letters) or send the place on the map.
    .house = The council’s house
meeting-spot-kept = The place on the map has come. Now write its name or address.
meeting-length = Please write at most { $most } letters.
meeting-label = What should stand beside the hour? Choose or write it.
    .none = Nothing
meeting-label-evening = after the evening prayer
    .label = Evening prayer
meeting-label-noon = after the noon prayer
    .label = Noon prayer
meeting-label-friday = after the Friday prayer
    .label = Friday prayer
meeting-items = Write what it is about, one by one (at most { $most } letters each), or choose from the open reports.
    .cases = Open reports
    .done = Done
meeting-item-drop = Drop { $n }
meeting-cases = Which report should be talked about? Those of most people come first.
meeting-wording =
    What should this report be called on the agenda? All residents read it, so please name nobody (at most { $most } letters).
    “{ $title }”
meeting-items-full = There is no room for another one.
meeting-case = { $n }. { $title }: { $people ->
        [one] one person
       *[other] { $people } people
    }, since { $since }
meeting-rhythm = How often is it held?
meeting-every-never = Only this once
meeting-every-weekly = Every week
meeting-every-fortnightly = Every two weeks
meeting-every-monthly = Every month

meeting-unknown = We did not find this meeting, or it is not for you. See “Meetings” for those of your neighbourhood.

calendar-previous = Previous month
calendar-next = Next month
calendar-hours = Other hours
weekday-short-0 = Sa
weekday-short-1 = Su
weekday-short-2 = Mo
weekday-short-3 = Tu
weekday-short-4 = We
weekday-short-5 = Th
weekday-short-6 = Fr
