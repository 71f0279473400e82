from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from data.editions import Place, StoreError
from data.editions.migrate import FOLDER, migrate
from data.editions.models import metadata
from data.editions.store import Store


def test_the_migrations_make_just_the_tables_of_the_models(where: Place) -> None:
    store = Store(where)
    assert store.migrate() is None
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert set(inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}
    assert store.migrate() == "0002"


def test_going_back_removes_the_tables_and_leads_up_again(where: Place) -> None:
    store = Store(where)
    store.migrate()
    with store.writing() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        command.downgrade(config, "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
    assert store.migrate() is None
    with store.reading() as connection:
        assert set(inspect(connection).get_table_names()) >= set(metadata.tables)


def constraints(store: Store) -> list[str]:
    with store.reading() as connection:
        told = inspect(connection)
        found: list[Any] = []
        for name in sorted(metadata.tables):
            found += [told.get_pk_constraint(name), *told.get_unique_constraints(name)]
            found += [*told.get_foreign_keys(name), *told.get_check_constraints(name)]
    return sorted(str(each["name"]) for each in found)


def test_the_constraints_are_those_of_the_models(where: Place) -> None:
    store = Store(where)
    store.migrate()
    named = (c.name for table in metadata.tables.values() for c in table.constraints)
    assert constraints(store) == sorted(str(name) for name in named if name)


def test_a_migration_that_breaks_leaves_nothing(
    where: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(connection: Any) -> None:
        migrate(connection)
        connection.execute(text("SELECT made up"))

    store = Store(where)
    with monkeypatch.context() as patch, pytest.raises(StoreError):
        patch.setattr("data.editions.migrate.migrate", broken)
        store.migrate()
    with store.reading() as connection:
        assert inspect(connection).get_table_names() == []
    assert store.migrate() is None


def test_a_database_of_a_newer_version_is_refused(store: Store) -> None:
    with store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="made by a newer version"):
        store.migrate()
    assert store.current()  # it can still be read
