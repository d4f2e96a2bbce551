"""A local Bot API server with a chat page, to try and to test the bot without a messenger."""
