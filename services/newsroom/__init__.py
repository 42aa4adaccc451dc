"""The newsroom in the admin: its acts, their screens, what waits for whom."""
