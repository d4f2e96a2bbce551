talk-cancel = Cancel
    .words = Cancel | Never mind
    .about = Leave what is unfinished
