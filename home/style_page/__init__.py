"""The living page of the portal's parts, for the people who make it."""
