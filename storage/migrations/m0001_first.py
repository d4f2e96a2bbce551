"""The first tables: the trip of a message, people and places, cases and their history.

Every column has its sentence. Times are whole seconds since 1970 in UTC; truths are 0 or 1.
`{id}` is the database's own counting key, `{plain}` a text compared byte by byte.
"""

from __future__ import annotations

SQL = """
CREATE TABLE migrations (
    number BIGINT PRIMARY KEY,            -- the step's number
    name TEXT NOT NULL,                   -- the step's file
    applied BIGINT NOT NULL               -- when it ran
);

CREATE TABLE bots (
    id {id},                              -- our own number for one bot account on one messenger
    platform TEXT NOT NULL,               -- the messenger's name
    self_id BIGINT NOT NULL,              -- the bot's own user id there
    username TEXT NOT NULL,               -- its public name, for links
    UNIQUE (platform, self_id)
);

CREATE TABLE lanes (
    id {id},                              -- one chat with one bot: the unit in which order is kept
    bot BIGINT NOT NULL REFERENCES bots (id),  -- the bot of the chat
    chat BIGINT NOT NULL,                 -- the messenger's chat id
    held_until BIGINT NOT NULL DEFAULT 0, -- nothing of this chat is taken before (a turn waits to be repeated)
    UNIQUE (bot, chat)
);

CREATE TABLE persons (
    id {id},                              -- one human being, whatever messengers they use
    language TEXT NOT NULL,               -- the catalogue they read
    created BIGINT NOT NULL,              -- when they first wrote
    consent_version BIGINT NOT NULL DEFAULT 0,  -- which wording they agreed to; 0 is none
    consent_at BIGINT,                    -- when they agreed
    stopped TEXT NOT NULL DEFAULT '',     -- '' all notices, 'news' only their own cases, 'all' nothing unasked
    sealed_name TEXT,                     -- a staff member's name, encrypted; nobody else's is kept
    linked BIGINT NOT NULL DEFAULT 0,     -- 1: they have an account on more than one messenger
    merged_into BIGINT                    -- the person this one turned out to be; history still holds this number
);
CREATE INDEX persons_merged ON persons (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE accounts (
    id {id},                              -- one person's account at one bot
    bot BIGINT NOT NULL REFERENCES bots (id),  -- the bot
    user_id BIGINT NOT NULL,              -- the messenger's user id
    lane BIGINT NOT NULL REFERENCES lanes (id),  -- their private chat
    person BIGINT NOT NULL REFERENCES persons (id),  -- whose it is
    status TEXT NOT NULL DEFAULT 'active',  -- 'active', or 'stopped' since the person blocked the bot
    last_seen BIGINT NOT NULL,            -- when they last wrote; notices go to the account last used
    chosen BIGINT NOT NULL DEFAULT 0,     -- 1: notices go to this account, whichever was used last
    UNIQUE (bot, user_id)
);
CREATE INDEX accounts_by_person ON accounts (person);
CREATE INDEX accounts_by_lane ON accounts (lane);

CREATE TABLE links (
    id {id},                              -- somebody asks for two accounts to become one person
    account BIGINT NOT NULL REFERENCES accounts (id),  -- who asks, and confirms at the end
    code_hash TEXT{plain} NOT NULL UNIQUE,  -- SHA-256 of the eight digits; the code itself is not kept
    token_hash TEXT{plain} NOT NULL UNIQUE,  -- SHA-256 of what stands in the link
    expires BIGINT NOT NULL,              -- until when the next of both may say yes
    state TEXT NOT NULL,                  -- open, answered (the other account said yes), done, refused
    opened_by BIGINT REFERENCES accounts (id)  -- the account that said yes on the other messenger
);
CREATE INDEX links_by_account ON links (account);
CREATE INDEX links_opened_by ON links (opened_by) WHERE opened_by IS NOT NULL;

CREATE TABLE places (
    id {id},                              -- province, county, settlement or neighbourhood
    parent BIGINT REFERENCES places (id), -- the place it lies in; the province has none
    kind TEXT NOT NULL,                   -- province, county, settlement, neighborhood
    slug TEXT{plain} NOT NULL,            -- its name in links and commands; one neighbourhood slug per county
    path TEXT{plain} NOT NULL UNIQUE,     -- /county/settlement/neighborhood/ : scope is a prefix of it
    name TEXT NOT NULL,                   -- what people call it
    sort_key TEXT{plain} NOT NULL,        -- Persian order in plain bytes
    search_key TEXT{plain} NOT NULL,      -- spelling variants folded together
    has_council BIGINT NOT NULL DEFAULT 0,  -- whether a progress council exists
    house TEXT NOT NULL DEFAULT '',       -- the council's house, mostly a mosque
    address TEXT NOT NULL DEFAULT '',     -- where that is
    lat DOUBLE PRECISION,                 -- degrees north
    lon DOUBLE PRECISION,                 -- degrees east
    inhabitants BIGINT,                   -- how many people live there, if known
    sample BIGINT NOT NULL DEFAULT 0      -- made up for trying out, shown with a mark
);
CREATE INDEX places_in_order ON places (parent, sort_key);
INSERT INTO places (kind, slug, path, name, sort_key, search_key) VALUES ('province', '', '/', '', '', '');

CREATE TABLE roles (
    id {id},                              -- one role of one person in one place
    person BIGINT NOT NULL REFERENCES persons (id),  -- who
    role TEXT NOT NULL,                   -- a code of domain/permissions.py; 'resident' is membership
    place BIGINT NOT NULL REFERENCES places (id),  -- where
    since BIGINT NOT NULL,                -- from when
    until BIGINT,                         -- to when; empty while it lasts
    granted_by BIGINT REFERENCES persons (id)  -- who gave it; empty for the command line and for joining
);
CREATE UNIQUE INDEX roles_now ON roles (person, role, place) WHERE until IS NULL;
CREATE INDEX roles_at ON roles (place, role) WHERE until IS NULL;

CREATE TABLE invitations (
    id {id},                              -- a one-time link to a role
    code_hash TEXT{plain} NOT NULL UNIQUE,  -- SHA-256 of the code in the link; the code itself is not kept
    role TEXT NOT NULL,                   -- the role it gives
    place BIGINT NOT NULL REFERENCES places (id),  -- where
    bot BIGINT REFERENCES bots (id),      -- at which bot it works; empty is any
    expires BIGINT NOT NULL,              -- until when
    used_by BIGINT REFERENCES persons (id),  -- who took it
    used_at BIGINT                        -- when
);

CREATE TABLE inbox (
    id {id},                              -- order of arrival
    bot BIGINT NOT NULL REFERENCES bots (id),  -- the bot that received it
    update_id BIGINT NOT NULL,            -- the messenger's number; with the bot the key that drops repeats
    lane BIGINT REFERENCES lanes (id),    -- its chat; empty when it could not be read
    body TEXT NOT NULL,                   -- the update as ASCII JSON; emptied when its turn is done
    state TEXT NOT NULL,                  -- waiting, done, parked
    tries BIGINT NOT NULL DEFAULT 0,      -- how often its turn has failed
    received BIGINT NOT NULL,             -- when it came
    code TEXT{plain}                      -- the number a person reads when it was parked
);
CREATE UNIQUE INDEX inbox_key ON inbox (bot, update_id);
CREATE INDEX inbox_waiting ON inbox (id) WHERE state = 'waiting';
CREATE INDEX inbox_parked ON inbox (id) WHERE state = 'parked';
CREATE INDEX inbox_age ON inbox (received);

CREATE TABLE talks (
    id {id},                              -- one conversation of one account
    account BIGINT NOT NULL REFERENCES accounts (id),  -- whose
    talk TEXT NOT NULL,                   -- the talk's name
    step TEXT NOT NULL,                   -- the question that is open
    draft TEXT NOT NULL,                  -- what was said so far (JSON)
    trail TEXT NOT NULL,                  -- the steps before it (JSON list), for the way back
    serial BIGINT NOT NULL,               -- number of the question asked last; older buttons are refused
    state TEXT NOT NULL,                  -- open, waiting (for the talk it called), kept (a draft to go on with)
    updated BIGINT NOT NULL,              -- when it last moved
    UNIQUE (account, talk)
);
CREATE UNIQUE INDEX talks_open ON talks (account) WHERE state = 'open';

CREATE TABLE bodies (
    id {id},                              -- what a message says, shared by all who get the same
    method TEXT NOT NULL,                 -- the messenger's method
    params TEXT NOT NULL                  -- its parameters without the chat (JSON)
);

CREATE TABLE outbox (
    id {id},                              -- order within chat and class
    bot BIGINT NOT NULL REFERENCES bots (id),  -- through which bot
    lane BIGINT NOT NULL REFERENCES lanes (id),  -- to which chat
    class BIGINT NOT NULL,                -- 1 an answer, 2 a notice about a case, 3 a broadcast
    body BIGINT REFERENCES bodies (id),   -- what it says; empty once it was sent
    edits BIGINT,                         -- the outbox row whose message it changes, if any
    matters BIGINT NOT NULL DEFAULT 1,    -- an edit that cannot be made: 1 send it as a new message, 0 drop it
    about TEXT{plain},                    -- what it shows (case:12), so that all its cards stay in step
    state TEXT NOT NULL,                  -- waiting, held, sent, parked, lapsed; standby (see instead_of)
    not_before BIGINT NOT NULL DEFAULT 0, -- it waits until then; what stands by is looked at then
    expires BIGINT,                       -- it lapses then
    tries BIGINT NOT NULL DEFAULT 0,      -- how often sending has failed; 1 at a standby: the other is being let go
    created BIGINT NOT NULL,              -- when it was written
    message BIGINT,                       -- the messenger's message id, once sent
    error TEXT,                           -- the messenger's words when it was parked
    covered BIGINT NOT NULL DEFAULT 0,    -- 1: rows for the person's other account stand by for it
    instead_of BIGINT                     -- the row for which this one stands by at another account
);
CREATE INDEX outbox_standby ON outbox (not_before) WHERE state = 'standby';
CREATE INDEX outbox_instead ON outbox (instead_of) WHERE instead_of IS NOT NULL;
CREATE INDEX outbox_waiting ON outbox (bot, class, id) WHERE state = 'waiting';
CREATE INDEX outbox_due ON outbox (bot, not_before) WHERE state = 'waiting' AND not_before > 0;
CREATE INDEX outbox_about ON outbox (about) WHERE about IS NOT NULL;
CREATE INDEX outbox_body ON outbox (body) WHERE body IS NOT NULL;
CREATE INDEX outbox_lane ON outbox (lane);
CREATE INDEX outbox_parked ON outbox (id) WHERE state = 'parked';

CREATE TABLE jobs (
    id {id},                              -- something to do at a time
    kind TEXT NOT NULL,                   -- which function does it
    key TEXT{plain} NOT NULL UNIQUE,      -- one job per key: setting it again moves it
    due BIGINT NOT NULL,                  -- when
    args TEXT NOT NULL,                   -- ids it needs (JSON), never words
    expires BIGINT,                       -- after this it makes no sense and is dropped
    tries BIGINT NOT NULL DEFAULT 0,      -- how often it has failed
    taken_until BIGINT NOT NULL DEFAULT 0 -- somebody is at it until then
);
CREATE INDEX jobs_due ON jobs (due);

CREATE TABLE cases (
    id {id},                              -- what a resident submitted
    code TEXT{plain} NOT NULL UNIQUE,     -- eight digits, the tracking code
    kind TEXT NOT NULL,                   -- problem, proposal
    place BIGINT NOT NULL REFERENCES places (id),  -- the neighbourhood
    path TEXT{plain} NOT NULL,            -- that place's path, so that scope and queue need one index
    committee TEXT,                       -- the specialised committee, if any
    category TEXT,                        -- what it is about, if chosen
    state TEXT NOT NULL,                  -- where it stands (domain/cases.py)
    holder_kind TEXT NOT NULL,            -- who must act: place (a council or a county)
    holder BIGINT NOT NULL,               -- which one
    since BIGINT NOT NULL,                -- since when they have it
    due BIGINT,                           -- until when the next step is promised
    paused_at BIGINT,                     -- since when the clock rests
    parent BIGINT REFERENCES cases (id),  -- the case it was merged into
    private BIGINT NOT NULL DEFAULT 0,    -- 1: hidden from everybody but its parties
    created BIGINT NOT NULL               -- when it was submitted
);
CREATE INDEX cases_queue ON cases (state, path, due);

CREATE TABLE parties (
    case_id BIGINT NOT NULL REFERENCES cases (id),  -- the case
    person BIGINT NOT NULL REFERENCES persons (id),  -- who belongs to it
    part TEXT NOT NULL,                   -- how: reporter
    since BIGINT NOT NULL,                -- from when
    asked_at BIGINT,                      -- when they were asked whether it is fixed
    answer TEXT,                          -- what they said
    PRIMARY KEY (case_id, person)
);
CREATE INDEX parties_by_person ON parties (person, case_id, part, since);

CREATE TABLE words (
    id {id},                              -- words about a case: erasable, unlike its history
    case_id BIGINT NOT NULL REFERENCES cases (id),  -- the case
    person BIGINT REFERENCES persons (id),  -- who said it; emptied when they ask to be forgotten
    part TEXT NOT NULL,                   -- text, next_step, explanation
    words TEXT NOT NULL,                  -- the words
    at BIGINT NOT NULL                    -- when
);
CREATE INDEX words_of_case ON words (case_id, part);
CREATE INDEX words_by_person ON words (person);

CREATE TABLE moves (
    id {id},                              -- one step in a case's life; written once, never changed
    case_id BIGINT NOT NULL REFERENCES cases (id),  -- the case
    move TEXT NOT NULL,                   -- which move (domain/cases.py)
    from_state TEXT,                      -- the state before
    to_state TEXT NOT NULL,               -- the state after
    actor BIGINT,                         -- the person's number, no more than that
    reason TEXT,                          -- a code, for a rejection
    at BIGINT NOT NULL,                   -- when
    due BIGINT                            -- the date promised with it
);
CREATE INDEX moves_of_case ON moves (case_id, id);

CREATE TABLE tries (
    person BIGINT NOT NULL REFERENCES persons (id),  -- who tried
    what TEXT NOT NULL,                   -- at what: code
    failed BIGINT NOT NULL,               -- wrong tries so far
    shut_until BIGINT NOT NULL DEFAULT 0, -- no further try before
    PRIMARY KEY (person, what)
);
"""

#: What only one of the databases can say: the guard that makes the history append-only.
ONLY = {
    "sqlite": """
CREATE TRIGGER moves_never_change BEFORE UPDATE ON moves BEGIN SELECT RAISE(ABORT, 'moves are never changed'); END;
CREATE TRIGGER moves_never_go BEFORE DELETE ON moves BEGIN SELECT RAISE(ABORT, 'moves are never deleted'); END;
""",
    "postgres": """
CREATE FUNCTION moves_are_final() RETURNS trigger LANGUAGE plpgsql
AS 'BEGIN RAISE EXCEPTION ''moves are never changed''; END';
CREATE TRIGGER moves_never_change BEFORE UPDATE OR DELETE ON moves FOR EACH ROW EXECUTE FUNCTION moves_are_final();
""",
}
