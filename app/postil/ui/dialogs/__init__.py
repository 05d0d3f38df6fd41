"""Windows of their own: export, help, the report of a mistake. Imported when first shown."""
