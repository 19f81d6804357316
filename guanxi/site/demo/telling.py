"""The words of the demonstration's talks, in the customer's own language. All of it is invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Telling:
    """What was said, promised and kept with one customer."""

    note: str
    call: str
    meeting: str
    place: str
    people: str
    file_name: str
    file: str
    done: str
    task: str
    kept: str
    late: str
    broken: str
    pending: str
    machine: str
    stands: str
    maintenance: str
    repair: str
    workshop: str
    reason: str
    letter: str


ENGLISH = Telling(
    note="Deliveries only before ten: the loading bay is shared with the bakery next door. Ask for the shop manager.",
    call="Asked whether the cake stands arrive before the 15th; wants one invoice a month from January.",
    meeting="Went through the spring range. They take the enamel line if the minimum falls to six pieces.",
    place="Their shop",
    people="Shop manager, buyer",
    file_name="spring-range-notes.txt",
    file="Spring range: enamel yes at six pieces, candles no, cards perhaps. Next visit in February.\n",
    done="Send the spring catalogue",
    task="Call about the January order",
    kept="Credit note for the two broken teapots",
    late="Price list for the enamel line at six pieces",
    broken="A date for the missing cake stands",
    pending="Tell them who delivers between the years",
    machine="Gift-wrapping machine on loan",
    stands="Back of the shop",
    maintenance="Rollers cleaned, knife changed",
    repair="Motor replaced",
    workshop="Calder & Sons, Leeds",
    reason="Buys for four shops and tells other shops what sells",
    letter="Letter of the owner, filed under 2011-31",
)
CHINESE = Telling(
    note="送货请在上午十点前：后门与隔壁面包店共用。到了先找店长。",
    call="问蛋糕架能否在十五号前到货；希望一月起每月只开一张发票。",
    meeting="一起看了春季新品。搪瓷系列如果起订量降到六件就要。",
    place="对方门店",
    people="店长、采购",
    file_name="春季选品记录.txt",
    file="春季选品：搪瓷六件起要，蜡烛不要，贺卡再看。二月再访。\n",
    done="寄春季目录",
    task="致电确认一月订单",
    kept="两只破损茶壶的退款单",
    late="搪瓷系列六件起订的价格表",
    broken="告知缺货蛋糕架的到货日期",
    pending="告知年末由谁送货",
    machine="借用的礼品包装机",
    stands="店铺后间",
    maintenance="清洁滚轴，更换刀片",
    repair="更换电机",
    workshop="曼城恒信维修",
    reason="为四家店采购，也常向同行推荐",
    letter="店主来信，归档 2011-31",
)
TELLINGS = {"en": ENGLISH, "zh-hans": CHINESE}
