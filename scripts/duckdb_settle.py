"""Loads the tables of a county's SQLite file into DuckDB, runs hand_settle.sql there, and prints: milliseconds, rows, sum of results."""

import csv
import pathlib
import sqlite3
import sys
import tempfile
import time

import duckdb

source = sqlite3.connect(sys.argv[1])
statement = pathlib.Path(__file__).with_name("hand_settle.sql").read_text(encoding="utf-8")
columns = {
    "points_entries": "membership_id, year, item, fine, state",
    "memberships": "id, person_id, affiliation, service, registered_on, state, verified_on, ended_on",
    "unit_scores": "person_id, year, score, max",
}
numbers = {"year", "fine", "score", "max"}
base = duckdb.connect()
with tempfile.TemporaryDirectory() as folder:
    for table, names in columns.items():
        path = pathlib.Path(folder, f"{table}.csv")
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(source.execute(f"SELECT {names} FROM {table}"))
        types = ", ".join(f"'{name}': '{'BIGINT' if name in numbers else 'VARCHAR'}'" for name in names.split(", "))
        base.execute(f"CREATE TABLE {table} AS SELECT * FROM read_csv('{path}', header = false, columns = {{{types}}})")
times = []
for _ in range(3):
    base.execute("DROP TABLE IF EXISTS hand_settled")
    begun = time.perf_counter()
    base.execute(statement)
    times.append((time.perf_counter() - begun) * 1000)
rows, total = base.execute("SELECT COUNT(*), SUM(result) FROM hand_settled").fetchone()
print(f"{sorted(times)[1]:.0f} {rows} {total}")
