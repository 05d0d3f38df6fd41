"""Postil: close reading of news and opinion, with marks, tags and notes that can be handed on."""

__version__ = "0.1.0"
