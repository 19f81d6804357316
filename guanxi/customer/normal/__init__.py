"""One spelling for each thing: what two sources write differently is compared, searched and stored alike."""

from guanxi.customer.normal.addresses import plain_email
from guanxi.customer.normal.countries import country_code, country_name, known_countries
from guanxi.customer.normal.kinds import kind_of
from guanxi.customer.normal.names import fold, is_chinese, plain_text
from guanxi.customer.normal.phones import country_of_phones, dialled_from, national_number, plain_phone, written_phone
from guanxi.customer.normal.pinyin import latin_spelling, readings, sort_key

__all__ = [
    "country_code",
    "country_name",
    "country_of_phones",
    "dialled_from",
    "fold",
    "is_chinese",
    "kind_of",
    "known_countries",
    "latin_spelling",
    "national_number",
    "plain_email",
    "plain_phone",
    "plain_text",
    "readings",
    "sort_key",
    "written_phone",
]
