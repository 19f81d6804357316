"""Strangers for the comparison to learn from: some hundred persons, every third of them told twice."""

import random

from tests.customer.incoming import bring, row

FAMILY = "王李张刘陈杨黄赵周吴徐孙朱胡郭何高林罗"
GIVEN = "伟敏静强磊洋艳勇军杰娟涛超明霞秀兰梅晓国佳怡"
CITIES = "北京 上海 广州 深圳 南京 武汉 成都 西安".split()


def crowd(many: int = 200) -> None:
    lot = random.Random(7)
    told = []
    for number in range(many):
        name = lot.choice(FAMILY) + "".join(lot.sample(GIVEN, 2))
        fields = {
            "name": name,
            "phone": f"+86139{lot.randrange(10**8):08d}",
            "email": f"c{number}@mail{lot.randrange(40)}.example",
            "city": lot.choice(CITIES),
            "company": f"{lot.choice(CITIES)}第{lot.randrange(80)}贸易有限公司",
        }
        told.append(row(f"c{number}", **fields))
        if number % 3 == 0:
            left_out = lot.choice(["phone", "email", "company"])
            told.append(row(f"d{number}", **{key: value for key, value in fields.items() if key != left_out}))
    bring(*told, source="crowd")
