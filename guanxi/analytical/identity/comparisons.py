"""What is compared, and in which steps of agreement: the first condition that holds gives the level.

The comparisons are the same for every data set; one takes part where its columns are there. Nothing in them was learnt
from labels.
"""

from collections.abc import Collection

from guanxi.analytical.identity.levels import Level
from guanxi.analytical.identity.steps import (
    Comparison,
    Step,
    contained,
    crossed,
    either_missing,
    one_letter,
    overlap,
    same,
    similar,
    within,
)

FAMILY = Comparison(
    "family",
    ("family", "family_keys", "given_keys", "family_sound", "words"),
    either_missing("family"),
    (
        Step(Level.EXACT, same("family"), "family"),
        Step(Level.SAME_PINYIN, overlap("family_keys")),
        Step(Level.OTHER_ORDER, crossed("family_keys", "given_keys")),
        Step(Level.ONE_LETTER, one_letter("family")),
        Step(Level.PART, within("family", "words")),
        Step(Level.SAME_SOUND, same("family_sound")),
        Step(Level.SIMILAR, similar("family", 0.88)),
    ),
    "family",
)
GIVEN = Comparison(
    "given",
    ("given", "given_keys", "family_keys", "formal", "words"),
    either_missing("given"),
    (
        Step(Level.EXACT, same("given"), "given"),
        Step(Level.SAME_PINYIN, overlap("given_keys")),
        Step(Level.SHORT_FORM, same("formal"), "formal"),
        Step(Level.OTHER_ORDER, crossed("given_keys", "family_keys")),
        Step(Level.ONE_LETTER, one_letter("given")),
        Step(Level.PART, within("given", "words")),
        Step(
            Level.INITIAL,
            "least(length(given_l), length(given_r)) = 1 AND ascii(given_l) < 128 AND given_l[1] = given_r[1]",
        ),
        Step(Level.SIMILAR, similar("given", 0.88)),
    ),
    "given",
)
COMPANY = Comparison(
    "company",
    ("company", "company_core", "company_brand"),
    either_missing("company"),
    (
        Step(Level.EXACT, same("company"), "company"),
        Step(Level.SHORT_FORM, same("company_core"), "company_core"),
        Step(Level.SHORT_FORM, same("company_brand"), "company_brand"),
        Step(Level.ONE_LETTER, one_letter("company_core")),
        Step(Level.SIMILAR, similar("company_core", 0.92)),
    ),
    "company",
)
PHONE = Comparison(
    "phone",
    ("phone", "phones"),
    either_missing("phone"),
    (
        Step(Level.EXACT, same("phone"), "phone"),
        Step(Level.EXACT, overlap("phones")),
        Step(Level.ONE_LETTER, one_letter("phone", 8)),
    ),
    "phone",
)
EMAIL = Comparison(
    "email",
    ("email", "emails", "mailbox"),
    either_missing("email"),
    (
        Step(Level.EXACT, same("email"), "email"),
        Step(Level.EXACT, overlap("emails")),
        Step(Level.PART, same("mailbox"), "mailbox"),
        Step(Level.ONE_LETTER, "damerau_levenshtein(email_l, email_r) <= 2"),
        Step(Level.SIMILAR, similar("mailbox", 0.9)),
    ),
    "email",
)
CODE = Comparison(
    "code",
    ("code", "codes"),
    either_missing("code"),
    (
        Step(Level.EXACT, overlap("codes")),
        Step(Level.ONE_LETTER, one_letter("code", 6)),
        Step(Level.SIMILAR, "length(code_l) >= 6 AND damerau_levenshtein(code_l, code_r) <= 2"),
    ),
    "code",
)
BORN = Comparison(
    "born",
    ("born",),
    either_missing("born"),
    (
        Step(Level.EXACT, same("born"), "born"),
        Step(Level.ONE_LETTER, one_letter("born", 8)),
        Step(Level.SIMILAR, "damerau_levenshtein(born_l, born_r) <= 2"),
        Step(Level.SAME_YEAR, "born_l[:4] = born_r[:4]"),
    ),
    "born",
)
STREET = Comparison(
    "street",
    ("street",),
    either_missing("street"),
    (
        Step(Level.EXACT, same("street"), "street"),
        Step(Level.SIMILAR, similar("street", 0.9)),
    ),
    "street",
)
HOUSE = Comparison(
    "house",
    ("house",),
    either_missing("house"),
    (Step(Level.EXACT, same("house")), Step(Level.ONE_LETTER, one_letter("house", 2))),
    "house",
)
CITY = Comparison(
    "city",
    ("city",),
    either_missing("city"),
    (
        Step(Level.EXACT, same("city"), "city"),
        Step(Level.PART, contained("city")),
        Step(Level.SIMILAR, similar("city", 0.9)),
    ),
    "city",
)
REGION = Comparison("region", ("region",), either_missing("region"), (Step(Level.EXACT, same("region")),), "region")
POSTCODE = Comparison(
    "postcode",
    ("postcode", "area"),
    either_missing("postcode"),
    (
        Step(Level.EXACT, same("postcode"), "postcode"),
        Step(Level.ONE_LETTER, one_letter("postcode")),
        Step(Level.SAME_AREA, same("area"), "area"),
    ),
    "postcode",
)
GENDER = Comparison("gender", ("gender",), either_missing("gender"), (Step(Level.EXACT, same("gender")),), "gender")
OCCUPATION = Comparison(
    "occupation",
    ("occupation",),
    either_missing("occupation"),
    (Step(Level.EXACT, same("occupation"), "occupation"),),
    "occupation",
)

ALL = (
    FAMILY,
    GIVEN,
    COMPANY,
    PHONE,
    EMAIL,
    CODE,
    BORN,
    STREET,
    HOUSE,
    CITY,
    REGION,
    POSTCODE,
    GENDER,
    OCCUPATION,
)


def fitting(columns: Collection[str]) -> tuple[Comparison, ...]:
    """Those whose first column says something."""
    return tuple(each for each in ALL if each.columns[0] in columns)
