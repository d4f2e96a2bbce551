"""Talks for anybody who writes."""
