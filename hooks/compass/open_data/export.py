"""Records → every file of the open data, the feed of changes included, ready to be published below `data/v1/`.

A file's content depends on the records, and on what `publication` says of the site.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import PurePosixPath

from compass.derived.everything import Derived
from compass.open_data.atom_feed import FEED, atom
from compass.open_data.csv_sqlite import Database, csv_file
from compass.open_data.json_documents import documents, schemas
from compass.open_data.metadata import data_package, dcat
from compass.open_data.published_file import Export
from compass.open_data.tables.all_tables import TABLES
from compass.publication import FOLDER, Publication

_MEDIA_TYPES = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".sqlite": "application/vnd.sqlite3",
    ".xml": "application/atom+xml",
}
_SCHEMAS = {
    "schema/dataset.json": "JSON Schema of dataset.json",
    "schema/partnership.json": "JSON Schema of the documents of single partnerships",
}


def exported(derived: Derived, about: Publication) -> Iterator[tuple[Export, bytes]]:
    """What is told of every file, and its bytes: one after the other, for together they are larger than the records.

    What describes other files comes after them.
    """
    exports: list[Export] = []

    def export(path: str, content: bytes, what: str, rows: int | None = None) -> tuple[Export, bytes]:
        media_type = _MEDIA_TYPES[PurePosixPath(path).suffix]
        exports.append(Export(path, what, media_type, len(content), sha256(content).hexdigest(), rows))
        return exports[-1], content

    single = {f"partnerships/{record.id}.json": f"{record.name}, with every source" for record in derived.partnerships}
    for path, content in documents(derived, about):
        yield export(FOLDER + path, content, single.get(path, "Everything in one document"))
    database = Database(about.model_dump(mode="json").items())
    for table in TABLES:
        rows = table.rows(derived)
        database.add(table, rows)
        yield export(f"{FOLDER}{table.name}.csv", csv_file(table, rows), table.one_row, len(rows))
    sheets = exports[-len(TABLES) :]
    yield export(f"{FOLDER}sdp.sqlite", database.finish(), "Every table, with foreign keys")
    yield export(f"{FOLDER}datapackage.json", data_package(TABLES, sheets, about).encode(), "Frictionless Data Package")
    for path, text in schemas().items():
        yield export(FOLDER + path, text.encode(), _SCHEMAS[path])
    forms = [file for file in exports if file.is_whole]
    yield export(f"{FOLDER}dcat.jsonld", dcat(forms, about).encode(), "Catalogue entry in DCAT-AP, for data portals")
    yield export(FEED, atom(derived.changes, about).encode(), "Feed of the changes to this data")
