"""Bare echo bots of other libraries: nothing is kept, nothing is looked up, one answer for one message."""
