from guanxi.customer.normal.names import is_chinese

HIDDEN = "*"


def masked(name: str) -> str:
    """Enough to ask a colleague about somebody, too little to write to them: 王**, M** J****."""
    if is_chinese(name):
        return name[:1] + HIDDEN * 2
    return " ".join(word[:1] + HIDDEN * max(2, len(word) - 1) for word in name.split())
