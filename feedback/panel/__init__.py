"""What people say, for everybody to read: `/avaliacao/`."""
