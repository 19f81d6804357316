"""Invented names of firms and people, the same for the same customer number on every machine."""

import random
import unicodedata
from dataclasses import dataclass

SEED = 20111209

FIRST = (
    "Amber Beatrice Clara Dora Edith Flora Greta Hazel Iris June Kitty Lydia Mabel Nell Olive Pearl Rosa Stella Tess "
    "Una Vera Winnie Arthur Basil Cecil Dougal Ernest Felix Gilbert Hugo Ivor Jasper Kit Leo Miles Ned Oscar Percy "
    "Quentin Rufus Silas Toby Victor Walter"
).split()
LAST = (
    "Alder Birch Calder Dunmore Elwood Farrow Garside Hartley Ingham Jessop Kendal Lomax Marlowe Norwood Oakes "
    "Penrose Quayle Rowan Selwyn Tarrant Underhill Varley Wetherby Yarrow Ashdown Blythe Carrick Denholm Eastwick "
    "Finch Greaves Holroyd Ives Kerridge Langley Merrow Nettle Orchard Pellow Ridley Sorrel Thorne Whitlock"
).split()
THINGS = (
    "Willow Lantern Harbour Thistle Copper Magpie Velvet Clover Acorn Juniper Pebble Bramble Heron Indigo Marigold "
    "Nutmeg Orchid Paper Quince Robin Saffron Teapot Umbrella Vintage Walnut Foxglove Primrose Swallow Ivy Dovetail"
).split()
TRADES = (
    "Gifts|Homeware|Cards & Gifts|Interiors|Garden Centre|Trading Ltd|& Daughters|Emporium|Stationers|Party Shop|"
    "Tea Room|Department Store|Mail Order Ltd|Craft Supplies|Gallery Shop"
).split("|")

ABROAD: dict[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "Germany": (("Lena", "Jonas", "Greta", "Emil"), ("Lindner", "Brandt", "Keller", "Sommer"), "{last} Geschenke GmbH"),
    "Austria": (("Resi", "Lukas"), ("Gruber", "Moser"), "{last} Wohnen GmbH"),
    "France": (("Camille", "Hugo", "Élise"), ("Moreau", "Lefèvre", "Garnier"), "Maison {last}"),
    "Belgium": (("Noor", "Bram"), ("Peeters", "Claes"), "Huis {last}"),
    "Spain": (("Lucía", "Mateo"), ("Navarro", "Ibáñez"), "Regalos {last}"),
    "Portugal": (("Inês", "Tiago"), ("Carvalho", "Pinto"), "Casa {last}"),
    "Italy": (("Giulia", "Marco"), ("Ferrari", "Conti"), "{last} Casa S.r.l."),
    "Netherlands": (("Sanne", "Daan"), ("de Wit", "Bakker"), "{last} Cadeau B.V."),
    "Sweden": (("Elsa", "Nils"), ("Lindqvist", "Ek"), "{last} Inredning AB"),
    "Norway": (("Ingrid", "Lars"), ("Dahl", "Vik"), "{last} Interiør AS"),
    "Japan": (("Haruka", "Kenji"), ("Mori", "Aoki"), "{last} Trading K.K."),
}

SURNAMES = (
    *"王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁单沈",
    "欧阳",
    "司马",
    "上官",
)
GIVEN = (
    "晓梅 静怡 国华 建军 欣茗 晓明 佳怡 志强 雅文 子涵 丽娜 海燕 文杰 思源 明远 秀英 伟 敏 磊 涛 娜 芳 强 洋 婷 "
    "浩然 雨桐 若曦 一诺 嘉懿 春生 秋实"
).split()
SHOP_NAMES = (
    "山岚 荷塘 云上 南山 听雨 花间 静远 竹里 青瓷 锦绣 长安 重庆 江南 明月 悦来 素年 半亩 朝露 东篱 西窗".split()
)
SHOP_TRADES = ("礼品店", "茶舍", "家居馆", "百货", "餐饮", "文具", "贸易有限公司", "花艺", "书屋", "酒店用品")


@dataclass(frozen=True)
class Invention:
    """A firm and the person one speaks to there. `language` is the one they are written to in."""

    firm: str
    person: str
    mailbox: str
    language: str


def invent(number: str, country: str) -> Invention:
    """The invented names of customer `number`: about one in six firms is Chinese, wherever it stands."""
    lot = random.Random(f"{SEED}:{number}")  # noqa: S311 (a fixed lot, not a secret)
    if lot.random() < 1 / 6:
        return _chinese(lot)
    return _latin(lot, country)


def _chinese(lot: random.Random) -> Invention:
    firm = lot.choice(SHOP_NAMES) + lot.choice(SHOP_NAMES) * (lot.random() < 0.3) + lot.choice(SHOP_TRADES)
    return Invention(firm, lot.choice(SURNAMES) + lot.choice(GIVEN), "caigou", "zh-hans")


def _latin(lot: random.Random, country: str) -> Invention:
    firsts, lasts, pattern = ABROAD.get(country, (tuple(FIRST), tuple(LAST), ""))
    first, last = lot.choice(firsts), lot.choice(lasts)
    firm = pattern.format(last=last) if pattern else _british(lot, last)
    return Invention(firm, f"{first} {last}", _plain(first), "en")


def _plain(name: str) -> str:
    """A mailbox every mail server takes: élise would need SMTPUTF8 (RFC 6531), which many refuse."""
    return unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()


def _british(lot: random.Random, last: str) -> str:
    stem = lot.choice((last, lot.choice(THINGS), f"{lot.choice(THINGS)} & {last}", f"{last} & {lot.choice(THINGS)}"))
    return f"{stem} {lot.choice(TRADES)}"
