from tests.conftest import Run
from xiaolu.kit.db import UnitOfWork
from xiaolu.kit.sql import raw

WHO = """CREATE FUNCTION pg_temp.process() RETURNS integer LANGUAGE plpgsql PARALLEL SAFE
AS $$ BEGIN RETURN pg_backend_pid(); END $$"""


def test_a_single_value_is_worked_out_with_helping_processes(uow: UnitOfWork, run: Run) -> None:
    async def work() -> tuple[int, int, int]:
        await uow.write(raw(WHO))
        await uow.write(raw("SET LOCAL debug_parallel_query = on"))
        row = await uow.fetch_one(raw("SELECT pg_temp.process()"))
        assert row is not None
        return await uow.fetch_value(raw("SELECT pg_temp.process()")), row[0], uow.connection.get_server_pid()

    value, row, own = run(work())
    assert value != own
    assert row != own
