"""The town: media, public copies, missing places, quiet hours, broadcasts, and what moderation needs.

Every column has its sentence. Times are whole seconds since 1970 in UTC; truths are 0 or 1.
"""

from __future__ import annotations

SQL = """
ALTER TABLE cases ADD COLUMN
    -- where it is, degrees north, if a place was sent
    lat DOUBLE PRECISION;
ALTER TABLE cases ADD COLUMN
    -- degrees east
    lon DOUBLE PRECISION;
ALTER TABLE cases ADD COLUMN
    -- until when the open question may be answered; empty without one
    asked_until BIGINT;
ALTER TABLE cases ADD COLUMN
    -- 1: the council may know the reporter's name
    named BIGINT NOT NULL DEFAULT 0;

ALTER TABLE roles ADD COLUMN
    -- who took it back; empty while it lasts, when it ended by itself, and for the command line
    ended_by BIGINT REFERENCES persons (id);

ALTER TABLE moves ADD COLUMN
    -- the neighbourhood that has the case from then on, where it was submitted or moved to
    place BIGINT REFERENCES places (id);
-- One index per question that is asked of cases. The first one answers scope, filters and order of the queue by itself;
-- beside an index by state the databases would not choose it.
DROP INDEX cases_queue;
CREATE INDEX cases_accepted ON cases (path, id) WHERE state = 'accepted' AND private = 0;
CREATE INDEX cases_rejected ON cases (since) WHERE state = 'rejected';
CREATE INDEX cases_withdrawn ON cases (since) WHERE state = 'withdrawn';
CREATE INDEX cases_waiting ON cases (path, due, id, state, kind, category, since, private)
    WHERE state IN ('submitted', 'under_review', 'needs_info') AND private = 0;

ALTER TABLE invitations ADD COLUMN
    -- who made the link; empty for the first seat
    invited_by BIGINT REFERENCES persons (id);
ALTER TABLE invitations ADD COLUMN
    -- when the role it gives ends; empty while it lasts
    role_until BIGINT;

ALTER TABLE persons ADD COLUMN
    -- 1: news once a week in one message
    digest BIGINT NOT NULL DEFAULT 0;
ALTER TABLE persons ADD COLUMN
    -- minute of the Tehran day from which nothing unasked is sent
    quiet_from BIGINT;
ALTER TABLE persons ADD COLUMN
    -- minute until which
    quiet_to BIGINT;
ALTER TABLE persons ADD COLUMN
    -- staff: '' at once, or hours to collect cards for
    card_hours TEXT NOT NULL DEFAULT '';

CREATE INDEX persons_weekly ON persons (id) WHERE digest = 1;
CREATE INDEX moves_at ON moves (at);
CREATE INDEX roles_by_kind ON roles (role, place);
CREATE INDEX places_on_map ON places (lat, lon) WHERE lat IS NOT NULL;

CREATE TABLE media (
    id {id},                              -- one photo, voice or video that somebody sent
    person BIGINT REFERENCES persons (id),  -- who sent it; emptied when they ask to be forgotten
    kind TEXT NOT NULL,                   -- photo, voice, video, document
    bot BIGINT NOT NULL REFERENCES bots (id),  -- the bot that received it
    file_id TEXT NOT NULL,                -- its number there
    sha256 TEXT{plain},                   -- its content in the store, once fetched
    type TEXT NOT NULL DEFAULT '',        -- what the content is (image/jpeg), once fetched
    bytes BIGINT NOT NULL DEFAULT 0,      -- how large, once fetched
    state TEXT NOT NULL,                  -- draft, wanted, kept, refused, gone
    created BIGINT NOT NULL               -- when it came
);
CREATE INDEX media_by_person ON media (person);
CREATE INDEX media_by_content ON media (sha256) WHERE sha256 IS NOT NULL;

CREATE TABLE media_copies (
    media BIGINT NOT NULL REFERENCES media (id),  -- what was uploaded
    bot BIGINT NOT NULL REFERENCES bots (id),  -- through which bot
    file_id TEXT NOT NULL,                -- its number there, good for sending again
    PRIMARY KEY (media, bot)
);

CREATE TABLE attachments (
    case_id BIGINT NOT NULL REFERENCES cases (id),  -- the case
    media BIGINT NOT NULL REFERENCES media (id),  -- what belongs to it
    part TEXT NOT NULL,                   -- text (the report), answer, explanation
    hidden BIGINT NOT NULL DEFAULT 0,     -- 1: redacted, shown to nobody
    released BIGINT NOT NULL DEFAULT 0,   -- 1: shown with the public copy
    PRIMARY KEY (case_id, media)
);

CREATE TABLE public_cases (
    case_id BIGINT PRIMARY KEY REFERENCES cases (id),  -- the case this is the public copy of
    title TEXT NOT NULL,                  -- what everybody may read, as it was edited
    lat DOUBLE PRECISION,                 -- rounded to about a hundred metres
    lon DOUBLE PRECISION,                 -- likewise
    at BIGINT NOT NULL                    -- when it was written
);

CREATE TABLE missing_places (
    id {id},                              -- somebody did not find their neighbourhood
    person BIGINT REFERENCES persons (id),  -- who
    county BIGINT NOT NULL REFERENCES places (id),  -- in which county
    name TEXT NOT NULL,                   -- what they call it
    at BIGINT NOT NULL,                   -- when
    answered_at BIGINT,                   -- when it was answered
    answered_by BIGINT REFERENCES persons (id),  -- the officer who did; empty when a list brought the place
    answer TEXT                           -- how: named (a place), said (a sentence), listed (it came with a list)
);
CREATE INDEX missing_places_by_officer ON missing_places (answered_by) WHERE answered_by IS NOT NULL;
CREATE INDEX missing_places_open ON missing_places (county) WHERE answered_at IS NULL;
CREATE INDEX missing_places_by_person ON missing_places (person);

CREATE TABLE sensitive_counts (
    day BIGINT NOT NULL,                  -- day since 1970 in Tehran
    kind TEXT NOT NULL,                   -- which card was shown
    n BIGINT NOT NULL,                    -- how often; nothing else is kept
    PRIMARY KEY (day, kind)
);

CREATE TABLE broadcasts (
    id {id},                              -- one message to many
    author BIGINT REFERENCES persons (id),  -- who sends it
    place BIGINT NOT NULL REFERENCES places (id),  -- to whom: the residents under this place
    words TEXT NOT NULL,                  -- what it says
    media BIGINT REFERENCES media (id),   -- its photo, if any
    who TEXT NOT NULL,                    -- which roles there: residents, council, coordinators, officers
    state TEXT NOT NULL,                  -- sending, paused, stopping, stopped, done
    total BIGINT NOT NULL,                -- how many it is for
    aimed BIGINT NOT NULL,                -- how many of them could be reached when it was confirmed
    upto BIGINT NOT NULL,                 -- the last role given by then: who joins later does not get it
    reached BIGINT NOT NULL DEFAULT 0,    -- the last person a row was written for, in order of number
    written BIGINT NOT NULL DEFAULT 0,    -- 1: there is nobody left to write a row for
    silent BIGINT NOT NULL DEFAULT 0,     -- passed over: they have stopped the news
    weekly BIGINT NOT NULL DEFAULT 0,     -- passed over: they take the news once a week
    closed BIGINT NOT NULL DEFAULT 0,     -- passed over: their chat is closed to us
    sent BIGINT NOT NULL DEFAULT 0,       -- once it is over: how many got it
    refused BIGINT NOT NULL DEFAULT 0,    -- once it is over: how often the messenger refused it
    shown BIGINT NOT NULL DEFAULT 0,      -- when its progress was shown last
    created BIGINT NOT NULL,              -- when it was confirmed
    ended BIGINT                          -- when it was over
);
CREATE INDEX broadcasts_by_author ON broadcasts (author);
CREATE INDEX broadcasts_by_place ON broadcasts (place);

CREATE TABLE corrections (
    id {id},                              -- other words for a message to many, after it was sent
    broadcast BIGINT NOT NULL REFERENCES broadcasts (id),  -- which one
    author BIGINT REFERENCES persons (id),  -- who corrected it
    words TEXT NOT NULL,                  -- what it says from then on
    former TEXT NOT NULL,                 -- what it said before
    at BIGINT NOT NULL,                   -- when it was confirmed
    upto BIGINT,                          -- the last outbox row that may say the former words; empty until it begins
    reached BIGINT NOT NULL DEFAULT 0,    -- the last of those rows whose message a change was written for
    missed BIGINT NOT NULL DEFAULT 0,     -- messages that the messenger gave no number for, so that none can be written
    changed BIGINT NOT NULL DEFAULT 0,    -- once it is over: how many messages took the change
    unsure BIGINT NOT NULL DEFAULT 0,     -- of these, on messengers that do not say whether it is seen
    refused BIGINT NOT NULL DEFAULT 0,    -- once it is over: how many did not
    ended BIGINT                          -- when it was over
);
CREATE INDEX corrections_of_broadcast ON corrections (broadcast, id);
CREATE INDEX corrections_by_author ON corrections (author);
ALTER TABLE bodies ADD COLUMN
    -- the broadcast that goes on needing it; empty for the words of a single message
    broadcast BIGINT REFERENCES broadcasts (id);
ALTER TABLE bodies ADD COLUMN
    -- for whom of a broadcast's readers it is worded: bot, language and which of its messages (7:fa:0)
    reader TEXT{plain};
CREATE UNIQUE INDEX bodies_of_broadcast ON bodies (broadcast, reader) WHERE broadcast IS NOT NULL;
ALTER TABLE outbox ADD COLUMN
    -- the correction that was there before it left, so that it needs no change by that one
    correction BIGINT REFERENCES corrections (id);
-- What became of a broadcast's messages is counted from the index alone, and gone through in order.
DROP INDEX outbox_about;
CREATE INDEX outbox_about ON outbox (about, state, id) WHERE about IS NOT NULL;
-- Somebody's roles, and those of a place by person, so that a page of its people needs no sorting: past and future ones
-- too.
CREATE INDEX roles_of_person ON roles (person, role, place);
CREATE INDEX roles_of_place ON roles (place, person, role);
-- Everybody with a role, page by page; the rest of it spares a look at the row.
CREATE INDEX roles_in_order ON roles (role, person, place, since, until);
-- Those whom a message to many does not reach: few, so that counting the others needs no look at each.
CREATE INDEX persons_particular ON persons (id) WHERE stopped <> '' OR digest = 1;
CREATE INDEX accounts_closed ON accounts (person) WHERE status <> 'active';
"""

#: The history stays as it is written, but for one thing: it may forget who, when a case has had its time.
ONLY = {
    "sqlite": """
DROP TRIGGER moves_never_change;
CREATE TRIGGER moves_never_change BEFORE UPDATE ON moves
WHEN NOT (NEW.actor IS NULL AND NEW.id = OLD.id AND NEW.case_id = OLD.case_id AND NEW.move = OLD.move
    AND NEW.from_state IS OLD.from_state AND NEW.to_state = OLD.to_state AND NEW.reason IS OLD.reason
    AND NEW.at = OLD.at AND NEW.due IS OLD.due AND NEW.place IS OLD.place)
BEGIN SELECT RAISE(ABORT, 'moves are never changed'); END;
""",
    "postgres": """
CREATE OR REPLACE FUNCTION moves_are_final() RETURNS trigger LANGUAGE plpgsql
AS 'BEGIN IF TG_OP = ''UPDATE'' AND NEW.actor IS NULL AND to_jsonb(NEW) - ''actor'' = to_jsonb(OLD) - ''actor''
    THEN RETURN NEW; END IF; RAISE EXCEPTION ''moves are never changed''; END';
""",
}
