"""What editors upload: pictures made anew, documents looked into."""
