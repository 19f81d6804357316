"""What the engine says when a question cannot be answered from the figures given."""


class AnalysisError(ValueError):
    """The input makes no sense, or is too little, for the method asked for; the message says which and why."""


class NotEnoughDataError(AnalysisError):
    """The figures are well formed but too few: an empty table, no repeat purchase, an arm of one customer."""
