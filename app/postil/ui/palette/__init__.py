"""The command palette: anything the window can do, any tag and any article, by typing."""
