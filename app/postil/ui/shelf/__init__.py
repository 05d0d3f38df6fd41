"""The shelf: the articles of the library as a list to choose from."""
