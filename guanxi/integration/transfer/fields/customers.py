from django.utils.translation import gettext_lazy as _

from guanxi.integration.transfer.fields.field import Field, Looks

CUSTOMER_FIELDS = (
    Field(
        "number",
        _("Customer number"),
        ("customernumber", "customerid", "customerno", "custid", "clientid", "contactid", "memberid", "membernumber",
         "externalid", "id", "recordid", "recid", "uid", "userid", "accountid", "key", "kundennummer", "客户编号",
         "客户号", "客户代码", "客户id",
         "编号", "会员号", "会员编号", "用户id", "客戶編號"),
        Looks.CODE,
    ),
    Field(
        "name",
        _("Name"),
        ("name", "fullname", "customername", "contactname", "displayname", "customer", "contact", "person", "kunde",
         "姓名", "名称", "名字", "客户名称", "客户姓名", "客户", "联系人", "会员姓名", "名稱", "聯絡人"),
    ),
    Field("first_name", _("First name"), ("firstname", "givenname", "forename", "first", "vorname", "名", "名字first")),
    Field("last_name", _("Family name"), ("lastname", "surname", "familyname", "last", "nachname", "姓", "姓氏")),
    Field(
        "company",
        _("Company"),
        ("company", "companyname", "organisation", "organization", "organizationname", "account", "accountname",
         "employer", "firma", "unternehmen", "公司", "公司名称", "企业名称", "单位", "单位名称", "公司名稱"),
    ),
    Field("kind", _("Person or organisation"), ("kind", "type", "customertype", "类型", "客户类型", "類型")),
    Field(
        "latin_name",
        _("Name in Latin letters"),
        ("latinname", "englishname", "pinyin", "英文名", "拼音", "英文名称"),
    ),
    Field(
        "email",
        _("E-mail"),
        ("email", "mail", "emailaddress", "primaryemail", "workemail", "homeemail", "emailwork", "emailhome",
         "邮箱", "电子邮箱", "电子邮件", "邮件", "邮箱地址", "電子郵件", "信箱"),
        Looks.EMAIL,
    ),
    Field(
        "phone",
        _("Phone"),
        ("phone", "phonenumber", "telephone", "tel", "mobile", "mobilephone", "cell", "cellphone", "handy", "telefon",
         "phonework", "workphone", "homephone", "手机", "手机号", "手机号码", "电话", "联系电话", "电话号码",
         "移动电话", "電話",
         "手機"),
        Looks.PHONE,
    ),
    Field(
        "street",
        _("Street"),
        ("street", "address", "address1", "addressline1", "streetaddress", "mailingstreet", "billingstreet",
         "strasse",
         "straße", "adresse", "地址", "详细地址", "联系地址", "街道", "通讯地址", "收货地址"),
    ),
    Field("city", _("City"), ("city", "town", "mailingcity", "billingcity", "ort", "stadt", "城市", "市", "所在城市")),
    Field(
        "postcode",
        _("Postcode"),
        ("postcode", "postalcode", "zip", "zipcode", "mailingpostalcode", "plz", "邮编", "邮政编码", "郵遞區號"),
        Looks.CODE,
    ),
    Field("country", _("Country"), ("country", "countrycode", "mailingcountry", "land", "国家", "国别", "國家")),
    Field("language", _("Language"), ("language", "locale", "lang", "preferredlanguage", "sprache", "语言", "語言")),
    Field("card", _("Card number"), ("card", "cardnumber", "loyaltycard", "会员卡", "会员卡号", "卡号"), Looks.CODE),
    Field(
        "wecom",
        _("WeCom"),
        ("wecom", "externaluserid", "unionid", "wechat", "企业微信", "微信", "微信号"),
        Looks.CODE,
    ),
    Field(
        "offers_mail",
        _("Agrees to offers by mail"),
        ("emailoptin", "newsletter", "optin", "marketingconsent", "acceptsmarketing", "emailconsent", "subscribed",
         "接受邮件", "邮件订阅", "同意营销", "订阅"),
        Looks.ANSWER,
    ),
    Field("offers_sms", _("Agrees to offers by SMS"), ("smsoptin", "smsconsent", "接受短信", "短信订阅"), Looks.ANSWER),
    Field("offers_call", _("Agrees to offers by phone"), ("calloptin", "phoneconsent", "接受电话"), Looks.ANSWER),
)  # fmt: skip
