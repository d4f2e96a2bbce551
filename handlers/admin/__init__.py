"""Talks of administrators."""
