from django.utils.translation import gettext_lazy as _

from guanxi.integration.transfer.fields.field import Field, Looks

TRANSACTION_FIELDS = (
    Field(
        "at",
        _("Date"),
        ("date", "invoicedate", "orderdate", "orderedat", "datetime", "timestamp", "createdat", "purchasedate",
         "transactiondate", "saledate", "day", "billingdate", "bookingdate", "datum", "rechnungsdatum", "bestelldatum",
         "fecha", "日期", "订单日期", "下单时间", "下单日期", "交易日期", "交易时间", "成交时间", "付款时间", "支付时间",
         "销售日期", "购买日期", "开票日期", "发票日期", "时间", "訂單日期", "日期時間"),
        Looks.MOMENT,
    ),
    Field("time", _("Time of day"), ("time", "hour", "invoicetime", "uhrzeit", "几点", "时刻"), Looks.TIME),
    Field(
        "external_id",
        _("Customer number"),
        ("customerid", "customer", "customerno", "customernumber", "custid", "clientid", "client", "buyerid", "userid",
         "memberid", "membernumber", "cardnumber", "householdkey", "householdid", "accountid", "contactid", "kundennummer", "kunde",
         "客户编号", "客户号", "客户代码", "客户id", "客户", "会员号", "会员编号", "会员卡号", "买家", "买家id", "用户id", "顾客编号",
         "客戶編號", "會員編號"),
        Looks.CODE,
    ),
    Field(
        "order_id",
        _("Order or invoice number"),
        ("invoiceno", "invoice", "invoicenumber", "invoiceid", "orderid", "orderno", "ordernumber", "order",
         "transactionid", "basketid", "receiptno", "receipt", "ticketno", "documentno", "billno", "rechnungsnummer",
         "rechnung", "belegnummer", "bestellnummer", "订单号", "订单编号", "发票号", "发票号码", "单号", "交易号", "小票号",
         "流水号", "凭证号", "訂單編號", "發票號碼"),
        Looks.CODE,
    ),
    Field(
        "sku",
        _("Product number"),
        ("sku", "stockcode", "productid", "productcode", "productno", "itemcode", "itemid", "itemno", "item", "article",
         "articleno", "artikelnummer", "artikel", "barcode", "ean", "gtin", "货号", "商品编号", "商品编码", "商品代码",
         "产品编号", "产品代码", "物料编码", "条码", "商品编号sku", "商品編號"),
        Looks.CODE,
    ),
    Field(
        "description",
        _("Product name"),
        ("description", "productname", "product", "itemname", "itemdescription", "title", "name", "bezeichnung",
         "beschreibung", "商品名称", "商品", "产品名称", "产品", "品名", "描述", "商品名稱"),
    ),
    Field(
        "quantity",
        _("Quantity"),
        ("quantity", "qty", "units", "count", "pieces", "amountunits", "menge", "anzahl", "stück", "数量", "件数", "购买数量",
         "销售数量", "數量"),
        Looks.NUMBER,
    ),
    Field(
        "unit_price",
        _("Unit price"),
        ("unitprice", "price", "priceperunit", "itemprice", "listprice", "preis", "einzelpreis", "stückpreis", "单价",
         "价格", "售价", "成交价", "商品单价", "單價"),
        Looks.NUMBER,
    ),
    Field(
        "amount",
        _("Line amount"),
        ("amount", "total", "linetotal", "sales", "salesvalue", "revenue", "value", "sum", "subtotal", "totalprice",
         "netamount", "betrag", "umsatz", "gesamt", "summe", "金额", "总价", "小计", "合计", "实付金额", "销售额", "总金额",
         "订单金额", "金額"),
        Looks.NUMBER,
    ),
    Field("currency", _("Currency"), ("currency", "currencycode", "währung", "币种", "货币", "幣別")),
    Field("country", _("Country"), ("country", "countrycode", "land", "shippingcountry", "国家", "国别", "國家")),
)  # fmt: skip
