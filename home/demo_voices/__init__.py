"""What invented people say of the demonstration charter, so that panels, inbox and observatory are seen at work."""
