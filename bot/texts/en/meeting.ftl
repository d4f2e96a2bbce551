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
    { $what } is due again: { $time }
    Nobody has been invited yet.
    .offer = See it and invite

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
meeting-no-day = That month has no such day. Please check the date.
meeting-doubt-weekday = That date is another weekday: { $day }. Is it this day? If not, write the right time.
meeting-doubt-gregorian = That is a Gregorian date, and is { $day }. Is it this day? If not, write the right time.
meeting-doubt =
    .yes = Yes, this day

meeting-review =
    Please have a look before people are invited:
    { $what }
    Time: { $time }
    Place: { $venue }
    .announce = Announce and invite
    .when = Change the time
    .venue = Change the place
    .items = Agenda
    .label = Beside the hour
    .rhythm = Repeats
meeting-near = There is another meeting around then: { $what }, { $time }
meeting-repeats-weekly = It is held every week.
meeting-repeats-fortnightly = It is held every two weeks.
meeting-repeats-monthly = It is held every month.

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
meeting-items = Write what it is about, one by one (at most { $most } letters each), or choose from the accepted reports.
    .drop = Drop the last
    .done = Done
meeting-items-full = The agenda is full.
meeting-case = { $title } ({ $n } people)
meeting-rhythm = How often is it held?
meeting-every-never = Only this once
meeting-every-weekly = Every week
meeting-every-fortnightly = Every two weeks
meeting-every-monthly = Every month

meeting-unknown = We did not find this meeting, or it is not for you. See “Meetings” for those of your neighbourhood.

calendar-previous = Previous month
calendar-next = Next month
weekday-short-0 = Sa
weekday-short-1 = Su
weekday-short-2 = Mo
weekday-short-3 = Tu
weekday-short-4 = We
weekday-short-5 = Th
weekday-short-6 = Fr
