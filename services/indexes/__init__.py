"""Pages that gather entries in another way than from A to Z: by week, by body, by what changed last."""
