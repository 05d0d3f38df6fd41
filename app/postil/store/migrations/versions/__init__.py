"""One file for each released schema; never edited once released."""
