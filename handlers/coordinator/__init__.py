"""Talks of those who decide about cases."""
