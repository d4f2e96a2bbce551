"""Announcements whole: for several places or a meeting's people, later, urgent, by two persons, in channels; a week's
budget of news.

Every column has its sentence. Times are whole seconds since 1970 in UTC; truths are 0 or 1.
"""

from __future__ import annotations

SQL = """
CREATE TABLE broadcast_places (
    broadcast BIGINT NOT NULL REFERENCES broadcasts (id),  -- a message to many that is not for all under its place
    place BIGINT NOT NULL REFERENCES places (id),  -- one of the places it is for
    PRIMARY KEY (broadcast, place)
);
CREATE INDEX broadcast_places_by_place ON broadcast_places (place);

ALTER TABLE broadcasts ADD COLUMN
    -- the meeting whose people (who said yes or maybe) it is for, when `who` is going
    going BIGINT REFERENCES meetings (id);
ALTER TABLE broadcasts ADD COLUMN
    -- when it is to begin; empty: at once
    due BIGINT;
ALTER TABLE broadcasts ADD COLUMN
    -- when it began to be written to its readers; empty before
    begun BIGINT;
ALTER TABLE broadcasts ADD COLUMN
    -- why it passes quiet hours and budget, as its readers are told; empty: it does not
    urgent TEXT NOT NULL DEFAULT '';
ALTER TABLE broadcasts ADD COLUMN
    -- since when a second person is asked; empty when none was needed
    asked BIGINT;
ALTER TABLE broadcasts ADD COLUMN
    -- the second person, who said yes or no
    decided_by BIGINT REFERENCES persons (id);
ALTER TABLE broadcasts ADD COLUMN
    -- when they did
    decided BIGINT;
ALTER TABLE broadcasts ADD COLUMN
    -- their words, for a no
    why_not TEXT NOT NULL DEFAULT '';
ALTER TABLE broadcasts ADD COLUMN
    -- in channels and groups of the places it is for: 0 not posted, 1 to be posted, 2 written
    posts BIGINT NOT NULL DEFAULT 0;
ALTER TABLE broadcasts ADD COLUMN
    -- passed over: they had their news of the week, and read it in a digest
    later BIGINT NOT NULL DEFAULT 0;
UPDATE broadcasts SET begun = created;
CREATE INDEX broadcasts_by_second ON broadcasts (decided_by) WHERE decided_by IS NOT NULL;
CREATE INDEX broadcasts_asked ON broadcasts (place) WHERE state = 'asked';

CREATE TABLE news_given (
    person BIGINT NOT NULL REFERENCES persons (id),  -- who
    broadcast BIGINT NOT NULL REFERENCES broadcasts (id),  -- got which news unasked, or is to read it in a digest
    at BIGINT NOT NULL,                   -- when it was written for them
    late BIGINT NOT NULL DEFAULT 0,       -- 1: they had their news of the week already; a digest will tell
    PRIMARY KEY (person, broadcast)
);
CREATE INDEX news_given_late ON news_given (person) WHERE late = 1;

CREATE TABLE channels (
    id {id},                              -- a channel or group on a messenger that gets what is announced
    place BIGINT NOT NULL REFERENCES places (id),  -- the place whose it is
    bot BIGINT NOT NULL REFERENCES bots (id),  -- our bot there
    chat BIGINT NOT NULL,                 -- the messenger's number of it
    title TEXT NOT NULL DEFAULT '',       -- what it is called
    person BIGINT REFERENCES persons (id),  -- who connected it
    since BIGINT NOT NULL,                -- when
    until BIGINT                          -- when it was disconnected; empty while it is connected
);
CREATE UNIQUE INDEX channels_now ON channels (bot, chat) WHERE until IS NULL;
CREATE INDEX channels_of_place ON channels (place) WHERE until IS NULL;
CREATE INDEX channels_by_person ON channels (person) WHERE person IS NOT NULL;

CREATE TABLE channel_codes (
    code TEXT{plain} PRIMARY KEY,         -- what is to be written in a channel or group so that it is connected
    person BIGINT NOT NULL REFERENCES persons (id),  -- who asked for it
    place BIGINT NOT NULL REFERENCES places (id),  -- for which place
    expires BIGINT NOT NULL               -- until when it works
);
CREATE INDEX channel_codes_by_person ON channel_codes (person);
"""
