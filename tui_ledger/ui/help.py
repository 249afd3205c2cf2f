"""What is worth knowing about the thing that has the focus?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tui_ledger.ui.keys import Scope
from tui_ledger.words import N_, NP_


@dataclass(frozen=True, slots=True)
class Topic:
    """A page of help: a title, a few sentences, and the keys that work there; looked up where they are shown."""

    title: str
    text: str
    scopes: tuple[Scope, ...]


def topic_for(names: Iterable[str]) -> Topic:
    """The topic of the first name that has one; `names` are ids and classes from the focus outwards."""
    return next((TOPICS[name] for name in names if name in TOPICS), TOPICS[""])


_LISTED = (Scope.TRANSACTIONS, Scope.LISTED, Scope.LIST)

TOPICS = {
    "tree": Topic(
        N_("Accounts"),
        N_(
            "Every account with its balance in its own direction: a grown liability is positive. A heading shows the "
            "sum of what lies beneath it. {open} opens the register of an account. {watch-account} keeps its balance "
            "in the status line of every screen. ● is cleared, ◐ has postings older than 30 days that are not, ○ was "
            "never cleared."
        ),
        (Scope.ACCOUNTS, Scope.DEPTH, *_LISTED),
    ),
    "register": Topic(
        N_("Register"),
        N_(
            "One account, oldest first. Change and balance are in the account's own direction; the balance is the "
            "stored one, true on every row. {open} shows the whole transaction in the journal."
        ),
        _LISTED,
    ),
    "journal-rows": Topic(
        N_("Journal"),
        N_(
            "Every transaction in the order of its date, the newest at the bottom. The marks: c cleared, R "
            "reconciled, V void, ▪ in a closed period, ● marked. {open} goes to the postings, {open} there to the "
            "account. Totals below are those of what is listed."
        ),
        _LISTED,
    ),
    "filter": Topic(
        N_("Filter"),
        N_(
            "Words are looked for in payee, memo, reference, tags and accounts, and all must be found. payee: memo: "
            "account: tag: reference: currency: party: look in one place; amount:>100 and amount:10..20, debit:>100 "
            "and credit:>100 on one side, side:debit any debit, date:2026-Q1, date:2026-03..2026-05, month-1, "
            "status:cleared, is:void, #1042. A - before it, or not, leaves out; or joins; quotation marks keep "
            'blanks: payee:"Paper Mill". The balance of a row stays the true one.'
        ),
        (Scope.FILTER,),
    ),
    "postings": Topic(
        N_("Postings"),
        N_("The lines of the highlighted transaction. {open} leads to an account's register."),
        (Scope.LIST,),
    ),
    "form-rows": Topic(
        N_("A form"),
        N_(
            "{confirm} goes on to the next field and saves on the last, {save} saves from any. A field with choices "
            "takes the next one by {next-choice} or click, or one by its letter. What cannot be done is said beneath "
            "its field."
        ),
        (Scope.BOX, Scope.DIALOG),
    ),
    "menu": Topic(N_("Menu"), N_("{open} does what is highlighted."), (Scope.LIST, Scope.DIALOG)),
    "changes": Topic(
        N_("History"),
        N_(
            "Who did what, and when, the latest first. Beneath stands what the highlighted change made of it: + came, "
            "- went, ~ became something else. ↶ marks the act that {undo} would take back."
        ),
        (Scope.LIST,),
    ),
    "opening-amount": Topic(
        N_("Opening balances"),
        N_(
            "What each account held at the end of the day, in its own direction: a debt is positive. It calculates. "
            "The difference goes to the account of opening balances, by currency. All of it is one transaction, which "
            "this sheet opens again until its day is closed."
        ),
        (Scope.BOX,),
    ),
    "new-chart": Topic(
        N_("Accounts to begin with"),
        N_(
            "{next-choice} takes the next chart of accounts, a letter the one that begins with it. A chart of a "
            "country brings its currency, the start of its years and how it writes figures and dates; what you typed "
            "stays. Its tree stands below and can be walked through; every account can be renamed, closed or deleted "
            "later. The last choice is a file, a chart of your own."
        ),
        (Scope.BOX,),
    ),
    "new-own-chart": Topic(
        N_("Accounts to begin with"),
        N_(
            "The path of a chart of your own, a .toml file; it is completed as you type. Its tree stands below as soon "
            "as it can be read; it brings its currency, its year and its locale as those of countries do."
        ),
        (Scope.BOX, Scope.COMPLETION),
    ),
    "new-outline": Topic(
        N_("Accounts to begin with"),
        N_(
            "The tree of the chosen chart: codes, headings, and the accounts beneath them. To look through; nothing "
            "is made before the form is saved."
        ),
        (Scope.LIST, Scope.BOX),
    ),
    "attachments": Topic(
        N_("Documents"),
        N_(
            "Where the invoice or receipt of a transaction is: files, and addresses on the web; {open} opens one. A "
            "file in the book's folder is kept by its path from there. One that is gone is marked ✗. {sheet-remove} "
            "takes one off; the document itself stays. All of it may change in closed periods too."
        ),
        (Scope.SHEET, Scope.LIST),
    ),
    "prices": Topic(
        N_("Prices"),
        N_(
            "What one unit of a currency was worth on a day. Amounts are converted at the last price on or before "
            "theirs."
        ),
        (Scope.SHEET, Scope.LIST),
    ),
    "due-days": Topic(
        N_("What is due"),
        N_(
            "Days of schedules that wait, the oldest first. {confirm} or {due-post} posts one as its schedule says, "
            "{sheet-edit} opens it in the entry form to be changed first, {due-skip} passes over it, {due-post-all} "
            "posts all. A day is posted or skipped once, and waits again when that is undone."
        ),
        (Scope.SCHEDULES, Scope.SHEET, Scope.LIST),
    ),
    "schedules": Topic(
        N_("Schedules"),
        N_(
            "What recurs, its next day, and the last day posted or skipped. Nothing is posted by itself. {open} "
            "changes one, {sheet-add} makes one, {sheet-remove} deletes one; {repeat} on a transaction repeats it."
        ),
        (Scope.SCHEDULES, Scope.SHEET, Scope.LIST),
    ),
    "schedule-what": Topic(
        N_("What recurs"),
        N_(
            "The number of a transaction, which recurs with its amounts, or the name of a template. In a schedule "
            "that stands already, nothing typed leaves it as it is."
        ),
        (Scope.BOX, Scope.DIALOG),
    ),
    "schedule-every": Topic(
        N_("A schedule"),
        N_(
            "Every day, week, month, quarter or year, or a number of them: 10 days, 2 weeks. Months may go by their "
            "last day or last working day, Monday to Friday; a month without the day of the start takes its last. The "
            "days it falls on stand below while it is typed."
        ),
        (Scope.BOX, Scope.DIALOG),
    ),
    "parties": Topic(
        N_("Parties"),
        N_(
            "People and firms with what the book owes each: credits raise it, debits lower it, and below zero it owes "
            "the book. {open} goes to the sheet. With days chosen, balances are those at the end of the last of "
            "them. {adjust-party} credits or debits the highlighted one; an inactive one stays as it is. "
            "{party-months} shows its debits and credits month by month, {watch-party} keeps its balance in the "
            "status line of every screen."
        ),
        (Scope.PARTIES, Scope.LIST),
    ),
    "party-sheet": Topic(
        NP_("party", "Sheet"),
        N_(
            "How what a party is owed came about: every posting of its accounts in the order of the days, with what "
            "it was owed after it. First and last day are both in it; what was owed before stands first. {open} shows "
            "the whole transaction in the journal, {party-purpose} the next purpose, {sort-turned} the newest first, "
            "{party-days} asks for the days, {export} writes it as a workbook."
        ),
        (Scope.PARTIES, Scope.LIST),
    ),
    "party-words": Topic(
        N_("Find parties"),
        N_("Words, all of which must be found in a party's key or name, in any order, in capitals or not."),
        (Scope.WORDS,),
    ),
    "adjust-party": Topic(
        N_("Adjust a party"),
        N_(
            "A credit raises what the party is owed, a debit lowers it. The other side goes to the account beneath. "
            "The amount calculates. What stands here at first is a setting of the book: adjustment amount, memo and "
            "side."
        ),
        (Scope.BOX, Scope.DIALOG),
    ),
    "currencies": Topic(
        N_("Currencies"),
        N_("What the book keeps amounts in. More digits make every amount finer and can never be taken back."),
        (Scope.SHEET, Scope.LIST),
    ),
    "tax-codes": Topic(
        N_("Tax codes"),
        N_(
            "What a code stands for from a day on, and the account its tax goes to: a liability for what is owed, an "
            "asset for what is reclaimed, none for a rate of 0. {sheet-add} with a code that is there gives it a new "
            "rate, {sheet-edit} corrects one, {sheet-remove} lets the one before hold on. Which accounts have the "
            "highlighted code stands below; {edit-account} on an account gives it one. In the entry form {split-tax} "
            "then splits."
        ),
        (Scope.SHEET, Scope.LIST),
    ),
    "commission-terms": Topic(
        N_("Commissions"),
        N_(
            "Who brought a party is paid a part of what that one spends, if it may receive commissions: that is said "
            "where a party is changed. The base is what is posted to the accounts named, with all beneath them, "
            "several parted by ; or key=value in braces for all that have it; leave tax and shipping out. It is "
            "written along with the sale, and reversed and voided with it. A memo may name in braces: percent, base, "
            "amount, party, inviter, date, reference, data.KEY; a brace that is meant is doubled."
        ),
        (Scope.BOX, Scope.DIALOG),
    ),
    "years": Topic(
        N_("Periods"),
        N_(
            "Nothing dated on a closed day enters, changes or leaves. A day is opened again for a reason, which the "
            "history keeps. A year that was set goes before the rule of the book."
        ),
        (Scope.SHEET, Scope.LIST),
    ),
    "settings": Topic(
        N_("Settings"),
        N_(
            "What this book heeds; they go with it wherever it is opened. {sheet-remove} takes one away, so that its "
            "default holds."
        ),
        (Scope.SHEET, Scope.LIST),
    ),
    "program": Topic(
        N_("Settings of the program"),
        N_(
            "How the program looks and behaves for you, whatever the book. Each change stands in the settings file at "
            "once; what else you wrote there stays. {sheet-remove} takes one away, so that its default holds."
        ),
        (Scope.SHEET, Scope.LIST),
    ),
    "own-keys": Topic(
        N_("Keys of your own"),
        N_(
            "{sheet-edit} or {open} waits for a key and gives it to what is highlighted, {sheet-add} adds one more, "
            "{sheet-remove} gives back the keys it came with. A key that does something else at the same place is "
            "refused: give that another one first. {cancel} cannot be given here, but in the settings file."
        ),
        (Scope.SHEET, Scope.LIST),
    ),
    "themes": Topic(
        N_("Colours"),
        N_(
            "The theme under the cursor is worn while you look. {open} keeps it, {cancel} takes it back. Where "
            "NO_COLOR is set, everything stays without colours."
        ),
        (Scope.LIST, Scope.DIALOG),
    ),
    "users": Topic(
        N_("Users"),
        N_(
            "Who signs in to the book by name. An administrator does everything; a bookkeeper all but users, more "
            "digits, reopening periods and rebuilding; a viewer reads all and writes nothing; a party reads its own "
            "sheet alone. What somebody did carries their name, which stays. They sign in to what `tui-ledger serve` "
            "shows. Undo brings back who was removed, without a passphrase."
        ),
        (Scope.SHEET, Scope.LIST),
    ),
    "passphrase": Topic(
        N_("Passphrase"),
        N_(
            "8 characters or more, typed twice and not shown. Nobody can read it back: when it is forgotten, set "
            "another. Without one nobody signs in under the name."
        ),
        (Scope.BOX, Scope.DIALOG),
    ),
    "report": Topic(
        N_("Report"),
        N_(
            "{open} on an account opens its register in these days, on a posting its transaction; {back} comes back "
            "here. {earlier} and {later} move the day or the range, by its length; {report-options} asks for all "
            "else, such as a column a month or the year before beside it. Of many columns ‹ and › say that there are "
            "more. Differences that must be zero stand at the end. {export} writes what is shown, {workbook} the "
            "whole book; {save-report} keeps it as it is shown, under a name."
        ),
        (Scope.REPORTS, Scope.DEPTH, Scope.LIST),
    ),
    "listed": Topic(
        N_("Reports"),
        N_(
            "Every report there is; {open} shows one, of the same days. {reports} always shows the balance sheet. "
            "Behind them stand those that were saved, marked ·, of the days they were saved with: without any they "
            "move with today. {forget-report} takes a saved one away."
        ),
        (Scope.REPORTS, Scope.LIST),
    ),
    "report-to": Topic(
        N_("Options of a report"),
        N_(
            "First and last day are both in it; without them it goes from the first day of the fiscal year to today. "
            "What is in another currency is converted at the last price of its day, or stays as it is and is named; "
            "with costs as prices, what transactions paid for it is a price of their day."
        ),
        (Scope.BOX, Scope.DIALOG),
    ),
    "report-columns": Topic(
        N_("Columns of your own"),
        N_(
            "In place of days and periods, with ; between them: 2026-03-31, 2026-01-01..2026-03-15, 2026, 2026-Q1, "
            "2026-03; what moves with today: today, month-to-date, year-to-date, year-to-date-1-year-ago, "
            "this-quarter, last-month, 3-months-ago, 2-years-ago; #1-#2 is what the first is more than the second. A "
            "label may stand before each: Before=last-year. A report at days takes the last of them."
        ),
        (Scope.BOX, Scope.DIALOG),
    ),
    "report-listed": Topic(
        N_("Columns of a list"),
        N_("The names of those that are shown, in their order, with commas between them; nothing for all."),
        (Scope.BOX, Scope.DIALOG),
    ),
    "report-name": Topic(
        N_("Save the report"),
        N_(
            "What stands beneath is kept in the book under the name: listed with the other reports, and run from the "
            "command line. Days that were chosen stay what they are, without any it moves with today."
        ),
        (Scope.DIALOG,),
    ),
    "date": Topic(
        N_("Date"),
        N_(
            "Type a part of it and the rest is filled in from the date before: 5, 5-2, 0502, +5. Months may be named, "
            "and a day of the week is the latest one up to today. A closed period is refused here."
        ),
        (Scope.DATE, Scope.FORM),
    ),
    "payee": Topic(
        N_("Payee"),
        N_(
            "A few letters and {next-field} take a payee of the book, and its last transaction with it: change the "
            "amount, post. {following-field} keeps a new name as typed. While this field is empty, {day-later} and "
            "{day-earlier} move the date. {template-1} to {template-9} fill the form from a template, {save-template} "
            "keeps what stands here as one. A form that is cut off is kept: {new} opens it at the next start."
        ),
        (Scope.FORM, Scope.COMPLETION),
    ),
    "memo": Topic(N_("Memo"), N_("What it was for. May stay empty."), (Scope.FORM,)),
    "account": Topic(
        N_("Account"),
        N_(
            "Beginnings of words of its path, in order: ban cur finds Assets:Bank:Current. A code works too. What "
            "this payee used most comes first."
        ),
        (Scope.FORM, Scope.COMPLETION),
    ),
    "amount": Topic(
        N_("Amount"),
        N_(
            "Debits are positive, credits have a minus, or a c typed behind them. It calculates: 12*4.50, (3+4)*2. "
            "One amount may stay open; it takes what balances the transaction, shown in grey. In an account of "
            "another currency the price stands behind it: 100 @ 0.92 EUR, or 100 @@ 92 EUR in total. Where an account "
            "bears tax, {split-tax} takes the tax out of the amount, onto a line behind it; again, the tax comes on "
            "top; then it is as typed. Both lines follow what is typed until the line of the tax is changed by hand."
        ),
        (Scope.AMOUNT, Scope.FORM),
    ),
    "": Topic(
        N_("Keys"),
        N_(
            "The keys that work everywhere. {jump} puts letters over all that can be gone to. What can be done with a "
            "row stands in a menu: {row-menu}, a right click on it, or ≡ in the head of its list. Keys and names are "
            "clicked."
        ),
        (Scope.EVERYWHERE,),
    ),
}
