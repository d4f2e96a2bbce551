talk-queue = Reports that wait
    .words = Reports that wait | Queue
queue =
    { $n ->
        [one] One report waits for your decision:
       *[other] { $n } reports wait for your decision; what is due soonest comes first:
    }
    .overdue = Overdue
    .topics = Subjects
    .problems = Problems only
    .proposals = Proposals only
    .all = All reports
    .cards = When to be told
queue-line =
    { $late ->
        [yes] “{ $title }”; was due { $due }
       *[no] “{ $title }”; answer due: { $due }
    }
queue-line-asked = “{ $title }”; waits for the reporter’s answer until { $until }
queue-none = There is no new report.
queue-none-such = No such report is waiting.
queue-only-kind =
    { $kind ->
        [proposal] Proposals only
       *[problem] Problems only
    }
queue-only-category = Only the subject: { $category }
queue-only-overdue = Overdue only
queue-topics = The reports of which subject do you want?
queue-topic = { $category }: { $n }
