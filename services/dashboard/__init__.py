"""The admin's first page: what one can do, what waits for one, and what there is to look after.

Other apps add to it through ``conecta_dashboard_panel`` (``work.py``).
"""
