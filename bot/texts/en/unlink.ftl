talk-unlink = Separate accounts
    .words = Separate accounts | Unlink
unlink = Shall the account on { $other } be separated from this one? Neighbourhood, reports, roles and settings stay with this account; the one on { $other } begins anew and sees none of them any more.
    .part = Separate
unlink-none = This account is not connected with another one.
unlink-done = The two accounts are separate. Neighbourhood, reports, roles and settings are with this one.
unlink-told = This account was separated from your account on { $other } and begins anew; neighbourhood, reports and roles stayed there. Write “Start” whenever you like.
