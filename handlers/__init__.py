"""What we say and ask: one talk per file, plain functions, no platform, no HTTP, no sleeping."""
