"""What is done with many services at once, each for itself: what one cannot take, the others still do."""
