"""Work that happens later. A job is a tick; the work itself is rows, claimed a few hundred at a time.

An app declares its jobs in its ``jobs.py`` with `job`; ``guanxi worker`` runs them.
"""
