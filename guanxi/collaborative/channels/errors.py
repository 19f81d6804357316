class UnreachableError(Exception):
    """The channel's server cannot be used now. No message is lost: all of them wait."""
