"""The one exception that means: a person can put this right.

Its text is a sentence for that person: what happened, what is safe, what to do. The command line prints it without a
trace.
"""


class UserError(Exception):
    """A mistake or a missing condition that the person at the keyboard can put right."""
