talk-mine = My reports
    .words = My reports
    .about = My reports and their answers
mine =
    { $n ->
        [one] You have submitted one report. Press its button to see it:
       *[other] You have submitted { $n } reports. Press a button to see one:
    }
mine-line = “{ $title }” — { $state }
mine-none = You have not submitted a report yet.
