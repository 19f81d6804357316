"""The way in: log-in, log-out, a new password, and how a colleague reads. Pages over `accounts`, drawn with `ui`."""
