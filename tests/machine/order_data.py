"""What a bench is given before its first scan: people, goods, orders, waybill numbers,
configuration. Everything is made up."""

import json

BADGE = "1001"
MUG, SHIRT = "4006381333931", "5901234123457"
PARCEL_GRAMS = 690  # a mug, a shirt and the box

_PRODUCTS = [
    {"sku": "MUG-01", "name": "马克杯", "variant": "奶白", "barcodes": [{"code": MUG}],
     "weight_g": 380},
    {"sku": "TEE-L", "name": "T恤", "variant": "雾蓝 L", "barcodes": [{"code": SHIRT}],
     "weight_g": 210},
]

_CONFIGURATION = """language = "en"
printer = "usb"
print_deadline_s = {deadline}
default_carrier = "SF"

[weight]
policy = "{weight}"
scale = {scale}
packaging_g = 100

[sender]
name = "青柚家居旗舰店"
phone = "057188886666"
province = "浙江省"
city = "杭州市"
district = "余杭区"
address = "仓前街道云栖路 8 号"
"""


def order_number(index):
    return f"SO-{index:04d}"


def _order(index):
    return {"number": order_number(index), "platform": "taobao", "shop": "demo",
            "receiver": {"name": "王小明", "phone": "13810007919", "province": "浙江省",
                         "city": "杭州市", "district": "西湖区",
                         "address": "文三路 118 号 2 幢 1 单元 601 室", "postcode": "310012"},
            "lines": [{"sku": p["sku"], "name": p["name"], "variant": p["variant"], "quantity": 1}
                      for p in _PRODUCTS]}


def _json_lines(values):
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


def files(folder, orders, with_scale, print_deadline):
    """The files of a data directory to be, by their path in the guest."""
    configuration = _CONFIGURATION.format(
        deadline=print_deadline, weight="at_label_scan" if with_scale else "none",
        scale="true" if with_scale else "false")
    # A number for each order and some to spare.
    numbers = "".join(f"SF,,SF{1_000_000_000_000 + i}\n" for i in range(1, orders + 20))
    return {
        f"{folder}/packbench.toml": configuration,
        f"{folder}/operators.csv": f"badge,name,role,pin\n{BADGE},李秀英,packer,\n",
        f"{folder}/products.jsonl": _json_lines(_PRODUCTS),
        f"{folder}/orders.jsonl": _json_lines(_order(i) for i in range(1, orders + 1)),
        f"{folder}/waybills.csv": "carrier,service,number\n" + numbers,
    }
