"""UTF-16 without a byte order mark, told by what its pairs of bytes would mean."""

ENCODINGS = ("utf-16-le", "utf-16-be")
MEANINGFUL = 0.9  # share of characters that must be ASCII text, Chinese characters or their punctuation


def utf_16_of(head: bytes) -> str:
    """Which byte order makes sense of these bytes, or an empty text when they are not UTF-16."""
    if 0 not in head:
        return ""
    shares = {encoding: _share(head[: len(head) // 2 * 2], encoding) for encoding in ENCODINGS}
    best = max(shares, key=lambda encoding: shares[encoding])
    return best if shares[best] >= MEANINGFUL else ""


def _share(head: bytes, encoding: str) -> float:
    signs = head.decode(encoding, errors="replace")
    return sum(map(_is_usual, signs)) / len(signs) if signs else 0.0


def _is_usual(sign: str) -> bool:
    return sign in "\r\n\t" or " " <= sign <= "ſ" or "\u3000" <= sign <= "\u9fff" or "\uff00" <= sign <= "\uffee"
