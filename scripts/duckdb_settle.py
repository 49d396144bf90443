"""Runs hand_settle.sql in DuckDB over a county's SQLite file, or over a folder with one CSV file for each table, and prints: milliseconds, rows, sum of results."""

import csv
import pathlib
import sqlite3
import sys
import tempfile
import time

import duckdb

COLUMNS = {
    "points_entries": "membership_id, year, item, fine, state",
    "memberships": "id, person_id, affiliation, service, registered_on, state, verified_on, ended_on",
    "unit_scores": "person_id, year, score, max",
}
NUMBERS = {"year", "fine", "score", "max"}


def export(source, folder):
    """Writes the tables of a SQLite file as CSV files."""
    base = sqlite3.connect(source)
    for table, names in COLUMNS.items():
        with folder.joinpath(f"{table}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(base.execute(f"SELECT {names} FROM {table}"))


def load(base, folder):
    """Reads the CSV files into tables in memory."""
    for table, names in COLUMNS.items():
        types = ", ".join(f"'{name}': '{'BIGINT' if name in NUMBERS else 'VARCHAR'}'" for name in names.split(", "))
        path = folder.joinpath(f"{table}.csv")
        base.execute(f"CREATE TABLE {table} AS SELECT * FROM read_csv('{path}', header = false, columns = {{{types}}})")


source = pathlib.Path(sys.argv[1])
statement = pathlib.Path(__file__).with_name("hand_settle.sql").read_text(encoding="utf-8")
base = duckdb.connect()
if source.is_dir():
    load(base, source)
else:
    with tempfile.TemporaryDirectory() as folder:
        export(source, pathlib.Path(folder))
        load(base, pathlib.Path(folder))
times = []
for _ in range(3):
    base.execute("DROP TABLE IF EXISTS hand_settled")
    begun = time.perf_counter()
    base.execute(statement)
    times.append((time.perf_counter() - begun) * 1000)
rows, total = base.execute("SELECT COUNT(*), SUM(result) FROM hand_settled").fetchone()
print(f"{sorted(times)[1]:.1f} {rows} {total}")
