"""The demonstration in Spanish and English: what its translators wrote, put where editors find it."""
