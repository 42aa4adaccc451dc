"""What lets a page be found from outside: its one address, its languages, its data, its short link and code."""
