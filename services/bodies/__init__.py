"""Bodies of the city are renamed and merged: what is theirs moves, old addresses lead on, nothing is lost."""
