"""How is an account's name shown where it does not fit?"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tui_ledger.widths import cell_width, clip, clusters

Measure = Callable[[str], int]


def short_account(name: str, width: int, measure: Measure = cell_width) -> str:
    """An account name in at most `width` cells: its first segments give way, its last is kept as long as possible.

    `Assets:Bank:Current` becomes `A:Bank:Current`, then `A:B:Current`, then `Current`, then `Curr…`.
    """
    segments = name.split(":")
    for index in range(len(segments) - 1):
        if measure(":".join(segments)) <= width:
            break
        segments[index] = next(clusters(segments[index]), "")
    joined = ":".join(segments)
    return joined if measure(joined) <= width else clip(segments[-1], width, measure)


def short_accounts(names: str, width: int, measure: Measure = cell_width) -> str:
    """Account names joined by ', ' in at most `width` cells: of two, both give way; of more, the first stays."""
    first, *others = names.split(", ")
    if not others:
        return short_account(first, width, measure)
    if len(others) > 1:
        more = f" +{len(others)}"
        room = width - len(more)
        return short_account(first, room, measure) + more if room > 0 else clip(names, width, measure)
    begun = short_account(first, (width - 2) // 2, measure)
    second = short_account(others[0], max(width - 2 - measure(begun), 0), measure)
    return clip(f"{short_account(first, width - 2 - measure(second), measure)}, {second}", width, measure)


def told_apart(names: Iterable[str], width: int) -> dict[str, str]:
    """Short forms by name, no two of them the same: what would be is cut in its middle, and where that is not enough it
    is longer than `width`."""
    shown: dict[str, str] = {}
    waiting, room = dict.fromkeys(names), width
    for shorten in (short_account, _cut_in_the_middle):
        waiting = _take_unlike(shown, {name: shorten(name, room) for name in waiting})
    while waiting:
        room += 1
        waiting = _take_unlike(shown, {name: _cut_in_the_middle(name, room) for name in waiting})
    return shown


def _take_unlike(shown: dict[str, str], forms: dict[str, str]) -> dict[str, None]:
    """Adds the forms that only one name has; the names that still wait for one."""
    count: dict[str, int] = {}
    for form in (*shown.values(), *forms.values()):
        count[form] = count.get(form, 0) + 1
    taken = {name: form for name, form in forms.items() if count[form] == 1 or form == name}
    shown.update(taken)
    return {name: None for name in forms if name not in taken}


def _cut_in_the_middle(name: str, width: int) -> str:
    """Its first segments as initials, and of all that its begin and its end."""
    *above, leaf = name.split(":")
    text = ":".join([*(next(clusters(segment), "") for segment in above), leaf])
    if cell_width(text) <= width:
        return short_account(name, width)
    end: list[str] = []
    room = (width - 1) // 2
    for cluster in reversed(list(clusters(text))):
        room -= cell_width(cluster)
        if room < 0:
            break
        end.append(cluster)
    ending = "".join(reversed(end))
    return clip(text, width - cell_width(ending)) + ending
