"""Codes and posters at each counter: what Lei 13.460 art. 6 VI wants said there, and the way to say how it was."""
