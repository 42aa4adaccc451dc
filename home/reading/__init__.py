"""Help with reading: hard words explained, pages read aloud, and shown in Libras."""
