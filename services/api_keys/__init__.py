"""Keys of programs that ask the API more often than anybody may: made in the admin, shown once, kept as a hash."""
