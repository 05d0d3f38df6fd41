"""The words of the field as plain values: articles, annotations, tags and errors.

Everything here is frozen and pure. Nothing in this package reads a file, knows a
database or imports Qt; all other packages speak to each other in these values.
"""
