"""Presenting: an article in front of a class, its marks revealed one by one.

A window of its own over the whole screen, so that leaving it brings back what was before.
It reads the desk once and changes nothing.
"""
