"""From a file as somebody sent it to one table of text: what it is, how it is written, what its rows say."""
