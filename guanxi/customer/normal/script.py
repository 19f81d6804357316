"""Traditional Chinese characters as simplified ones, so that 張偉 is found and compared as 张伟."""

from functools import cache, lru_cache

from opencc import OpenCC

from guanxi.customer.normal.names import is_chinese


def simplified(text: str) -> str:
    """The text in simplified characters; text without Chinese ones as it is."""
    return _converted(text) if is_chinese(text) else text


@lru_cache(maxsize=65536)
def _converted(text: str) -> str:
    return str(_converter().convert(text))


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
