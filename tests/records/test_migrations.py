"""The steps of the tables arrive at the tables of the code."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from deepsix.records import migrating
from deepsix.records.database import make_engine, writing
from deepsix.records.place import Place
from deepsix.records.store import Records, open_records
from deepsix.records.tables import metadata


def test_the_steps_make_the_tables_of_the_code(records: Records):
    with records._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": migrating.VERSION_TABLE})
        assert compare_metadata(context, metadata) == []


def test_every_step_is_known_by_name():
    config = Config()
    config.set_main_option("script_location", str(Path(migrating.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    steps = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(steps)) == migrating.REVISIONS


def test_opening_again_changes_nothing(file_place: Place):
    open_records(file_place).close()
    assert file_place.path is not None
    before = file_place.path.read_bytes()
    open_records(file_place).close()
    assert file_place.path.read_bytes() == before


def test_a_step_that_breaks_off_leaves_no_tables(file_place: Place, monkeypatch: pytest.MonkeyPatch):
    import alembic.op

    def break_off(name, *columns, **kw):
        if name == "sessions":
            raise KeyboardInterrupt
        return made(name, *columns, **kw)

    made = alembic.op.create_table
    monkeypatch.setattr(alembic.op, "create_table", break_off)
    engine = make_engine(file_place)
    with pytest.raises(KeyboardInterrupt):
        migrating.bring_up_to_date(engine, file_place)
    with writing(engine, file_place) as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master").fetchall()
    engine.dispose()
    assert names == []
