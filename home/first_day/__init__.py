"""The first day of an installation: the city begins, its people are invited, and a list tells what is still missing."""
