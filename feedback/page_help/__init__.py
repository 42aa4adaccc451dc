"""“Esta página ajudou?” and “Algo está errado nesta página?”: from a reader to whoever writes the page, and back."""
