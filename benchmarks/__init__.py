"""The bench: this bot beside bare echo bots of other libraries, all against one fast stand-in for a messenger."""
