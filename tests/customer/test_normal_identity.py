"""Spellings that mean the same come to one; spellings that do not, do not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.customer.normal import (
    birth_date,
    company_brand,
    company_core,
    formal_given,
    person_name,
    plain_day,
    plain_uscc,
    simplified,
)
from guanxi.customer.normal.persons import named_in_parts
from guanxi.customer.normal.places import plain_postcode, plain_town, street_and_house
from guanxi.customer.normal.sounds import sound
from guanxi.customer.normal.uscc import SIGNS, check_digit


@pytest.mark.parametrize(
    ("written", "family", "given"),
    [
        ("王晓梅", "王", "晓梅"),
        ("王总", "王", ""),
        ("欧阳总", "欧阳", ""),
        ("鲜于总", "鲜于", ""),
        ("鮮于文華", "鲜于", "文华"),
        ("淳于琼", "淳于", "琼"),
        ("司徒", "司徒", ""),
        ("李经理", "李", ""),
        ("张老师", "张", ""),
        ("王晓梅总经理", "王", "晓梅"),
        ("老王", "王", ""),
        ("歐陽 修", "欧阳", "修"),
        ("令狐冲", "令狐", "冲"),
        ("Ｗａｎｇ　Ｗｅｉ", "wei", "wang"),
        ("QIU Faqing", "qiu", "faqing"),
        ("Wang, Lihua", "wang", "lihua"),
        ("Dr. Bob Smith", "smith", "bob"),
        ("José María García", "garcia", "jose maria"),
        ("Jean-Luc Picard", "picard", "jeanluc"),
        ("", "", ""),
    ],
)
def test_names_are_taken_apart(written: str, family: str, given: str) -> None:
    name = person_name(written)
    assert (name.family, name.given) == (family, given)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("单雄信", "Shan Xiongxin"),
        ("单雄信", "Dan Xiongxin"),
        ("王丽华", "Lihua Wang"),
        ("王丽华", "WANG Lihua"),
        ("王麗華", "王丽华"),
        ("曾志伟", "Zeng Zhiwei"),
        ("王力华", "王丽华"),
    ],
)
def test_names_said_the_same_share_a_key(one: str, other: str) -> None:
    assert set(person_name(one).keys) & set(person_name(other).keys)


def test_names_in_parts_are_the_same_as_whole_ones() -> None:
    assert named_in_parts("Faqing", "Qiu") == person_name("Faqing Qiu")
    assert named_in_parts("晓梅", "王") == person_name("王晓梅")
    assert named_in_parts("", "Smith").family == "smith"
    assert named_in_parts("Anna", "").given == "anna"


def test_short_forms_stand_for_one_name() -> None:
    assert {formal_given(name) for name in ("bob", "rob", "robbie", "robert")} == {"robert"}
    assert formal_given("晓梅") == "晓梅"


@pytest.mark.parametrize(
    ("written", "core", "brand"),
    [
        ("杭州博远盛展览有限公司", "博远盛展览", "博远盛"),
        ("博远盛展览（杭州）有限公司", "博远盛展览", "博远盛"),
        ("北京市新奥物流股份有限公司", "新奥物流", "新奥"),
        ("天成貿易(上海)有限公司", "天成贸易", "天成"),
        ("Shanlan Trading Co., Ltd.", "shanlan trading", "shanlan trading"),
        ("Müller & Söhne GmbH & Co. KG", "muller & sohne", "muller & sohne"),
        ("上海", "上海", "上海"),
    ],
)
def test_companies_lose_what_most_of_them_share(written: str, core: str, brand: str) -> None:
    assert (company_core(written), company_brand(written)) == (core, brand)


@pytest.mark.parametrize(
    "code", ["91440300708461136T", "91330100799655058B", "91 3301 0079 9655 058b", "91350100M000100Y43"]
)
def test_published_credit_codes_are_valid(code: str) -> None:
    assert plain_uscc(code)


@given(st.text(SIGNS, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(SIGNS))
def test_one_wrong_sign_of_a_credit_code_is_always_noticed(body: str, place: int, sign: str) -> None:
    body = body[:2] + "440300" + body[8:]
    whole = body + check_digit(body)
    assert plain_uscc(whole) == whole
    wrong = whole[:place] + sign + whole[place + 1 :]
    assert plain_uscc(wrong) == ("" if wrong != whole else whole)


def test_addresses_in_one_spelling() -> None:
    assert street_and_house("12b Mill Ln") == street_and_house("12B, Mill Lane") == ("mill lane", "12b")
    assert street_and_house("Hauptstr. 5") == street_and_house("Hauptstraße 5")
    assert street_and_house("Flat 3, 22 King St.") == ("king street", "22")
    assert street_and_house("浙江省杭州市文三路９０号") == ("文三路", "90")
    assert plain_town("浙江省杭州市") == plain_town("杭州") == "杭州"
    assert plain_postcode("SW1A 1AA") == "sw1a1aa"


def test_days_in_one_spelling() -> None:
    assert {plain_day(text) for text in ("1961年3月5日", "1961/3/5", "１９６１－０３－０５", "19610305")} == {
        "1961-03-05"
    }
    assert {plain_day(text) for text in ("5.3.1961", "1961-86-01", "1961", "196105", "--0305", "soon")} == {""}


def test_nobody_is_born_tomorrow_or_before_1900() -> None:
    today = date(2026, 3, 1)
    days = ("2026-03-01", "1900-01-01", "2026-03-02", "1899-12-31", "1800-05-05", "1985-02-29")
    assert [birth_date(day, today) for day in days] == ["2026-03-01", "1900-01-01", "", "", "", ""]


def test_what_sounds_alike_has_one_key() -> None:
    assert sound("creswell") == sound("cresswell")
    assert sound("smith") == sound("smyth")
    assert sound("stephen") == sound("steven")
    assert sound("smith") != sound("jones")


@given(st.text(max_size=40))
def test_any_text_is_taken_and_twice_is_once(text: str) -> None:
    name = person_name(text)
    assert company_core(company_core(text)) is not None
    assert simplified(simplified(text)) == simplified(text)
    assert isinstance(name.whole, str)
    assert len(street_and_house(text)) == 2
