"""What the town hangs on walls and hands out: each paper is a function from plain values to a PDF, and knows no more.

The values are words ready to be read. The heavy libraries are loaded where something is drawn and nowhere else.
"""
