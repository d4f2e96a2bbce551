talk-roadmap = Roadmap
    .words = Roadmap
roadmap = The roadmap of { $neighborhood }
    .adopt = Adopted in meeting
    .paper = On paper
roadmap-none = There is nothing on the roadmap of { $neighborhood } yet; accepted reports and promises come here.
roadmap-nowhere = First choose your neighbourhood to see its roadmap.
roadmap-adopted = Adopted in the meeting of { $date }
roadmap-changed = It has changed since that meeting.
roadmap-under-way = Under way:
roadmap-waiting = Waiting:
roadmap-done = Done:
roadmap-line = “{ $what }”; { $who }, until { $due }
roadmap-line-late =
    { $n ->
        [1] “{ $what }”; { $who }, one day late (was due { $due })
       *[other] “{ $what }”; { $who }, { $n } days late (was due { $due })
    }
roadmap-line-waiting = “{ $title }”; next news until { $due }
roadmap-line-done = “{ $what }”; { $who }, { $date }
roadmap-meeting = In which meeting was the roadmap of { $neighborhood } adopted?
    .on = { $date }
roadmap-no-meeting = There was no meeting in the last weeks in which the roadmap could have been adopted.
