"""The engine: tables in (Ibis, Arrow, NumPy), frozen results out. It knows no Django, no file and nothing of Guanxi's.

Use it in a notebook as you would any library::

    from guanxi.analytical import experiments, value

    table = value.purchase_statistics(lines, as_of)            # Ibis: runs where the facts are
    histories = value.Histories.from_table(table.to_pyarrow())
    model = value.fit_mbg_nbd(value.Statistics.of(histories))  # frozen parameters with a report of the fit
    value.expected_purchases(model, histories, horizon=90)     # days in, days out

Rules. Every method stands beside its simple baseline and says when it loses. Fits read de-duplicated statistics, so
they cost about the same for a million customers as for a hundred million. Forecasts carry 80 % intervals, experiments
95 %. Seeds are arguments. No clock is read. Models are frozen dataclasses of named numbers: store those, not pickles.
A question the data cannot answer raises AnalysisError, whose message is a sentence.
"""

from guanxi.analytical.errors import AnalysisError, NotEnoughDataError

__all__ = ["AnalysisError", "NotEnoughDataError"]
