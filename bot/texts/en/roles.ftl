### What people are here, and what each may do.

role-council_member = council member
role-council_head = council head
role-coordinator = council coordinator
role-committee_head = committee head
role-agency_contact = agency contact
role-county_officer = county officer
role-province_admin = province administrator

role-in-council = the progress council of { $neighborhood }
role-in-county = { $county } county
role-in-province = the governor’s office

does-moderate = You see the residents’ reports and answer them.
does-invite = You get the neighbourhood’s link and its picture.
does-meet = You call meetings.
does-promise = You record promises and plans, and what became of them.
does-broadcast = You write to the residents.
does-urge = You send urgent messages, which come in the time of rest too.
does-ask_public = You ask for the residents’ opinion.
does-give_leave = You let councils ask their residents questions of their own.
does-grant = You give roles to others and take them back.
does-follow_boards = You see which decisions of county and province were carried out.
does-answer_missing = You answer those who did not find their neighbourhood.
does-nothing = This role has no work of its own in Mahalleyar yet; you get the council’s news.

role-from-today = today
role-until = until the end of { $day }
role-no-end = without an end
role-day-wrong = We did not recognise this day, or it has passed. Example: 15 Dey
role-day-weekday = { $date } is another weekday than the one you wrote. Please write it again.
role-day-order = The end must come after the beginning. Please write another day.

somebody = the person you sent
somebody-by-link = whoever has the link

who-wrong = We did not recognise anybody. Please send their contact, or forward a message of theirs.
who-hidden = This message does not show anybody’s account. Please send their contact, or make a link.
who-stranger = This person has not started Mahalleyar yet. Make a link and send it to them.

role-given =
    Your role from { $from }: { $role }, { $body }
    { $end }
    .queue = See the reports
    .help = Help
role-taken = Your role “{ $role }” in { $body } was taken back. Thank you for your work.
role-ends = Your role “{ $role }” in { $body } lasts until the end of { $day } and is over then.
role-last-day = Today is the last day of your role “{ $role }” in { $body }.
role-ends-given =
    The role of somebody you named ends on { $day }:
    { $name }, { $role }, { $body }
role-ended = The time of your role “{ $role }” in { $body } is over. Thank you for your work.
role-ended-given =
    The time of the role of somebody you named is over:
    { $name }, { $role }, { $body }
