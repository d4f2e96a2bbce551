### What came of meetings, for everybody.

talk-results = Meeting results
    .words = Meeting results | Results of meetings
