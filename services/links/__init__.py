"""Links on the charter's pages: where each stands, followed in rounds, and who is told of a dead one."""
