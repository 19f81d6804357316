"""Contacts as vCard 2.1, 3.0 and 4.0, in the dialects that address books write."""

from guanxi.integration.transfer.files.vcard.reading import read_vcards

__all__ = ["read_vcards"]
