"""Pages about the site itself: what is where, how it can be used by everybody, what it keeps of its visitors."""
