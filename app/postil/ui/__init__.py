"""The window. Views draw from the desk and the library, and never call each other."""
