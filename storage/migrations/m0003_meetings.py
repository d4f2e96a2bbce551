"""Meetings: when and where, what about, who means to come and who came.

Every column has its sentence. Times are whole seconds since 1970 in UTC; truths are 0 or 1.
"""

from __future__ import annotations

SQL = """
CREATE TABLE meetings (
    id {id},                              -- one meeting
    place BIGINT NOT NULL REFERENCES places (id),  -- whose: a neighbourhood's, a county's or the province's
    kind TEXT NOT NULL,                   -- a code of domain/meetings.py: council, public, service_desk …
    starts BIGINT NOT NULL,               -- when it begins
    label TEXT NOT NULL DEFAULT '',       -- words beside the clock time, as people say it
    venue TEXT NOT NULL,                  -- where, in words
    lat DOUBLE PRECISION,                 -- degrees north, if known
    lon DOUBLE PRECISION,                 -- degrees east
    repeats TEXT NOT NULL DEFAULT '',     -- weekly, fortnightly, monthly (in Jalali terms); empty: once
    state TEXT NOT NULL,                  -- planned, cancelled
    reason TEXT NOT NULL DEFAULT '',      -- why it was changed last, or cancelled
    revision BIGINT NOT NULL DEFAULT 0,   -- grows with every change that people were told of
    code TEXT{plain} NOT NULL UNIQUE,     -- what a link carries to check in
    guests BIGINT NOT NULL DEFAULT 0,     -- who came without an account, as the secretary counted them
    author BIGINT REFERENCES persons (id),  -- who called it
    created BIGINT NOT NULL,              -- when it was called
    anchor BIGINT NOT NULL DEFAULT 0,     -- the beginning that its rhythm counts from, the first meeting's; 0 for none
    nth BIGINT NOT NULL DEFAULT 0,        -- which one of that rhythm it is; the first is 0
    said_yes BIGINT NOT NULL DEFAULT 0,   -- how many answered so: a press must not count a hundred thousand rows
    said_maybe BIGINT NOT NULL DEFAULT 0, -- likewise
    said_no BIGINT NOT NULL DEFAULT 0     -- likewise
);
CREATE INDEX meetings_of_place ON meetings (place, starts);
CREATE INDEX meetings_by_author ON meetings (author);

CREATE TABLE agenda_items (
    id {id},                              -- one thing to be talked about
    meeting BIGINT NOT NULL REFERENCES meetings (id),  -- where
    position BIGINT NOT NULL,             -- its order, from 1
    words TEXT NOT NULL,                  -- what it is about
    case_id BIGINT REFERENCES cases (id), -- the case it is about, if it is one
    person BIGINT REFERENCES persons (id),  -- the resident who proposed it; empty: the organiser's own
    state TEXT NOT NULL                   -- listed, proposed (waits for the organiser), declined
);
CREATE INDEX agenda_of_meeting ON agenda_items (meeting, position);
CREATE INDEX agenda_by_case ON agenda_items (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX agenda_by_person ON agenda_items (person) WHERE person IS NOT NULL;

CREATE TABLE rsvps (
    meeting BIGINT NOT NULL REFERENCES meetings (id),  -- which meeting
    person BIGINT NOT NULL REFERENCES persons (id),  -- who
    answer TEXT NOT NULL,                 -- yes, maybe, no
    at BIGINT NOT NULL,                   -- when they said so last
    PRIMARY KEY (meeting, person)
);
CREATE INDEX rsvps_by_person ON rsvps (person);
CREATE INDEX rsvps_by_answer ON rsvps (meeting, answer, person);

CREATE TABLE attendances (
    meeting BIGINT NOT NULL REFERENCES meetings (id),  -- which meeting
    person BIGINT NOT NULL REFERENCES persons (id),  -- who came; residents are only counted
    at BIGINT NOT NULL,                   -- when they checked in
    PRIMARY KEY (meeting, person)
);
CREATE INDEX attendances_by_person ON attendances (person);

ALTER TABLE broadcasts ADD COLUMN
    -- the meeting it tells of, in place of words of its own
    meeting BIGINT REFERENCES meetings (id);
ALTER TABLE broadcasts ADD COLUMN
    -- what it tells of the meeting: invitation, reminder, moved, cancelled; empty for words of its own
    part TEXT NOT NULL DEFAULT '';
ALTER TABLE broadcasts ADD COLUMN
    -- whom of these it is for, by their answer: coming (yes or maybe), silent (none yet); empty: everybody
    answered TEXT NOT NULL DEFAULT '';
ALTER TABLE broadcasts ADD COLUMN
    -- after this moment it is worth nothing any more and is not sent
    expires BIGINT;
CREATE INDEX broadcasts_of_meeting ON broadcasts (meeting, part) WHERE meeting IS NOT NULL;
"""
