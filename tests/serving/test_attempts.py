"""Tries to sign in slow down, by name and by address; nobody can keep another out for long."""

from __future__ import annotations

import pytest

from tui_ledger.serving.attempts import FORGOTTEN_SECONDS, MOST_KEPT, Attempts, network_of
from tui_ledger.serving.door import MOST_FOR_ONE, Door
from tui_ledger.serving.people import Person


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def waits(attempts: Attempts, clock: Clock, name: str, address: str, tries: int) -> list[int]:
    """How long each of some tries has to wait, each made as soon as it may be."""
    found = []
    for _ in range(tries):
        wait = attempts.begin(name, address)
        found.append(wait)
        clock.now += wait
        if wait:
            assert attempts.begin(name, address) == 0
    return found


def test_a_few_tries_are_free_then_each_waits_twice_as_long_up_to_five_minutes() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    assert waits(attempts, clock, "Ann", "10.0.0.1", 14) == [0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


def test_many_at_once_are_not_free_and_asking_while_waiting_prolongs_nothing() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    assert [attempts.begin("Ann", "10.0.0.1") for _ in range(6)] == [0, 0, 0, 1, 1, 1]
    clock.now += 1
    assert attempts.begin("ＡＮＮ", "10.0.0.1") == 0


def test_one_address_that_tries_many_names_is_slowed() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    tried = [attempts.begin(f"name {number}", "10.0.0.1") for number in range(12)]
    assert tried == [0] * 10 + [1, 1]
    assert attempts.begin("Ann", "10.0.0.2") == 0


def test_a_name_tried_from_everywhere_waits_seconds_not_minutes() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    for number in range(200):
        attempts.begin("Ann", f"10.0.{number}.1")
        clock.now += 20
    assert 0 <= attempts.begin("Ann", "192.168.0.1") <= 20


def test_whoever_signs_in_is_forgiven_but_not_what_else_their_address_tried() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    for number in range(9):
        attempts.begin(f"name {number}", "10.0.0.1")
    for _ in range(20):
        assert attempts.begin("Ann", "10.0.0.1") == 0
        attempts.succeeded("ann", "10.0.0.1")
    assert attempts.begin("Bob", "10.0.0.1") == 0
    assert attempts.begin("Cid", "10.0.0.1") == 1


def test_what_was_long_ago_is_forgotten_and_a_flood_of_names_is_kept_within_bounds() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    waits(attempts, clock, "Ann", "10.0.0.1", 6)
    clock.now += FORGOTTEN_SECONDS + 1
    assert attempts.begin("Ann", "10.0.0.1") == 0
    for number in range(MOST_KEPT):
        attempts.begin(f"name {number}", f"10.{number >> 8}.{number & 255}.1")
    assert len(attempts._tries) <= MOST_KEPT + 3


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
        ("fe80::1%eth0", "fe80::1", True),
        ("10.0.0.1", "10.0.0.2", False),
        ("unix", "unix", True),
    ],
)
def test_addresses_of_one_network_of_ipv6_count_as_one(one: str, other: str, is_same: bool) -> None:
    assert (network_of(one) == network_of(other)) is is_same


def test_of_one_person_s_many_sign_ins_the_latest_are_kept_and_another_s_are_left_alone() -> None:
    clock = Clock()
    door = Door(["127.0.0.1:8321"], rest_seconds=600, clock=clock)
    adas = door.admit_person(Person("Ada", "1"))
    anns = [door.admit_person(Person("Ann", "2")) for _ in range(MOST_FOR_ONE + 5)]
    assert [door.knows(one.cookie) for one in anns] == [False] * 5 + [True] * MOST_FOR_ONE
    assert door.knows(adas.cookie)
    with door.working(anns[5]):
        door.admit_person(Person("Ann", "2"))
        assert door.knows(anns[5].cookie)
    assert anns[5].cookie not in repr(anns[5])
