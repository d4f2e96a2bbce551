"""Talks of county and province officers."""
