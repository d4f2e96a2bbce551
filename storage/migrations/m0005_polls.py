"""Polls: what residents are asked, what they chose as long as it is open, and what came of it.

Every column has its sentence. Times are whole seconds since 1970 in UTC; truths are 0 or 1.
"""

from __future__ import annotations

SQL = """
CREATE TABLE polls (
    id {id},                              -- one question to the residents
    place BIGINT NOT NULL REFERENCES places (id),  -- to those who live under this place
    author BIGINT REFERENCES persons (id),  -- who asks
    kind TEXT NOT NULL,                   -- first (which case comes first), free (a question of their own)
    question TEXT NOT NULL,               -- what is asked
    most BIGINT NOT NULL,                 -- how many options one person may choose: 1 to 3
    verified BIGINT NOT NULL,             -- 1: only those vote who came to a meeting once
    state TEXT NOT NULL,                  -- asking (for the county's leave), refused, open, closed, cancelled
    created BIGINT NOT NULL,              -- when it was written
    closes BIGINT NOT NULL,               -- the last second in which one may vote
    reason TEXT NOT NULL DEFAULT '',      -- why it was refused, closed early or cancelled
    voters BIGINT,                        -- how many voted, once it is closed
    answer TEXT NOT NULL DEFAULT '',      -- what the council does with the result
    answer_due BIGINT,                    -- until when the council says so, once it is closed
    chart BIGINT REFERENCES media (id)    -- the result as a picture, if there is one
);
CREATE INDEX polls_of_place ON polls (place, state, id);
CREATE INDEX polls_by_author ON polls (author);

CREATE TABLE poll_options (
    poll BIGINT NOT NULL REFERENCES polls (id),  -- of which poll
    position BIGINT NOT NULL,             -- its order, from 1
    words TEXT NOT NULL,                  -- what can be chosen; empty for a case, whose public title is shown
    case_id BIGINT REFERENCES cases (id), -- the case it is, if it is one
    votes BIGINT,                         -- how many chose it, once the poll is closed
    PRIMARY KEY (poll, position)
);

CREATE TABLE ballots (
    poll BIGINT NOT NULL REFERENCES polls (id),  -- in which poll
    person BIGINT NOT NULL REFERENCES persons (id),  -- who; the row goes when the poll is closed
    choices TEXT{plain} NOT NULL,         -- the options they chose, by position: 1 3
    at BIGINT NOT NULL,                   -- when they voted first
    PRIMARY KEY (poll, person)
);
CREATE INDEX ballots_of_poll ON ballots (poll, choices);
CREATE INDEX ballots_by_person ON ballots (person);

CREATE TABLE poll_moves (
    id {id},                              -- one step in a poll's life
    poll BIGINT NOT NULL REFERENCES polls (id),  -- of which poll
    move TEXT NOT NULL,                   -- ask, allow, refuse, open, close, cancel, answer (domain/polls.py)
    person BIGINT REFERENCES persons (id),  -- who; empty when time itself did it, or they asked to be forgotten
    at BIGINT NOT NULL                    -- when
);
CREATE INDEX poll_moves_of_poll ON poll_moves (poll, id);
CREATE INDEX poll_moves_by_person ON poll_moves (person) WHERE person IS NOT NULL;
ALTER TABLE broadcasts ADD COLUMN
    -- the poll that it asks about, if it does
    poll BIGINT REFERENCES polls (id);
CREATE UNIQUE INDEX broadcasts_of_poll ON broadcasts (poll) WHERE poll IS NOT NULL;
"""
