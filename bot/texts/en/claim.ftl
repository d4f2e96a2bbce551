talk-claim = A new role
claim-done = Thank you. From today you are the province’s administrator in Mahalleyar. Press “Help” to see what you can do.
claim-ask =
    { $inviter } invites you to be “{ $role }” in { $body }.
    It lasts: { $end }
    .accept = I accept
    .refuse = I decline
claim-accepted = Thank you. Your role from today: { $role }, { $body }
claim-waiting =
    { $n ->
        [one] One report waits for you.
       *[other] { $n } reports wait for you.
    }
claim-refused = All right. You were given no role.
claim-taken =
    { $name } accepted the invitation:
    { $role }, { $body }
claim-declined =
    Your invitation was declined:
    { $role }, { $body }
claim-used = This link has been used or is too old. Please ask for a new one.
parked-admin =
    { $n ->
        [one] One message was set aside, because it could not be dealt with.
       *[other] { $n } messages were set aside, because they could not be dealt with.
    }
    To see them and try again, run this on the server:
    python -m bot parked
