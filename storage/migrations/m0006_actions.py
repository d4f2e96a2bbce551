"""Plans of every kind, what became of them, which cases they serve, and roadmaps that meetings adopted.

Every column has its sentence. Times are whole seconds since 1970 in UTC; truths are 0 or 1.
"""

from __future__ import annotations

SQL = """
CREATE TABLE actions (
    id {id},                              -- one plan
    place BIGINT NOT NULL REFERENCES places (id),  -- where: a neighbourhood; of a board a county or the province
    kind TEXT NOT NULL,                   -- a code of domain/actions.py: resolution, promise, local_work …
    what TEXT NOT NULL,                   -- what is to be done, in words for everybody; empty: said in the voice
    media BIGINT REFERENCES media (id),   -- the voice that says it
    who_kind TEXT NOT NULL,               -- council, person, group, agency
    who_name TEXT NOT NULL,               -- who does it, as it was written; empty for the council
    who_key TEXT NOT NULL,                -- the same as a search key: one agency, however it was spelt
    owner BIGINT REFERENCES persons (id), -- the person who does it, if they have an account: they are reminded
    due BIGINT NOT NULL,                  -- by when: the last second of a day in Tehran
    state TEXT NOT NULL,                  -- open, kept, broken, dropped
    since BIGINT NOT NULL,                -- since when it is in this state, with this date
    category TEXT NOT NULL,               -- what it is about: a code of the town's data; empty: nobody said
    meeting BIGINT REFERENCES meetings (id),  -- where it was decided, if in a meeting
    author BIGINT REFERENCES persons (id),  -- who recorded it
    created BIGINT NOT NULL               -- when
);
CREATE INDEX actions_of_place ON actions (place, state, due);
CREATE INDEX actions_of_meeting ON actions (meeting) WHERE meeting IS NOT NULL;
CREATE INDEX actions_of_agency ON actions (who_key) WHERE who_kind = 'agency';
CREATE INDEX actions_by_media ON actions (media) WHERE media IS NOT NULL;
CREATE INDEX actions_by_owner ON actions (owner) WHERE owner IS NOT NULL;
CREATE INDEX actions_by_author ON actions (author);

CREATE TABLE action_cases (
    action BIGINT NOT NULL REFERENCES actions (id),  -- a plan
    case_id BIGINT NOT NULL REFERENCES cases (id),  -- a case that it serves
    PRIMARY KEY (action, case_id)
);
CREATE INDEX actions_of_case ON action_cases (case_id);

CREATE TABLE action_moves (
    id {id},                              -- one step in a plan's life; written once, never changed
    action BIGINT NOT NULL REFERENCES actions (id),  -- the plan
    move TEXT NOT NULL,                   -- which move (domain/actions.py)
    from_state TEXT,                      -- the state before; empty: it was recorded
    to_state TEXT NOT NULL,               -- the state after
    by_part TEXT NOT NULL,                -- who declared it: owner, council, county
    actor BIGINT,                         -- the person's number, no more than that
    at BIGINT NOT NULL,                   -- when
    due BIGINT NOT NULL                   -- its date from then on
);
CREATE INDEX moves_of_action ON action_moves (action, id);

CREATE TABLE action_reasons (
    move BIGINT PRIMARY KEY REFERENCES action_moves (id),  -- the step
    person BIGINT REFERENCES persons (id),  -- whose words
    words TEXT NOT NULL,                  -- why, for everybody
    at BIGINT NOT NULL                    -- when they were said
);
CREATE INDEX action_reasons_by_person ON action_reasons (person) WHERE person IS NOT NULL;

CREATE TABLE action_pairs (
    one BIGINT NOT NULL REFERENCES actions (id),  -- of two plans that were shown to each other, the earlier
    other BIGINT NOT NULL REFERENCES actions (id),  -- and the later
    at BIGINT NOT NULL,                   -- when
    PRIMARY KEY (one, other)
);

CREATE TABLE roadmaps (
    id {id},                              -- one adoption of a neighbourhood's roadmap
    place BIGINT NOT NULL REFERENCES places (id),  -- whose
    meeting BIGINT NOT NULL REFERENCES meetings (id),  -- in which meeting
    mark TEXT NOT NULL,                   -- what it was: another mark says that it has changed since
    author BIGINT REFERENCES persons (id),  -- who recorded it
    at BIGINT NOT NULL                    -- when
);
CREATE INDEX roadmaps_of_place ON roadmaps (place, id);
CREATE INDEX roadmaps_by_author ON roadmaps (author);
"""
#: What only one of the databases can say: the guard that makes the history append-only. PostgreSQL has it already.
ONLY = {
    "sqlite": """
CREATE TRIGGER action_moves_never_change BEFORE UPDATE ON action_moves
BEGIN SELECT RAISE(ABORT, 'moves are never changed'); END;
CREATE TRIGGER action_moves_never_go BEFORE DELETE ON action_moves
BEGIN SELECT RAISE(ABORT, 'moves are never deleted'); END;
""",
    "postgres": """
CREATE TRIGGER action_moves_never_change BEFORE UPDATE OR DELETE ON action_moves
FOR EACH ROW EXECUTE FUNCTION moves_are_final();
""",
}
