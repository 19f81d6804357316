"""A whole import taken back: its lines leave the history, its customers and updates the record, part by part."""
