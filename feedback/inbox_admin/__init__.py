"""What people say, in Wagtail's admin: one list, a page for each, the acts, and what stands on other pages."""
