"""The picture that a messenger shows where somebody shares a page: title, body, the city's name, arms and colour."""
