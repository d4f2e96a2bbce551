talk-grant = Give a role
    .words = Give a role
grant-who =
    To whom do you give a role? Send their contact, or forward a message of theirs.
    If they have not started Mahalleyar yet, make a link.
    .link = Make a link
grant-role = Which role do you give to { $name }?
grant-place =
    { $level ->
        [county] In which county? Write its name or choose from the list.
       *[neighborhood] In which neighbourhood? Write part of its name or choose from the list.
    }
grant-place-not-found = We did not find “{ $name }” among the places that are yours. Please write another part of the name.
grant-confirm =
    Please look once before the role is given:
    Person: { $name }
    Role: { $role }, { $body }
    From: { $from }
    It lasts: { $end }
    This is what they are told:
    .give = Give the role
    .link = Make the link
    .begin = First day
    .end = Last day
grant-begin = From which day? Write it. Example: 15 Dey
    .today = Today
grant-end = Until the end of which day? Write it. Example: 15 Dey
    .open = Without an end
grant-done =
    The role was given, and they were told:
    { $name }, { $role }, { $body }
    From: { $from }
    It lasts: { $end }
grant-link =
    This link works once and until { $date }. Send it to nobody but the person:
    { $link }
grant-already = { $name } has this role already: { $role }, { $body }
grant-beyond = This role is not yours to give. Everybody gives roles within their own reach only.
grant-usage =
    Write the account’s number, the role, the place and, if you like, the last day; without a number we make a link. Example:
    /grant 1001 coordinator kerman/shahr
    Roles:
    { $roles }
