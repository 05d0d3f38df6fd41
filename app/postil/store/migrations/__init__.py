"""Alembic's folder: how older libraries are brought to today's schema."""
