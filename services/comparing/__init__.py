"""What is different between two versions of an entry, in the words that its editors know."""
