talk-help = Help
    .words = Help
    .about = Help
help =
    Write your neighbourhood’s problem right here; you get a tracking code, and the answer arrives here.
    “My reports” says who has each report and until when an answer is expected.
    “Cancel” takes you out of anything unfinished.
help-staff =
    For officers:
    /queue reports that wait
    /case code, see one report
    /accept code and next step
    /reject code, reason and explanation
    /ask code and a question to the reporter
    /move code and the right neighbourhood
help-role = Your role: { $role }, { $body }
help-more-roles =
    { $n ->
        [one] and one role more
       *[other] and { $n } roles more
    }
help-grant =
    To name officers:
    /grant give a role
    /revoke take a role back
help-link = If you are on both Bale and Telegram, write “Link” to make your two accounts one.
