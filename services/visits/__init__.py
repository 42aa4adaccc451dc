"""How often records are read, by which way, and their links pressed: by the day, and of nobody in particular."""
