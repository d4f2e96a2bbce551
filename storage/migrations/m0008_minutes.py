"""Minutes: what a meeting came to, the photos of its book, and what a council has chosen for its meetings.

The decisions themselves are plans (`actions`). Every column has its sentence. Times are whole seconds since 1970 in
UTC; truths are 0 or 1.
"""

from __future__ import annotations

SQL = """
CREATE TABLE minutes (
    meeting BIGINT PRIMARY KEY REFERENCES meetings (id),  -- the meeting whose result was published
    author BIGINT REFERENCES persons (id),  -- who published it
    published BIGINT NOT NULL,            -- when
    present BIGINT NOT NULL,              -- how many had checked in by then
    everybody BIGINT NOT NULL,            -- 1: everybody may see the photos; 0: only those who organise such meetings
    council BIGINT,                       -- how many of the council were there, where a quorum is asked for
    quorum BIGINT,                        -- how many of them had to be
    revision BIGINT NOT NULL DEFAULT 0,   -- grows with every correction
    reason TEXT NOT NULL DEFAULT '',      -- why it was corrected last
    corrected BIGINT                      -- when it was
);
CREATE INDEX minutes_by_author ON minutes (author);

CREATE TABLE minutes_photos (
    meeting BIGINT NOT NULL REFERENCES minutes (meeting),  -- of which minutes
    position BIGINT NOT NULL,             -- its order, from 1
    media BIGINT NOT NULL REFERENCES media (id),  -- a page of the minute book
    PRIMARY KEY (meeting, position)
);
CREATE INDEX minutes_by_photo ON minutes_photos (media);

CREATE TABLE council_options (
    place BIGINT PRIMARY KEY REFERENCES places (id),  -- whose council
    quorum_on BIGINT NOT NULL,            -- 1: it counts whether enough of its members are there
    quorum BIGINT,                        -- how many must be; empty: more than half of them
    votes BIGINT NOT NULL                 -- 1: its members vote about items of the agenda
);

CREATE TABLE item_votings (
    item BIGINT PRIMARY KEY REFERENCES agenda_items (id),  -- what is voted about
    opened BIGINT NOT NULL,               -- since when
    closed BIGINT,                        -- when it ended; empty while it is open
    yes BIGINT,                           -- how many were for it, once it is closed
    no BIGINT,                            -- how many were against it
    abstained BIGINT                      -- how many did neither
);

CREATE TABLE item_votes (
    item BIGINT NOT NULL REFERENCES agenda_items (id),  -- about what
    person BIGINT NOT NULL REFERENCES persons (id),  -- who; the row goes when the vote is closed
    choice TEXT NOT NULL,                 -- yes, no, abstained
    at BIGINT NOT NULL,                   -- when they chose last
    PRIMARY KEY (item, person)
);
CREATE INDEX item_votes_by_person ON item_votes (person);
"""
