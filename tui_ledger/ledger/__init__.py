"""The book: what is true. Accounts, transactions, stored balances, history."""

from typing import TYPE_CHECKING

from tui_ledger.later import on_first_use

if TYPE_CHECKING:
    from tui_ledger.ledger.batches import BatchResult
    from tui_ledger.ledger.following import Follower
    from tui_ledger.ledger.parties import Party
    from tui_ledger.ledger.party_balances import PartyBalance
    from tui_ledger.ledger.party_sheet import PartySheet, SheetPosting
    from tui_ledger.ledger.reading import Journal
    from tui_ledger.ledger.roles import Role
    from tui_ledger.ledger.service import Ledger
    from tui_ledger.ledger.taxes import TaxMode, TaxRate
    from tui_ledger.ledger.users import User
    from tui_ledger.ledger.values import (
        Account,
        AccountLike,
        AccountType,
        Draft,
        DraftPosting,
        Posting,
        PostingStatus,
        Price,
        Register,
        RegisterPosting,
        Transaction,
        WrittenPrice,
        credit,
        debit,
    )
    from tui_ledger.ledger.verification import Discrepancy, Verification
    from tui_ledger.ledger.windows import JournalRow, JournalWindow, RegisterWindow
else:
    __getattr__ = on_first_use(
        __name__,
        {
            "Account": "values",
            "AccountLike": "values",
            "AccountType": "values",
            "BatchResult": "batches",
            "Discrepancy": "verification",
            "Draft": "values",
            "DraftPosting": "values",
            "Follower": "following",
            "Journal": "reading",
            "JournalRow": "windows",
            "JournalWindow": "windows",
            "Ledger": "service",
            "Party": "parties",
            "PartyBalance": "party_balances",
            "PartySheet": "party_sheet",
            "Posting": "values",
            "PostingStatus": "values",
            "Price": "values",
            "Register": "values",
            "RegisterPosting": "values",
            "RegisterWindow": "windows",
            "Role": "roles",
            "SheetPosting": "party_sheet",
            "TaxMode": "taxes",
            "TaxRate": "taxes",
            "Transaction": "values",
            "User": "users",
            "Verification": "verification",
            "WrittenPrice": "values",
            "credit": "values",
            "debit": "values",
        },
    )

__all__ = [
    "Account",
    "AccountLike",
    "AccountType",
    "BatchResult",
    "Discrepancy",
    "Draft",
    "DraftPosting",
    "Follower",
    "Journal",
    "JournalRow",
    "JournalWindow",
    "Ledger",
    "Party",
    "PartyBalance",
    "PartySheet",
    "Posting",
    "PostingStatus",
    "Price",
    "Register",
    "RegisterPosting",
    "RegisterWindow",
    "Role",
    "SheetPosting",
    "TaxMode",
    "TaxRate",
    "Transaction",
    "User",
    "Verification",
    "WrittenPrice",
    "credit",
    "debit",
]
