"""Pages that gather entries in another way than from A to Z."""
