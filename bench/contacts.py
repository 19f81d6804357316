"""A file of contacts, the same one for the same number of rows."""

import random

FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英华玉兰红玲飞鹏浩宇欣怡梓涵诗雨晨轩博文嘉琪思远俊熙"
LATIN_GIVEN = "James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth Emma Noah Olivia Liam Ava".split()
LATIN_FAMILY = "Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Wright Walker White Green Hall".split()
CITIES = ("北京市", "上海市", "广州市", "深圳市", "成都市", "杭州市", "武汉市", "西安市", "南京市", "重庆市")
TOWNS = ("London", "Leeds", "York", "Hull", "Bristol", "Cardiff", "Glasgow", "Oxford", "Bath", "Derby")


def people(rows: int) -> str:
    """Contacts of whom 40 % have Chinese names, each with a phone, an address and a city; 1 % are somebody twice."""
    chance = random.Random(2)
    said = ["Customer No,Name,Phone,E-mail,City,Remark"]
    for row in range(rows):
        who = row - 1 if row and chance.random() < 0.01 else row
        if chance.random() < 0.4:
            name = chance.choice(FAMILY) + "".join(chance.choices(GIVEN, k=2))
            phone, city = f"13{8 * 10**8 + who:09d}", chance.choice(CITIES)
        else:
            name = f"{chance.choice(LATIN_GIVEN)} {chance.choice(LATIN_FAMILY)}"
            phone, city = f"07{7 * 10**8 + who:09d}", chance.choice(TOWNS)
        said.append(f"K{row},{name},{phone},k{who}@example.com,{city},no. {row}")
    return "\n".join(said) + "\n"
