"""The charter as a booklet: one PDF of the whole city or of a body, now or as it was on a day; and the yearly table.

Lei 13.460/2017 art. 7 (charter of services) and art. 3 (general table of services). Read from published records alone.
"""
