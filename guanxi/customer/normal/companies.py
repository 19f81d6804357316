"""Names of organisations without what most of them share: legal form, place, line of business."""

import re
from functools import lru_cache

from guanxi.customer.normal.divisions import without_place
from guanxi.customer.normal.names import fold, is_chinese, plain_text
from guanxi.customer.normal.script import simplified

_CHINESE_FORM = re.compile(
    r"(集团)?(股份)?(有限)?(责任)?(总)?公司$|[（(](有限合伙|普通合伙|集团|个体工商户|个人独资)[)）]|集团$|(总|分)(公司|店|部)$|有限责任公司|有限公司"
)
_BRACKETS = re.compile(r"[（(【\[]([^（()）【】\[\]]*)[)）】\]]")
_LATIN_FORM = re.compile(
    r"\b(co\.?,? ?ltd|limited liability company|private limited|pvt|pty|ltd|limited|incorporated|inc|llc|llp|lp|plc"
    r"|gmbh( & co\.? kg)?|mbh|ag|kg|ohg|ug|e\.? ?k|se|ab|oy|oyj|as|asa|a/s|aps|sarl|s\.?a\.?r\.?l|sas|s\.?a|bv|b\.v|nv"
    r"|n\.v|srl|s\.?r\.?l|spa|s\.?p\.?a|s\.?l|corp|corporation|company|co|group|holdings?|international)\b\.?"
)
_SIGNS = re.compile(r"[^\w&+]+")
# Lines of business that close a Chinese name: 博远盛 is how 杭州博远盛展览有限公司 is called.
LINES = (
    "信息技术 网络科技 电子商务 医疗器械 生物科技 文化传媒 文化传播 企业管理 供应链管理 国际贸易 进出口"
    " 房地产开发 建筑工程 科技 技术 贸易 商贸 实业 机械 电子 电器 化工 建材 食品 环保 展览 会展 物流 服饰 服装"
    " 家具 传媒 广告 咨询 投资 工程 设备 材料 制造 工贸 发展 餐饮 酒店 教育 医药 农业 能源 汽车 软件 网络 信息"
    " 管理 服务"
).split()
_LINES_LAST = sorted(LINES, key=len, reverse=True)


@lru_cache(maxsize=65536)
def company_name(text: str) -> str:
    """The whole name in one spelling: simplified, folded, one space between words, brackets' content kept."""
    plain = fold(simplified(plain_text(text)))
    return _SIGNS.sub("" if is_chinese(plain) else " ", plain).strip()


@lru_cache(maxsize=65536)
def company_core(text: str) -> str:
    """The name as the company is called: without legal form, place and brackets. Empty when nothing else is there."""
    plain = fold(simplified(plain_text(text)))
    bare = _BRACKETS.sub("", plain)
    if is_chinese(bare):
        bare = without_place(_CHINESE_FORM.sub("", _SIGNS.sub("", bare)))
        return _CHINESE_FORM.sub("", bare)
    return _SIGNS.sub(" ", _LATIN_FORM.sub(" ", bare)).strip()


def company_brand(text: str) -> str:
    """The core of a Chinese name without its line of business, 博远盛; of others the core."""
    core = company_core(text)
    for line in _LINES_LAST:
        if core.endswith(line) and len(core) - len(line) >= 2:
            return core[: -len(line)]
    return core
