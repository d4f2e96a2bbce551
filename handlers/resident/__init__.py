"""Talks of residents."""
