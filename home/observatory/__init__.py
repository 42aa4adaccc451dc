"""The observatory: what services are like, what people say of them, and what comes of it; as pages and as open data.

Each table is one description (``register.py``): pages, CSV, JSON and the dictionary of data are made from it.
"""
