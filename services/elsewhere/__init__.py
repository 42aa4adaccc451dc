"""Records in the forms that calendars and maps already speak."""
