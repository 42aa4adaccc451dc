"""What the first page is made of beside the log."""

#: As a source of pages: which revision of it is public.
FIRST_PAGE = "first page"
