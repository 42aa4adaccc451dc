"""Who did what, when, from which revision: Wagtail's history entries, kept whole and read as one register."""
