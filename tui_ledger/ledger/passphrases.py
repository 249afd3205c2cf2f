"""Is this the passphrase? Checked by scrypt (RFC 7914) against what is kept of it, from which it cannot be read."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import unicodedata
from dataclasses import dataclass, field

from tui_ledger.errors import InvalidPassphrase
from tui_ledger.text import storable
from tui_ledger.words import N_, Said

SHORTEST, LONGEST = 8, 500
_COST, _BLOCK_SIZE, _LANES = 2**15, 8, 1
_SALT_BYTES, _HASH_BYTES, _MARK_BYTES = 16, 32, 16
_SCHEME = "scrypt"
_DEAREST = 2**21
"""The most of cost times block size that a check takes on: a secret that was bent must not eat the memory."""


@dataclass(frozen=True, slots=True)
class Secret:
    """What is kept of a passphrase: its hash, the salt, what the hash cost, and when it was set.

    `mark` is a random text by which the history tells one setting from the next without saying anything about it.
    """

    set_at: str
    mark: str
    hash: bytes = field(repr=False)
    salt: bytes = field(repr=False)
    cost: int = _COST
    block_size: int = _BLOCK_SIZE
    lanes: int = _LANES

    def as_text(self) -> str:
        """What the table holds."""
        kept = {
            "scheme": _SCHEME,
            "n": self.cost,
            "r": self.block_size,
            "p": self.lanes,
            "salt": self.salt.hex(),
            "hash": self.hash.hex(),
            "set": self.set_at,
            "mark": self.mark,
        }
        return json.dumps(kept, sort_keys=True, separators=(",", ":"))


def new_secret(passphrase: str, set_at: str) -> Secret:
    """The secret of a new passphrase, with a salt of its own, set at a moment in UTC; raises InvalidPassphrase."""
    refuse_unfit(passphrase)
    salt = secrets.token_bytes(_SALT_BYTES)
    hashed = _hashed(passphrase, salt, _COST, _BLOCK_SIZE, _LANES)
    return Secret(set_at, secrets.token_hex(_MARK_BYTES), hashed, salt, _COST, _BLOCK_SIZE, _LANES)


def refuse_unfit(passphrase: object) -> None:
    """Raises InvalidPassphrase for one that is too short, too long, or cannot be typed again."""
    if not isinstance(passphrase, str):
        raise InvalidPassphrase(reason=N_("a passphrase is text"))
    if len(passphrase) < SHORTEST or not passphrase.strip():
        raise InvalidPassphrase(reason=Said("it is shorter than {shortest} characters, or blank", shortest=SHORTEST))
    if len(passphrase) > LONGEST:
        raise InvalidPassphrase(reason=Said("it is longer than {longest} characters", longest=LONGEST))
    if not storable(passphrase) or any(unicodedata.category(character) == "Cc" for character in passphrase):
        raise InvalidPassphrase(reason=N_("it holds a character that cannot be typed again"))


def read_secret(text: str | None) -> Secret | None:
    """The secret in a text of the table; None where there is none, or none that can be read."""
    try:
        kept = json.loads(text or "")
        cost, block_size, lanes = (int(kept[name]) for name in ("n", "r", "p"))
        salt, hashed = bytes.fromhex(kept["salt"]), bytes.fromhex(kept["hash"])
        found = Secret(str(kept["set"]), str(kept["mark"]), hashed, salt, cost, block_size, lanes)
        known = kept["scheme"] == _SCHEME and bool(found.mark)
    except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError):
        return None
    affordable = lanes >= 1 and block_size >= 1 and cost >= 2 and cost * block_size * lanes <= _DEAREST
    whole = cost & (cost - 1) == 0 and len(salt) == _SALT_BYTES and len(hashed) == _HASH_BYTES
    return found if known and affordable and whole else None


def is_right(passphrase: object, secret: Secret | None) -> bool:
    """Whether a passphrase is the one of a secret. Without a secret never, which takes as long to find out."""
    typed = passphrase if isinstance(passphrase, str) else ""
    kept = Secret("", "", bytes(_HASH_BYTES), bytes(_SALT_BYTES)) if secret is None else secret
    hashed = _hashed(typed[: LONGEST + 1], kept.salt, kept.cost, kept.block_size, kept.lanes)
    return hmac.compare_digest(hashed, kept.hash) and secret is not None


def _hashed(passphrase: str, salt: bytes, cost: int, block_size: int, lanes: int) -> bytes:
    """One spelling of accents for all keyboards; room for the memory that scrypt needs, 128 · n · r bytes and more."""
    typed = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    memory = 128 * block_size * (cost + lanes + 2) + 2**20
    return hashlib.scrypt(typed, salt=salt, n=cost, r=block_size, p=lanes, maxmem=memory, dklen=_HASH_BYTES)
