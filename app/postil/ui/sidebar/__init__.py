"""The sidebar beside the page: cards of the marks, the codebooks, the article's data."""
