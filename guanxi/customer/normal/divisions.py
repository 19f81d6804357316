"""Provinces and larger cities of China, as they stand before companies' names and in addresses."""

import re

PROVINCES = (
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川"
    " 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门"
).split()
CITIES = (
    "石家庄 唐山 秦皇岛 邯郸 保定 张家口 沧州 廊坊 太原 大同 呼和浩特 包头 鄂尔多斯 沈阳 大连 鞍山 抚顺 锦州 长春"
    " 吉林 哈尔滨 齐齐哈尔 大庆 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 昆山 杭州 宁波"
    " 温州 嘉兴 湖州 绍兴 金华 义乌 衢州 舟山 台州 丽水 合肥 芜湖 蚌埠 马鞍山 安庆 福州 厦门 莆田 泉州 漳州 龙岩"
    " 南昌 九江 赣州 济南 青岛 淄博 东营 烟台 潍坊 济宁 威海 日照 临沂 郑州 开封 洛阳 新乡 南阳 武汉 黄石 十堰"
    " 宜昌 襄阳 荆州 长沙 株洲 湘潭 衡阳 岳阳 常德 广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 东莞"
    " 中山 潮州 揭阳 南宁 柳州 桂林 北海 海口 三亚 成都 自贡 攀枝花 泸州 德阳 绵阳 乐山 南充 宜宾 贵阳 遵义 昆明"
    " 大理 丽江 拉萨 西安 宝鸡 咸阳 渭南 延安 汉中 榆林 兰州 天水 酒泉 西宁 银川 乌鲁木齐 克拉玛依"
).split()
_NAMES = "|".join(sorted({*PROVINCES, *CITIES}, key=len, reverse=True))
_PLACE = re.compile(f"^(中国)?(({_NAMES})(特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|省|市)?)*")


def without_place(name: str) -> str:
    """杭州博远盛 without 杭州; a name that is nothing but a place stays."""
    return name[_end_of_place(name) :] or name


def _end_of_place(name: str) -> int:
    found = _PLACE.match(name)
    return found.end() if found else 0
