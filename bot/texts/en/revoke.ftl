talk-revoke = Take a role back
    .words = Take a role back
revoke-who =
    { $n ->
        [0] Nobody has a role within your reach.
        [one] One person has a role within your reach. Choose from the list, or send their contact.
       *[other] { $n } roles are given within your reach. Choose one, or send the person’s contact or a message of theirs.
    }
revoke-line = { $name }, { $role }, { $place }
revoke-line-province = { $name }, { $role }
revoke-which = Which of their roles do you take back?
revoke-confirm =
    This role is taken back at once, and they are told:
    { $name }, { $role }, { $body }
    It lasts: { $end }
    .end = Take it back
revoke-done =
    The role was taken back:
    { $name }, { $role }, { $body }
revoke-none = There is no such role within your reach.
revoke-last = This is the last administrator of the province. Please name another one first.
revoke-usage =
    Write the account’s number, the role and the place. Example:
    /revoke 1001 coordinator kerman/shahr
    Roles:
    { $roles }
