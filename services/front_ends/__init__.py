"""Drafts shown by front ends outside: the links, who may follow them and until when, and where front ends are kept."""
