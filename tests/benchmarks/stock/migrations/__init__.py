"""None: ``stock.loading.make_tables`` makes the tables from the models, whose fields are copied from ours."""
