"""The charter on other sites: a custom element in one script, and the page that shows webmasters how to use it."""
