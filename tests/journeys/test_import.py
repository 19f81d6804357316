"""A customer list comes in from a GBK export and from a workbook with wrong rows, is put right, and comes in again."""

import csv
import io
import random
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, expect

from tests.journeys.browser import choose
from tests.journeys.desk import hand_in, stop, take_in

HEAD = ["客户编号", "姓名", "手机", "邮箱", "城市"]
ROWS, WRONG = 200, 6  # 3 %
SHORTENED = "1.38E+10"


def people(prefix: str) -> list[list[str]]:
    """Two hundred customers, six of them with a number that a spreadsheet has shortened."""
    draw = random.Random(prefix)
    rows = [
        [f"{prefix}{n:05}", f"{draw.choice('王李张刘陈')}{draw.choice('伟芳娜敏静')}{draw.choice('明华丽强军')}",
         f"1391{draw.randrange(10**7):07}", f"{prefix.lower()}{n}@example.cn", draw.choice(["上海", "北京", "重庆"])]
        for n in range(ROWS)
    ]  # fmt: skip
    for row in draw.sample(rows, WRONG):
        row[0] = SHORTENED
    return rows


def as_gbk(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEAD, *rows])
    return text.getvalue().encode("gbk")


def as_workbook(rows: list[list[str]]) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet["A1"] = "2026 客户名单"
    sheet.merge_cells("A1:E1")
    for row in [HEAD, *rows]:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(("prefix", "name"), [("GBK", "kehu-gbk.csv"), ("XLS", "kehu.xlsx")])
def test_a_list_with_wrong_rows_comes_in_is_put_right_and_comes_in_again(
    administrator: Page, prefix: str, name: str, tmp_path: Path, pictures: Path
) -> None:
    page, rows = administrator, people(prefix)
    place = pictures / "import"

    hand_in(page, name, as_gbk(rows) if name.endswith(".csv") else as_workbook(rows))
    expect(page.locator("table", has_text="客户编号")).to_contain_text(rows[0][1])
    page.fill("#id_source", f"journey {prefix}")
    stop(page, place, f"{prefix}-columns")

    page.get_by_role("button", name="See what would happen").click()
    expect(page.get_by_role("heading", name="Rejected rows, for example")).to_be_visible()
    expect(page.locator(".figure", has_text="new customer")).to_contain_text(str(ROWS - WRONG))
    expect(page.locator(".figure", has_text="rejected")).to_contain_text(str(WRONG))
    stop(page, place, f"{prefix}-preview")

    take_in(page)
    expect(page.locator(".figure", has_text="rejected")).to_contain_text(str(WRONG))
    stop(page, place, f"{prefix}-result")
    result = page.url

    with page.expect_download() as download:
        page.get_by_role("link", name="Rejected rows, to put right").click()
    download.value.save_as(tmp_path / "rejects.csv")
    wrong = list(csv.reader(io.StringIO((tmp_path / "rejects.csv").read_bytes().decode("utf-8-sig"), newline="")))
    assert wrong[0][:-1] == HEAD
    assert [row[0] for row in wrong[1:]] == [SHORTENED] * WRONG
    for number, row in enumerate(wrong[1:]):
        row[0] = f"{prefix}9{number:04}"

    text = io.StringIO(newline="")
    csv.writer(text).writerows(wrong)
    hand_in(page, "rejects.csv", text.getvalue().encode("utf-8-sig"))
    expect(page.locator("#id_source")).to_have_value(f"journey-{prefix.lower()}")  # the mapping is remembered
    page.get_by_role("button", name="See what would happen").click()
    expect(page.locator(".figure", has_text="new customer")).to_contain_text(str(WRONG))
    take_in(page)
    expect(page.locator(".figure", has_text="new customer")).to_contain_text(str(WRONG))

    page.goto(f"/customers/?q={prefix}90003")
    expect(page.locator("tr[data-row]")).to_have_count(1)
    expect(page.locator("tr[data-row]")).to_contain_text(wrong[4][1])

    choose(page, language="zh-hans", theme="dark")
    page.goto(result)
    stop(page, place, f"{prefix}-result-zh")
    choose(page, language="en", theme="light")
