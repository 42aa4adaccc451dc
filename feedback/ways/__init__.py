"""Ways in beside the portal's form: the city's own systems, and private links after a transaction."""
