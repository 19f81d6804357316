"""One spelling for each thing: what two sources write differently is compared, searched and stored alike."""

from guanxi.customer.normal.addresses import plain_email
from guanxi.customer.normal.companies import company_brand, company_core, company_name
from guanxi.customer.normal.countries import country_code, country_name, known_countries
from guanxi.customer.normal.days import birth_date, plain_day
from guanxi.customer.normal.kinds import kind_of
from guanxi.customer.normal.names import fold, is_chinese, plain_text
from guanxi.customer.normal.persons import PersonName, formal_given, person_name
from guanxi.customer.normal.phones import (
    country_of_phones,
    dialled_beside,
    dialled_from,
    national_number,
    plain_phone,
    written_phone,
)
from guanxi.customer.normal.pinyin import latin_spelling, readings, sort_key
from guanxi.customer.normal.script import simplified
from guanxi.customer.normal.short_forms import forms
from guanxi.customer.normal.uscc import plain_uscc

__all__ = [
    "PersonName",
    "birth_date",
    "company_brand",
    "company_core",
    "company_name",
    "country_code",
    "country_name",
    "country_of_phones",
    "dialled_beside",
    "dialled_from",
    "fold",
    "formal_given",
    "forms",
    "is_chinese",
    "kind_of",
    "known_countries",
    "latin_spelling",
    "national_number",
    "person_name",
    "plain_day",
    "plain_email",
    "plain_phone",
    "plain_text",
    "plain_uscc",
    "readings",
    "simplified",
    "sort_key",
    "written_phone",
]
