"""How it runs: the only room that is async and knows messengers, HTTP, time and processes."""
