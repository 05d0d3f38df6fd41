"""All marks of the library in one place: listed, narrowed, changed many at once."""
