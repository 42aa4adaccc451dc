"""The city's spreadsheet in the admin: what an uploaded file would change is seen before anything does."""
