"""What we keep: plain functions with named SQL over an open connection."""
