"""The charts of docs/algorithms: `python -m tests.drawing` draws them anew from the published data."""
