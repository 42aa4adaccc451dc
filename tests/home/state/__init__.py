"""How the system is, in plain words."""
