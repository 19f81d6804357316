import pytest

from guanxi.customer.normal import (
    country_code,
    kind_of,
    latin_spelling,
    plain_email,
    plain_phone,
    plain_text,
    readings,
    sort_key,
)


@pytest.mark.parametrize(
    ("written", "plain"),
    [("  Mei\u3000 Jones ", "Mei Jones"), ("王 晓 梅", "王晓梅"), ("Ａｃｍｅ　Ｌｔｄ", "Acme Ltd"), ("a\u200bb", "ab")],
)
def test_names_lose_width_and_odd_spaces(written: str, plain: str) -> None:
    assert plain_text(written) == plain


@pytest.mark.parametrize(
    ("written", "plain"),
    [("Mei <Mei.Jones@Example.ORG>", "mei.jones@example.org"), ("mei＠example.org", "mei@example.org"), ("none", "")],
)
def test_an_address_is_read_out_of_what_surrounds_it(written: str, plain: str) -> None:
    assert plain_email(written) == plain


@pytest.mark.parametrize(
    ("written", "country", "plain"),
    [
        ("138 2310 4471", "CN", "+8613823104471"),
        ("０１０－６５５２９９８８", "CN", "+861065529988"),
        ("(020) 7946 0018", "GB", "+442079460018"),
        ("0044 20 7946 0018", "GB", "+442079460018"),
        ("+44 20 7946 0018", "", "+442079460018"),
        ("020 7946 0018", "", ""),
        ("ask", "GB", ""),
    ],
)
def test_phones_become_e164_by_the_rules_of_their_country(written: str, country: str, plain: str) -> None:
    assert plain_phone(written, country) == plain


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("王晓梅", "Wang Xiaomei"),
        ("单雄信", "Shan Xiongxin"),
        ("曾国藩", "Zeng Guofan"),
        ("欧阳静", "Ouyang Jing"),
        ("鲜于伟", "Xianyu Wei"),
        ("司徒美玲", "Situ Meiling"),
        ("乐正绫", "Yuezheng Ling"),
        ("Mei", ""),
    ],
)
def test_a_family_name_is_read_as_one(name: str, spelling: str) -> None:
    assert latin_spelling(name) == spelling


def test_a_character_with_two_readings_is_known_by_both() -> None:
    said = {"".join(way) for way in readings("重庆")}
    assert {"chongqing", "zhongqing"} <= said


def test_names_stand_in_the_order_of_their_sound() -> None:
    names = ["张伟", "Émile", "阿宝", "王晓梅", "emma"]
    assert sorted(names, key=sort_key) == ["阿宝", "Émile", "emma", "王晓梅", "张伟"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("United Kingdom", "GB"),
        ("EIRE", "IE"),
        ("中国", "CN"),
        ("Deutschland", "DE"),
        ("de", "DE"),
        ("Atlantis", "Atlantis"),
    ],
)
def test_countries_are_known_in_several_languages(written: str, code: str) -> None:
    assert country_code(written) == code


@pytest.mark.parametrize(
    ("name", "kind"), [("Hartley & Sons", "organisation"), ("华盛酒店", "organisation"), ("Mei Jones", "person")]
)
def test_a_firm_is_told_by_its_name(name: str, kind: str) -> None:
    assert kind_of(name) == kind
