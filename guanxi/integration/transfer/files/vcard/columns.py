"""What a card says, as cells under the names that the mapping knows."""

from collections.abc import Iterable, Mapping
from itertools import islice

from guanxi.integration.transfer.files.vcard.properties import Property

MOST_REPEATED = 20  # phones or addresses of one card that get a column; the card itself keeps all of them
NAMES = ("Family name", "Given name", "Additional names", "Prefix", "Suffix")
PLACES = ("PO box", "Address extra", "Street", "City", "Region", "Postcode", "Country")
PLAIN = {
    "FN": "Name", "TITLE": "Job title", "ROLE": "Role", "UID": "UID", "BDAY": "Birthday", "NOTE": "Note", "URL": "URL",
    "LANG": "Language", "ANNIVERSARY": "Anniversary", "GENDER": "Gender", "X-WECHAT": "WeChat", "X-QQ": "QQ",
}  # fmt: skip
LISTS = {"NICKNAME": "Nickname", "CATEGORIES": "Categories"}
VERBATIM = "Verbatim"
PHONES = tuple(f"Phone {number}" if number > 1 else "Phone" for number in range(1, MOST_REPEATED + 1))
EMAILS = tuple(f"E-mail {number}" if number > 1 else "E-mail" for number in range(1, MOST_REPEATED + 1))
COLUMNS = (
    "UID", "Name", *NAMES, "Nickname", "Kind", "Organisation", "Department", "Job title", "Role", *PHONES, "Fax",
    *EMAILS, *PLACES, "Language", "Birthday", "Anniversary", "Gender", "WeChat", "QQ", "Categories", "URL", "Note",
    VERBATIM,
)  # fmt: skip
UNANSWERED = {"fax", "pager", "modem", "bbs"}
COMPANY = {"org", "organization", "organisation", "company"}

Cells = dict[str, str]


def cells_of(properties: Iterable[Property]) -> Cells:
    """The cells of one card by column; columns that it says nothing for are missing."""
    said: dict[str, list[Property]] = {}
    for each in properties:
        said.setdefault(each.name, []).append(each)
    cells: Cells = {}
    for name, column in PLAIN.items():
        if name in said:
            cells[column] = best(said[name]).value()
    for name, column in LISTS.items():
        cells[column] = "; ".join(word for each in said.get(name, ()) for word in each.words())
    _fill(cells, NAMES, said.get("N", ()))
    _fill(cells, PLACES, [each for each in said.get("ADR", ()) if any(each.parts())])
    _reach(cells, said)
    _work(cells, said)
    return {column: text for column, text in cells.items() if text}


def best(properties: Iterable[Property]) -> Property:
    """The one the card prefers, else the first that says anything."""
    return min(properties, key=lambda each: (not each.text.strip(), each.preference))


def _fill(cells: Cells, columns: Iterable[str], properties: Iterable[Property]) -> None:
    found = list(properties)
    if found:
        cells.update(zip(columns, best(found).parts(), strict=False))


def _reach(cells: Cells, said: Mapping[str, list[Property]]) -> None:
    """Phones and addresses in the order in which the card would be answered: preferred ones, mobiles, others."""
    phones = sorted(said.get("TEL", ()), key=lambda each: (each.preference, "cell" not in each.kinds))
    spoken = (each for each in phones if not each.kinds & UNANSWERED)
    unanswered = (each for each in phones if "fax" in each.kinds)
    emails = sorted(said.get("EMAIL", ()), key=lambda each: each.preference)
    cells.update(zip(PHONES, _distinct(map(_number, spoken)), strict=False))
    cells["Fax"] = next(map(_number, unanswered), "")
    cells.update(zip(EMAILS, _distinct(_address(each) for each in emails), strict=False))


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(islice(dict.fromkeys(text for text in texts if text), MOST_REPEATED))


def _number(phone: Property) -> str:
    """Version 4 writes phones as addresses: tel:+1-418-656-9254;ext=102."""
    text = phone.value()
    if not text.lower().startswith("tel:"):
        return text
    number, *options = text[4:].split(";")
    extension = next((each[4:] for each in options if each.lower().startswith("ext=")), "")
    return f"{number} ext. {extension}" if extension else number


def _address(email: Property) -> str:
    text = email.value()
    return text[7:] if text.lower().startswith("mailto:") else text


def _work(cells: Cells, said: Mapping[str, list[Property]]) -> None:
    if "ORG" in said:
        company, *units = best(said["ORG"]).parts() or [""]
        cells["Organisation"] = company
        cells["Department"] = ", ".join(unit for unit in units if unit)
    kinds = [best(said[name]).value().lower() for name in ("KIND", "X-ABSHOWAS") if name in said]
    if any(kind in COMPANY for kind in kinds):
        cells["Kind"] = "organisation"
    elif "individual" in kinds:
        cells["Kind"] = "person"
    if not cells.get("Name"):
        cells["Name"] = _whole_name(cells)


def _whole_name(cells: Cells) -> str:
    """Of the parts where the card has no formatted name; mapping joins family and given name as the language does."""
    if cells.get("Family name") or cells.get("Given name"):
        return ""
    return cells.get("Nickname", "")
