"""Which day a typed date means, whole or in part, in each order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from babel import localedata
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_ledger.errors import DateNotUnderstood, InvalidDate, NoSuchDay, NoSuchMonth
from tui_ledger.locale.formats import Formats
from tui_ledger.locale.reading import read_date

LAST = date(2026, 3, 14)
TODAY = date(2026, 7, 1)
LOCALES = sorted(localedata.locale_identifiers())


@pytest.mark.parametrize("locale", ["en_US", "de_DE", "sv_SE", "ja_JP", "ar_EG"])
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5", date(2026, 3, 5)),
        ("05", date(2026, 3, 5)),
        ("5.", date(2026, 3, 5)),
        ("31", date(2026, 3, 31)),
        ("+5", date(2026, 3, 19)),
        ("-3", date(2026, 3, 11)),
        ("\u22123", date(2026, 3, 11)),
        ("+ 20", date(2026, 4, 3)),
        ("-0", LAST),
        ("t", TODAY),
        ("T", TODAY),
        (" today ", TODAY),
        ("2026-02-05", date(2026, 2, 5)),
        ("2026-2-5", date(2026, 2, 5)),
        ("2026/02/05", date(2026, 2, 5)),
        ("1999-12-31", date(1999, 12, 31)),
    ],
)
def test_days_movements_and_iso_dates_mean_the_same_everywhere(locale, text, day):
    assert read_date(text, LAST, TODAY, Formats(locale)) == day


@pytest.mark.parametrize(
    ("locale", "text", "day"),
    [
        ("de_DE", "5-2", date(2026, 2, 5)),
        ("de_DE", "5.2", date(2026, 2, 5)),
        ("de_DE", "5.2.", date(2026, 2, 5)),
        ("de_DE", "5/2", date(2026, 2, 5)),
        ("de_DE", "5 2", date(2026, 2, 5)),
        ("de_DE", "0502", date(2026, 2, 5)),
        ("de_DE", "050226", date(2026, 2, 5)),
        ("de_DE", "05022026", date(2026, 2, 5)),
        ("de_DE", "5.2.26", date(2026, 2, 5)),
        ("de_DE", "5. 2. 2026", date(2026, 2, 5)),
        ("de_DE", "31/03/2026", date(2026, 3, 31)),
        ("en_US", "5-2", date(2026, 5, 2)),
        ("en_US", "5/2", date(2026, 5, 2)),
        ("en_US", "0502", date(2026, 5, 2)),
        ("en_US", "050226", date(2026, 5, 2)),
        ("en_US", "05022026", date(2026, 5, 2)),
        ("en_US", "5/2/26", date(2026, 5, 2)),
        ("sv_SE", "5-2", date(2026, 5, 2)),
        ("sv_SE", "0502", date(2026, 5, 2)),
        ("sv_SE", "260502", date(2026, 5, 2)),
        ("sv_SE", "20260502", date(2026, 5, 2)),
        ("sv_SE", "26-5-2", date(2026, 5, 2)),
        ("sv_SE", "5/3", date(2026, 3, 5)),
        ("sv_SE", "31/3", date(2026, 3, 31)),
        ("sv_SE", "5.3.", date(2026, 3, 5)),
        ("sv_SE", "5/3-26", date(2026, 3, 5)),
        ("sv_SE", "5/3 2026", date(2026, 3, 5)),
        ("sv_SE", "idag", TODAY),
        ("sv_SE", "i dag", TODAY),
        ("sv_FI", "5.3", date(2026, 3, 5)),
        ("sv_FI", "3-5", date(2026, 3, 5)),
        ("fi_FI", "5.3.", date(2026, 3, 5)),
        ("hu_HU", "3. 5.", date(2026, 3, 5)),
        ("pl_PL", "5.03", date(2026, 3, 5)),
        ("zh_CN", "3/5", date(2026, 3, 5)),
        ("ko_KR", "3. 5.", date(2026, 3, 5)),
        ("en_CA", "3/5", date(2026, 3, 5)),
        ("lt_LT", "03-05", date(2026, 3, 5)),
        ("so_SO", "5/3", date(2026, 3, 5)),
        ("de_AT", "5. Jänner", date(2026, 1, 5)),
        ("de_AT", "5. Januar 2026", date(2026, 1, 5)),
        ("ja_JP", "2026年5月2日", date(2026, 5, 2)),
        ("ja_JP", "5月2日", date(2026, 5, 2)),
        ("ja_JP", "2012年1月1日", date(2012, 1, 1)),
        ("bg", "5.02.2026 г.", date(2026, 2, 5)),
        ("ar_EG", "٥/٢/٢٠٢٦", date(2026, 2, 5)),
        ("hi_IN", "५/२", date(2026, 2, 5)),
    ],
)
def test_day_month_and_year_are_read_in_the_locales_order(locale, text, day):
    assert read_date(text, LAST, TODAY, Formats(locale)) == day


@pytest.mark.parametrize("text", ["3月", "12年3月", "3年", "2026/3/5(金)"])
def test_a_number_is_what_the_word_behind_it_says_or_nothing(text):
    with pytest.raises(DateNotUnderstood, match="or only its day"):
        read_date(text, LAST, TODAY, Formats("ja_JP"))


def test_a_pattern_set_by_hand_orders_days_without_a_year_too():
    assert read_date("3/5", LAST, TODAY, Formats("sv_SE", date_style="yyyy-MM-dd")) == date(2026, 3, 5)


@pytest.mark.parametrize(("year", "full"), [("26", 2026), ("00", 2000), ("75", 2075), ("77", 1977), ("99", 1999)])
def test_a_year_of_two_digits_is_the_one_nearest_to_today(year, full):
    assert read_date(f"5.2.{year}", LAST, TODAY, Formats("de_DE")) == date(full, 2, 5)


def test_a_year_of_two_digits_follows_the_clock():
    assert read_date("5.2.75", LAST, date(2070, 1, 1), Formats("de_DE")).year == 2075
    assert read_date("5.2.26", LAST, date(2099, 1, 1), Formats("de_DE")).year == 2126


@pytest.mark.parametrize(
    ("locale", "text", "named"),
    [
        ("en_US", "2026-02-30", "There is no 02/30/2026: that month has 28 days."),
        ("ja_JP", "2026-2-30", "There is no 2026/02/30: that month has 28 days."),
        ("de_DE", "30.2.2026", "There is no 30.02.2026: that month has 28 days."),
        ("de_DE", "29.2.", "There is no 29.02.2026: that month has 28 days."),
        ("de_DE", "32", "There is no 32.03.2026: that month has 31 days."),
        ("de_DE", "0", "There is no 00.03.2026: that month has 31 days."),
    ],
)
def test_a_day_that_is_not_in_the_calendar_is_named(locale, text, named):
    with pytest.raises(NoSuchDay) as refusal:
        read_date(text, LAST, TODAY, Formats(locale))
    assert str(refusal.value) == named


@pytest.mark.parametrize(
    ("locale", "text", "example"),
    [("en_US", "31/03/2026", "01/31/2026"), ("de_DE", "05/13/2026", "31.01.2026"), ("de_DE", "20260205", "31.01.2026")],
)
def test_a_date_in_another_order_is_never_turned_round(locale, text, example):
    with pytest.raises(NoSuchMonth, match=example):
        read_date(text, LAST, TODAY, Formats(locale))


def test_the_29th_of_february_exists_in_leap_years():
    assert read_date("29.2.2028", LAST, TODAY, Formats("de_DE")) == date(2028, 2, 29)
    assert read_date("29.2.", date(2024, 5, 1), TODAY, Formats("de_DE")) == date(2024, 2, 29)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "x", "502", "12345", "1234567", "123456789", "5--2", "5.2.2026.1", "5.2.202", "5.2.20266",
        "005.2.2026", "2026-02",
        "02.2026", "5.2.0000", "1e1", "+", "-", "++5", "+5.5", "+999999", "٥", "²", "5,2", "5:2",
        "5\x002", "\x1b[31m5", "5.2.2026\n6",
        "tomorrow", "Monday", "1/1/1/1", ".", "...", "-.-", "2026-02-05T00:00", "0" * 61, "9" * 5000,
        "1." * 5000, "\ud800", "😀",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_an_example(text):
    with pytest.raises(DateNotUnderstood) as refusal:
        read_date(text, LAST, TODAY, Formats("de_DE"))
    assert "31.01.2026" in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert "\x1b" not in str(refusal.value)
    assert len(str(refusal.value)) < 200


def test_days_beyond_the_calendar_are_refused():
    with pytest.raises(DateNotUnderstood):
        read_date("+99999", date(9999, 1, 1), TODAY, Formats("de_DE"))
    with pytest.raises(DateNotUnderstood):
        read_date("-99999", date(1, 1, 1), TODAY, Formats("de_DE"))


@given(
    st.sampled_from(LOCALES),
    st.sampled_from(["short", "medium", "long", "EEE d MMM yyyy", "EEEE, MMMM d y", "ddMMMyyyy", "yyMMdd", "d LLLL y"]),
    st.dates(min_value=date(1977, 1, 1), max_value=date(2075, 12, 31)),
)
def test_what_is_written_is_read_back(locale, style, day):
    formats = Formats(locale, date_style=style)
    assert read_date(formats.date(day), LAST, TODAY, formats) == day
    assert read_date(formats.date_column(day), LAST, TODAY, formats) == day
    assert read_date(day.isoformat(), LAST, TODAY, formats) == day


@given(st.dates(), st.integers(-99999, 99999))
@settings(max_examples=200, deadline=None)
def test_movements_count_days_from_the_last_date(last, days):
    formats = Formats("en_US")
    try:
        expected = last + timedelta(days=days)
    except OverflowError:
        with pytest.raises(DateNotUnderstood):
            read_date(f"{days:+d}", last, TODAY, formats)
    else:
        assert read_date(f"{days:+d}", last, TODAY, formats) == expected


@given(
    st.sampled_from(["en_US", "de_DE", "ja_JP", "ar_EG"]),
    st.text(max_size=50) | st.text("0123456789./- +t年", max_size=12),
)
@settings(max_examples=500, deadline=None)
def test_any_text_is_a_day_or_refused(locale, text):
    try:
        day = read_date(text, LAST, TODAY, Formats(locale))
    except InvalidDate:
        return
    assert type(day) is date
