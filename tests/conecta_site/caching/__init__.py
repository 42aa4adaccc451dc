"""Pages and answers on their way out: compressed, kept, counted."""
