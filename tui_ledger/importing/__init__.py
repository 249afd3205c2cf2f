"""The importing room: other ledgers' files in, drafts out; what cannot be read is named by file and line.

`journal_import.import_journal` is the act, `detection` tells formats apart. A reader (`hledger`) takes a file's lines
(`source`) and gives plain values (`values`), which know nothing of a book; `chart_plan` finds their accounts, and
`drafts` makes what the ledger posts.
"""
