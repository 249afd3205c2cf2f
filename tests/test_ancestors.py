"""What the ancestors did and got wrong, row by row: the test that shows it here, or why it is different on purpose.

The ancestors are yii2tech/balance 1.0.0 to 1.0.3 (rows Y), illuminatech/balance 1.0.0 to 1.3.3 (rows I), and Drupal's
Balance Tracker (rows B: those of its ledger). Their mistakes, and what their users asked for in vain, are rows too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent

COMMISSIONS = "addons/test_commission_defects"
TRACKER, PARTIES, ITEMS = "test_balance_tracker_defects", "ledger/test_party_balances", "importing/test_balance_items"
MOVES, REVERSAL, CREATE = "ledger/test_moves", "ledger/test_reversal", "ledger/test_create_missing"
HOOKS, HISTORY, SHARING = "ledger/test_hooks", "ledger/test_history", "ledger/test_sharing"
REFUSED, JOURNAL, CHART = "ledger/test_refused_postings", "ledger/test_journal", "ledger/test_chart"
BALANCES, READING, VERIFICATION = "ledger/test_balances", "ledger/test_reading", "ledger/test_verification"
DEFECT, SEARCHING, CURRENCIES = (
    "ledger/test_ancestor_defects",
    "ledger/test_searching",
    "ledger/test_several_currencies",
)

SHOWN: list[tuple[str, str, tuple[str, ...]]] = [
    (
        "Y1",
        "increase, decrease, transfer, revert and a balance; an account by id or by attributes",
        (
            f"{MOVES}::test_increase_and_decrease_move_the_named_account_in_its_own_direction",
            f"{CHART}::test_an_account_is_found_by_code_and_by_every_attribute_named",
        ),
    ),
    (
        "Y2",
        "increase writes one transaction and returns it; the caller's date is kept; data cannot change the amount",
        (
            f"{MOVES}::test_increase_and_decrease_move_the_named_account_in_its_own_direction",
            f"{DEFECT}::test_a_balance_supplied_by_the_caller_is_not_believed",
        ),
    ),
    ("Y3", "decrease", (f"{MOVES}::test_increase_and_decrease_move_the_named_account_in_its_own_direction",)),
    (
        "Y4",
        "a transfer keeps the caller's date and data",
        (f"{MOVES}::test_a_transfer_is_one_transaction_with_the_caller_s_date_and_texts",),
    ),
    (
        "Y5",
        "a reversal is linked both ways, once, and may be reversed itself",
        (
            f"{REVERSAL}::test_a_reversal_mirrors_the_whole_transaction_and_is_linked_both_ways",
            f"{REVERSAL}::test_a_transaction_is_reversed_once",
            f"{REVERSAL}::test_a_reversal_may_be_reversed_and_that_again",
        ),
    ),
    (
        "Y6",
        "a reversal takes back the whole transaction, never one half",
        (f"{REVERSAL}::test_a_reversal_mirrors_the_whole_transaction_and_is_linked_both_ways",),
    ),
    (
        "Y7",
        "a balance without postings is zero, and asking for it opens nothing",
        (
            f"{READING}::test_a_balance_is_what_the_account_holds_at_the_end_of_the_day",
            f"{CREATE}::test_reading_never_opens_an_account",
        ),
    ),
    (
        "Y8",
        "missing accounts are opened when asked; else the filter is named in the error",
        (
            f"{CREATE}::test_a_transfer_opens_both_accounts_and_the_two_sum_to_zero",
            f"{CREATE}::test_no_account_is_opened_or_left_behind",
        ),
    ),
    ("Y9", "an unknown account is refused", (f"{REFUSED}::test_an_account_that_does_not_take_it_is_refused",)),
    (
        "Y10",
        "an ambiguous and an empty filter are refused",
        (f"{CHART}::test_none_and_several_and_unreadable_are_errors_that_name_what_was_asked",),
    ),
    (
        "Y11",
        "zero, negative, overdraft, self-transfer and float are refused",
        (
            f"{MOVES}::test_an_amount_that_is_not_positive_and_exact_is_refused",
            f"{MOVES}::test_a_transfer_that_names_no_two_accounts_of_a_currency_is_refused",
            f"{REFUSED}::test_a_minimum_broken_on_any_later_row_refuses_the_posting",
            f"{REFUSED}::test_a_float_is_refused_by_an_error_that_is_also_a_type_error",
        ),
    ),
    (
        "Y13",
        "the other side is the other postings of the transaction, and cannot disagree",
        (f"{READING}::test_the_counter_accounts_are_the_other_postings_each_named_once",),
    ),
    (
        "Y14",
        "a stored balance moves with every posting, by what the hook left",
        (
            f"{HOOKS}::test_a_hook_that_changes_the_amounts_changes_every_balance_with_them",
            f"{BALANCES}::test_no_history_of_acts_makes_a_stored_balance_wrong",
        ),
    ),
    (
        "Y15",
        "the date is today unless given; the clock is an argument",
        (f"{JOURNAL}::test_without_a_date_the_transaction_is_of_the_local_day",),
    ),
    (
        "Y16",
        "hooks before, which may change or refuse, and after",
        (
            f"{HOOKS}::test_a_before_hook_sees_the_whole_draft_resolved",
            f"{HOOKS}::test_a_broken_hook_refuses_the_act_and_is_named",
            f"{HOOKS}::test_a_failing_after_hook_undoes_nothing_and_stops_no_other",
        ),
    ),
    (
        "Y17",
        "a before-hook sees a transfer whole and cannot unbalance it",
        (
            f"{HOOKS}::test_a_hook_that_changes_the_amounts_changes_every_balance_with_them",
            f"{HOOKS}::test_what_a_hook_leaves_is_checked_again",
        ),
    ),
    (
        "Y18",
        "each act is one write that nests in the caller's; whatever raises, nothing happened; no lost update",
        (
            f"{HISTORY}::test_several_acts_in_one_write_are_none_of_them_there_when_it_fails",
            f"{HISTORY}::test_a_write_inside_a_write_fails_alone",
            f"{SHARING}::test_four_processes_post_everything_once",
        ),
    ),
    (
        "Y19",
        "a file, memory and a server do the same work",
        (
            f"{READING}::test_a_book_in_memory_does_the_same_work",
            f"{SHARING}::test_four_ledgers_of_one_book_post_everything_once",
        ),
    ),
    (
        "Y20",
        "extra data reads back as it was given, whatever its keys",
        (
            f"{JOURNAL}::test_data_reads_back_as_json_would",
            f"{DEFECT}::test_a_balance_supplied_by_the_caller_is_not_believed",
        ),
    ),
    (
        "Y23",
        "increase and decrease work in a book just made",
        (f"{DEFECT}::test_increase_and_decrease_work_without_an_other_account",),
    ),
    (
        "Y24",
        "reversing what is not there is refused by number",
        (f"{REVERSAL}::test_a_number_that_is_not_there_is_refused",),
    ),
    (
        "Y25",
        "accounts sum to zero: refused where they would not, and verified over the book",
        (
            f"{REFUSED}::test_what_does_not_balance_is_refused",
            f"{CREATE}::test_three_accounts_of_the_ancestors_sum_to_zero_and_move_as_theirs_did",
            f"{VERIFICATION}::test_verify_finds_a_changed",
        ),
    ),
    (
        "Y26",
        "listing, balance at a date, editing, limits, currencies, a balance on every posting",
        (
            f"{READING}::test_a_register_opens_and_closes_with_the_balances_around_it",
            f"{READING}::test_a_balance_is_what_the_account_holds_at_the_end_of_the_day",
            "ledger/test_edit_and_void::test_an_edit_of_the_amounts_carries_every_later_row",
            "ledger/test_edit_and_void::test_a_minimum_is_kept_on_every_row_by_edit_and_void",
            "ledger/test_several_currencies::test_conversion_postings_are_minus_the_sum_of_the_others",
        ),
    ),
    ("I3", "the date is today unless given", (f"{JOURNAL}::test_without_a_date_the_transaction_is_of_the_local_day",)),
    (
        "I4",
        "stored balances are always on",
        (f"{DEFECT}::test_increase_and_decrease_work_without_an_other_account",),
    ),
    (
        "I5",
        "each posting keeps its account's balance after it, in the order of date, transaction and line",
        (
            f"{JOURNAL}::test_transactions_of_one_day_stand_in_the_order_of_their_numbers",
            f"{BALANCES}::test_a_long_history_keeps_every_balance_right",
        ),
    ),
    ("I6", "a balance in the data is only data", (f"{DEFECT}::test_a_balance_supplied_by_the_caller_is_not_believed",)),
    (
        "I7",
        "the balance follows what the hook made of the amount",
        (f"{HOOKS}::test_a_hook_that_changes_the_amounts_changes_every_balance_with_them",),
    ),
    (
        "I8",
        "a back-dated posting carries every later row",
        (
            f"{JOURNAL}::test_a_back_dated_posting_carries_both_accounts_and_a_fresh_process_reads_them",
            f"{DEFECT}::test_back_dated_rows_are_carried",
        ),
    ),
    (
        "I9",
        "what comes in between or before rows that are there starts from their balances",
        ("ledger/test_batches::test_a_batch_goes_between_rows_that_are_there",),
    ),
    ("I10", "no caller supplies a balance", (f"{DEFECT}::test_a_balance_supplied_by_the_caller_is_not_believed",)),
    (
        "I11",
        "writers wait for each other",
        (
            f"{SHARING}::test_four_threads_of_one_ledger_post_everything_once",
            f"{SHARING}::test_four_processes_post_everything_once",
        ),
    ),
    (
        "I12",
        "hooks before and after",
        (
            f"{HOOKS}::test_hooks_run_in_order_functions_as_registered_then_plug_ins_by_name",
            f"{HOOKS}::test_after_hooks_are_told_once_the_outermost_write_is_on_disk",
        ),
    ),
    (
        "I13",
        "an act is a part of the caller's write, and fails alone in it",
        (
            f"{HISTORY}::test_several_acts_in_one_write_are_all_there",
            f"{HISTORY}::test_a_write_inside_a_write_fails_alone",
            f"{HISTORY}::test_an_inner_write_that_succeeded_is_lost_with_the_outer",
        ),
    ),
    (
        "I14",
        "what was posted is on disk: a fresh process reads it",
        (
            f"{JOURNAL}::test_a_back_dated_posting_carries_both_accounts_and_a_fresh_process_reads_them",
            "ledger/test_database::test_a_book_is_whole_after_a_killed_process",
        ),
    ),
    (
        "I15",
        "a hook that fails leaves no posting, no balance and no account",
        (f"{HOOKS}::test_a_broken_hook_refuses_the_act_and_is_named",),
    ),
    ("I16", "a book in memory for tests", (f"{READING}::test_a_book_in_memory_does_the_same_work",)),
    (
        "I17",
        "a balance without postings is zero and opens nothing",
        (f"{CREATE}::test_reading_never_opens_an_account",),
    ),
    (
        "I18",
        "what is no amount is refused at once, by one error",
        (
            f"{REFUSED}::test_what_is_no_amount_for_the_account_is_refused",
            "test_money::test_what_is_no_plain_amount_is_refused",
        ),
    ),
    (
        "I19",
        "0.1 + 0.2 - 0.3 is nothing",
        (
            f"{DEFECT}::test_sums_are_not_those_of_floats",
            "test_money::test_every_amount_survives_being_written_and_read",
        ),
    ),
    (
        "I20",
        "amounts of 64 bits, accounts of no user, no account with postings ever deleted",
        (
            f"{JOURNAL}::test_the_largest_amount_a_book_holds_can_be_posted_and_taken_back",
            "ledger/test_accounts::test_only_an_account_that_was_never_used_is_deleted",
        ),
    ),
    (
        "balance computed before the hook changed the amount",
        "a mistake of the ancestors",
        (f"{DEFECT}::test_a_balance_is_not_computed_before_the_hook_changed_the_amount",),
    ),
    (
        "back-dated rows not carried",
        "a mistake of the ancestors",
        (f"{DEFECT}::test_back_dated_rows_are_carried",),
    ),
    (
        "switched on over existing rows and starting from zero",
        "a mistake of the ancestors",
        (f"{DEFECT}::test_stored_balances_never_start_from_zero_over_existing_rows",),
    ),
    (
        "caller-supplied balances believed",
        "a mistake of the ancestors",
        (f"{DEFECT}::test_a_balance_supplied_by_the_caller_is_not_believed",),
    ),
    (
        "read-then-insert without a lock",
        "a mistake of the ancestors",
        (f"{DEFECT}::test_nothing_is_read_and_then_inserted_without_a_lock",),
    ),
    (
        "a before-hook on each leg unbalancing a transfer",
        "a mistake of the ancestors",
        (f"{DEFECT}::test_a_before_hook_does_not_unbalance_a_transfer",),
    ),
    (
        "reversing twice",
        "a mistake of the ancestors",
        (f"{DEFECT}::test_nothing_is_reversed_twice",),
    ),
    (
        "one leg reversed alone",
        "a mistake of the ancestors",
        (f"{DEFECT}::test_one_leg_is_never_reversed_alone",),
    ),
    (
        "unknown account ids accepted",
        "a mistake of the ancestors",
        (f"{DEFECT}::test_an_unknown_account_id_is_not_accepted",),
    ),
    (
        "an empty or ambiguous filter taking the first account",
        "a mistake of the ancestors",
        (f"{DEFECT}::test_an_empty_or_ambiguous_filter_does_not_take_the_first_account",),
    ),
    (
        "a read that creates an account",
        "a mistake of the ancestors",
        (f"{DEFECT}::test_a_read_creates_no_account_and_answers_zero_for_an_empty_one",),
    ),
    (
        "default settings that never commit",
        "a mistake of the ancestors",
        (f"{DEFECT}::test_default_settings_commit",),
    ),
    (
        "B2",
        "credit and debit: one-sided, and never success where nothing was written",
        (
            f"{MOVES}::test_increase_and_decrease_move_the_named_account_in_its_own_direction",
            f"{DEFECT}::test_an_act_does_not_report_success_when_nothing_was_written",
        ),
    ),
    (
        "B3",
        "who, how much and which way are checked",
        (
            f"{DEFECT}::test_zero_and_negative_amounts_do_not_pass",
            f"{DEFECT}::test_what_is_no_exact_amount_is_refused_at_once_and_by_one_error",
            f"{DEFECT}::test_an_unknown_account_id_is_not_accepted",
            f"{TRACKER}::test_no_amount_is_cast_to_something_else",
            f"{TRACKER}::test_a_user_who_does_not_exist_has_no_balance",
        ),
    ),
    (
        "B4",
        "the balance, and items of a range a page at a time",
        (
            f"{READING}::test_a_balance_is_what_the_account_holds_at_the_end_of_the_day",
            "ledger/test_windows::test_every_page_of_a_register_equals_that_slice_of_it",
        ),
    ),
    (
        "B5",
        "both ends of a range are inclusive",
        (f"{DEFECT}::test_what_is_posted_on_the_last_day_of_a_range_is_not_missing_from_it",),
    ),
    (
        "B6",
        "any date, and an order within the day",
        (
            f"{DEFECT}::test_a_transfer_keeps_the_caller_s_date",
            f"{DEFECT}::test_rows_of_one_moment_do_not_lose_an_account_nor_their_order",
        ),
    ),
    (
        "B7",
        "no float, no narrow column",
        (
            f"{DEFECT}::test_sums_are_not_those_of_floats",
            f"{DEFECT}::test_amounts_are_not_limited_to_32_bits",
        ),
    ),
    (
        "B8",
        "no update is lost",
        (f"{DEFECT}::test_nothing_is_read_and_then_inserted_without_a_lock",),
    ),
    (
        "B9",
        "hooks change amount and memo, may refuse, may post themselves",
        (
            f"{DEFECT}::test_a_hook_s_change_of_amount_and_memo_is_not_ignored",
            f"{DEFECT}::test_a_hook_s_veto_is_heard",
            f"{DEFECT}::test_a_hook_that_itself_posts_does_not_make_the_next_balance_wrong",
        ),
    ),
    (
        "B1",
        "a balance for each user, and the other side of every item",
        (
            f"{PARTIES}::test_a_sheet_has_every_posting_and_what_was_owed_after_it",
            f"{PARTIES}::test_credit_always_credits_and_debit_always_debits",
        ),
    ),
    (
        "B10",
        "who may see their own balance, who all, who may adjust, who administers",
        (
            "ledger/test_reading_rights::test_every_role_is_asked",
            "ledger/test_roles::test_each_role_does_the_acts_that_are_its_own_and_no_other",
            "serving/test_browser::test_an_administrator_sees_all_a_party_its_own_sheet_and_a_stranger_nothing",
        ),
    ),
    (
        "B11",
        "a page of one's own sheet, which its owner may open whatever else they may",
        (
            "ledger/test_reading_rights::test_a_party_reads_its_own_sheet_balance_and_statistics",
            "ui/test_own_sheet::test_it_has_days_balances_newest_first_and_months",
        ),
    ),
    (
        "B17",
        "any sheet, chosen by whoever may see it, also where they may adjust nothing",
        ("ledger/test_reading_rights::test_whoever_reads_all_sees_whose_account_it_is",),
    ),
    (
        "B12",
        "another's sheet is that one's",
        (f"{TRACKER}::test_under_another_s_name_is_that_one_s_sheet_and_nobody_else_s",),
    ),
    (
        "B13",
        "a sheet with what was owed after each item, newest first on request, by pages, a text where it is empty",
        (
            "reports/test_statement::test_opening_and_items_are_the_closing_balance_and_no_page_changes_a_line",
            "reports/test_statement::test_newest_first_turns_the_lines_and_no_balance",
            "reports/test_statement::test_a_party_without_anything_has_no_lines_and_an_unknown_one_is_named",
            "ui/test_parties::test_an_empty_screen_says_which_key_fills_it",
        ),
    ),
    (
        "B14",
        "days typed or by presets, both ends whole, in the reader's zone",
        (
            f"{TRACKER}::test_both_ends_of_a_range_are_whole_days_and_no_moment_of_the_next_is_in_it",
            "reports/test_party_statistics::test_a_preset_is_whole_periods_with_both_ends",
            "ui/test_parties::test_days_hold_for_sheet_and_balances_both_ends_inclusive",
        ),
    ),
    (
        "B15",
        "everybody's balances, nobody lost, sorted by either column",
        (
            f"{TRACKER}::test_no_user_is_lost_from_the_report_of_all_balances",
            f"{TRACKER}::test_no_item_outlives_its_user",
            "reports/test_parties::test_settled_parties_on_request_and_the_largest_first",
        ),
    ),
    (
        "B16",
        "a form to credit or debit, what is wrong beneath its field, then that sheet",
        (
            "ui/test_parties::test_the_form_adjusts_and_the_sheet_shows_it",
            "ui/test_parties::test_what_is_wrong_stands_beneath_its_field",
            f"{PARTIES}::test_settings_of_adjustments_are_checked",
        ),
    ),
    (
        "B20",
        "one negative style everywhere",
        (
            f"{TRACKER}::test_a_debit_and_a_balance_below_zero_are_written_alike",
            "locale/test_formats::test_one_negative_style_is_used_everywhere",
        ),
    ),
    (
        "B21",
        "items listed by user, day, direction, text and amount, sorted by each column, with totals; saved, exported",
        (
            "ledger/test_found_postings::test_each_condition_is_asked_of_the_posting_itself",
            "ledger/test_found_postings::test_each_column_sorts_both_ways_and_pages_agree_with_the_stream",
            "reports/test_postings::test_a_search_leaves_its_postings_with_totals_by_currency",
            "ledger/test_filters::test_a_filter_is_saved_found_replaced_deleted_and_brought_back",
        ),
    ),
    (
        "B24",
        "old items with their balances, once however often they are read",
        (
            f"{ITEMS}::test_items_become_transactions_of_parties_in_the_order_of_their_ids",
            f"{ITEMS}::test_a_second_time_nothing_is_booked_and_a_changed_item_is_told",
            f"{ITEMS}::test_what_the_book_holds_already_counts_in_the_comparison",
        ),
    ),
    (
        "B25",
        "several balances of one user",
        (
            f"{TRACKER}::test_several_balances_of_one_user_are_kept_apart_and_together",
            f"{ITEMS}::test_instances_are_purposes_and_ids_are_told_apart_by_them",
        ),
    ),
    (
        "B26",
        "names, statistics, export, opening balance, currencies",
        (
            "reports/test_party_statistics::test_a_party_s_months_have_debits_credits_what_came_to_it_and_counts",
            "export/test_party_tables::test_a_sheet_s_sums_are_live_and_recalculate_to_the_ledger_s",
            "reports/test_statement::test_a_range_has_both_its_ends_and_what_was_owed_before_it",
            f"{PARTIES}::test_each_currency_is_owed_for_itself",
        ),
    ),
    (
        "B22",
        "commissions: to who may be paid, for goods alone, once an order, nothing for nothing, the percentage checked",
        (
            f"{COMMISSIONS}::test_no_order_is_paid_for_twice",
            f"{COMMISSIONS}::test_the_permission_is_asked_of_who_is_paid_and_not_of_the_buyer",
            f"{COMMISSIONS}::test_nothing_of_nothing_is_written",
            f"{COMMISSIONS}::test_a_percentage_is_checked_wherever_it_comes_from",
            f"{COMMISSIONS}::test_tax_and_shipping_earn_nothing",
            f"{COMMISSIONS}::test_a_sum_of_commissions_is_exact",
        ),
    ),
    (
        "B27",
        "texts are kept as they were typed",
        (f"{DEFECT}::test_a_memo_is_kept_as_it_was_typed",),
    ),
    (
        "asked: a balance on a date, without a query of one's own",
        "yii2tech 12",
        (f"{READING}::test_a_balance_is_what_the_account_holds_at_the_end_of_the_day",),
    ),
    (
        "asked: an edit that later balances follow",
        "yii2tech 12",
        ("ledger/test_edit_and_void::test_an_edit_of_the_amounts_carries_every_later_row",),
    ),
    (
        "asked: finding by a key of the extra data, and the contra account of an increase",
        "yii2tech 5",
        (
            f"{SEARCHING}::test_transactions_are_found_by_the_keys_of_their_data",
            f"{DEFECT}::test_increase_and_decrease_work_without_an_other_account",
        ),
    ),
    (
        "asked: names for accounts opened by themselves",
        "yii2tech 8",
        (f"{CREATE}::test_the_first_rule_that_matches_says_type_parent_and_currency",),
    ),
    (
        "asked: transfers really committed, in the caller's write",
        "yii2tech 4 and 6, illuminatech 8 and 10",
        (
            f"{DEFECT}::test_default_settings_commit",
            f"{DEFECT}::test_an_act_inside_the_caller_s_write_is_neither_committed_nor_rolled_back_alone",
        ),
    ),
    (
        "asked: several currencies",
        "illuminatech 4",
        (
            f"{CURRENCIES}::test_conversion_postings_are_minus_the_sum_of_the_others",
            "ledger/test_prices::test_a_balance_is_converted_at_the_prices_of_its_day_and_the_unconverted_one_stays",
        ),
    ),
    (
        "asked: a link from a posting to a business record",
        "custom managers",
        (
            "ledger/test_references::test_a_reference_that_stands_is_taken_once",
            f"{SEARCHING}::test_transactions_are_found_by_their_reference",
        ),
    ),
    (
        "asked: fractions, codes, accounts without a user",
        "custom migrations",
        (
            f"{DEFECT}::test_an_account_needs_no_user",
            "ledger/test_currencies::test_a_currency_is_added_with_iso_s_digits_or_those_given",
        ),
    ),
]

DIFFERENT: list[tuple[str, str]] = [
    ("Y12", "a book has one schema: storage names are not settings"),
    ("Y21", "data is JSON, which every program reads: no other serializers"),
    ("Y22", "a transaction has one number: no composite keys"),
    ("I1", "a book is made by one command and needs no provider, facade or published settings"),
    ("I2", "data is JSON there as here; the stores are those of Y19"),
]

CORE_OF_THE_THIRD = {f"B{number}" for number in (*range(1, 18), *range(20, 23), *range(24, 28))}
DEFECTS, ASKED = 12, 8
ROWS = {f"Y{number}" for number in range(1, 27)} | {f"I{number}" for number in range(1, 21)} | CORE_OF_THE_THIRD


def test_every_row_of_the_ancestors_is_shown_or_different_on_purpose() -> None:
    named = [row for row, *_ in SHOWN] + [row for row, _ in DIFFERENT]
    assert len(named) == len(set(named))
    assert {row for row in named if row in ROWS} == ROWS
    assert sum(row.startswith("asked: ") for row in named) == ASKED
    assert len(named) == len(ROWS) + DEFECTS + ASKED
    assert all(tests for _, _, tests in SHOWN)
    assert all(reason for _, reason in DIFFERENT)


@pytest.mark.parametrize("test", sorted({test for _, _, tests in SHOWN for test in tests}))
def test_every_test_that_is_named_is_there(test: str) -> None:
    module, _, name = test.partition("::")
    assert name in set(names_of_tests(TESTS / f"{module}.py"))


def names_of_tests(path: Path) -> Iterator[str]:
    for found in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(found, (ast.FunctionDef, ast.AsyncFunctionDef)) and found.name.startswith("test_"):
            yield found.name
