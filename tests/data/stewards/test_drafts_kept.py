from concurrent.futures import ThreadPoolExecutor

import pytest

from data.editions import Place, StoreError
from data.editions.store import Store
from data.stewards.accounts import Accounts
from data.stewards.drafts_kept import (
    MOST_BYTES,
    DraftMoved,
    KeptDraft,
    draft_of,
    drop_draft,
    keep_draft,
)
from data.stewards.passwords import AccountError
from tests.stewards import NAME, PASSWORD, QUICK, Clock

TABLES = {"adoption": "fips,agency\n37087,“Waynesville”\n", "sources": "id\n\0\n"}


@pytest.fixture
def store(where: Place) -> Store:
    """Give each kind of database, with the accounts of two stewards."""
    accounts = Accounts(Store(where), hasher=QUICK)
    for name in (NAME, "bob"):
        accounts.add(name, PASSWORD)
    return accounts.store


def test_a_draft_is_kept_changed_and_dropped(store: Store) -> None:
    clock = Clock()
    assert draft_of(store, NAME) is None
    first = keep_draft(store, NAME, 3, TABLES, now=clock())
    assert first == draft_of(store, "ADA") == KeptDraft(3, TABLES, clock(), 1)
    clock.move(hours=1)
    keep_draft(store, NAME, 4, {"sources": "id\n"}, now=clock())
    assert draft_of(store, NAME) == KeptDraft(4, {"sources": "id\n"}, clock(), 2)
    drop_draft(store, NAME)
    drop_draft(store, NAME)
    assert draft_of(store, NAME) is None


def test_a_draft_may_begin_before_any_edition(store: Store) -> None:
    keep_draft(store, NAME, None, {})
    draft = draft_of(store, NAME)
    assert draft and (draft.base, draft.tables) == (None, {})


def test_each_steward_has_their_own(store: Store) -> None:
    keep_draft(store, NAME, 1, TABLES)
    assert draft_of(store, "bob") is None
    keep_draft(store, "bob", 1, {})
    drop_draft(store, "bob")
    draft = draft_of(store, NAME)
    assert draft and draft.tables == TABLES


@pytest.mark.parametrize("name", ["carol", "", "ada' OR '1'='1", "%", "\0"])
def test_who_has_no_account_has_no_draft(store: Store, name: str) -> None:
    keep_draft(store, NAME, 1, TABLES)
    assert draft_of(store, name) is None
    drop_draft(store, name)
    with pytest.raises(AccountError, match="no such account"):
        keep_draft(store, name, 1, {})
    assert draft_of(store, NAME)


def test_a_draft_goes_with_its_account(store: Store) -> None:
    accounts = Accounts(store, hasher=QUICK)
    keep_draft(store, NAME, 1, TABLES)
    accounts.remove(NAME)
    with pytest.raises(AccountError, match="no such account"):
        keep_draft(store, NAME, 1, TABLES)
    accounts.add(NAME, PASSWORD)
    assert draft_of(store, NAME) is None


def test_a_second_window_is_told(store: Store) -> None:
    keep_draft(store, NAME, 1, TABLES, after=0)
    keep_draft(store, NAME, 1, {}, after=1)
    for after in (0, 1, 3):
        with pytest.raises(DraftMoved, match="in another window"):
            keep_draft(store, NAME, 1, TABLES, after=after)
    draft = draft_of(store, NAME)
    assert draft and (draft.tables, draft.version) == ({}, 2)


def test_of_two_windows_at_once_one_is_told(store: Store) -> None:
    def keep(number: int) -> int:
        try:
            return keep_draft(store, NAME, number, {}, after=0).version
        except DraftMoved:
            return 0

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(keep, range(4))) == [0, 0, 0, 1]


def test_only_the_draft_that_is_meant_is_dropped(store: Store) -> None:
    assert drop_draft(store, NAME, after=0)
    keep_draft(store, NAME, 1, TABLES)
    keep_draft(store, NAME, 1, {})
    for after in (0, 1, 3):
        assert not drop_draft(store, NAME, after=after)
    draft = draft_of(store, NAME)
    assert draft and draft.version == 2
    assert drop_draft(store, "ADA", after=2)
    assert draft_of(store, NAME) is None


def test_a_draft_has_a_size(store: Store) -> None:
    keep_draft(store, NAME, 1, {"adoption": "x" * (MOST_BYTES - 10), "sources": "ä" * 5})
    with pytest.raises(StoreError, match=r"The draft has 10\.0 MB; 10 MB are the most"):
        keep_draft(store, NAME, 1, {"adoption": "x" * (MOST_BYTES - 10), "sources": "ä" * 6})


@pytest.mark.parametrize("table", ["adoptions", "../adoption", "accounts", ""])
def test_only_tables_of_the_atlas_are_kept(store: Store, table: str) -> None:
    with pytest.raises(StoreError, match="is no table of the atlas"):
        keep_draft(store, NAME, 1, {table: "x"})
    assert draft_of(store, NAME) is None
