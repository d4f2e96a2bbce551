"""Papers: under which name a file of ours is sent."""

from __future__ import annotations

SQL = """
ALTER TABLE media ADD COLUMN
    -- the name of a file that we made, in Latin letters; empty: its number
    name TEXT NOT NULL DEFAULT '';
"""
