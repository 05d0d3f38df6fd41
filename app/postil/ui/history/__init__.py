"""The history in a window of its own: every step, where now is, and the way there and back."""
