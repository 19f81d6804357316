"""Telling browsers what happened: a notice is a row of the business transaction, and reaches the open pages at once.

notify() writes a Notice → the relay numbers notices in the order of commitment and wakes the push processes →
each push process streams them, as Server-Sent Events, to the colleagues who may hear of them.
"""
