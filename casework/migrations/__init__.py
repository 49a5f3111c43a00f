"""The history of the tables (Alembic), applied by ``casework.adapters.database.migrate``."""
