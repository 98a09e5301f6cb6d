"""`kakehashi backup` and `restore`: database and files in one encrypted file, while people work.

The file is a tar archive, encrypted as age does (age-encryption.org/v1): with the public half of a
key, so that a machine that makes backups cannot read them. It holds `manifest.json`, the database
as pg_dump writes it, and the files. The database is dumped in one snapshot, the files after it:
whatever a row of the snapshot points at had been written by then.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import io
import json
import os
import shutil
import signal
import subprocess
import tarfile
import tempfile
import threading
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NoReturn

import psycopg
import pyrage
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from kakehashi.house import cluster, keys, prepare, roles, schema
from kakehashi.house.address import Address
from kakehashi.house.errors import HouseError
from kakehashi.house.home import make_private
from kakehashi.house.keeping import FOLDER, Keeping

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

FORMAT = 1
THOUSAND = 1000
MANIFEST, DUMP, FILES = "manifest.json", "database.dump", "files"
UNFINISHED = ".part"
SCRATCH = "backup-"
BEGINS = b"age-encryption.org/"
TABLES = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname
"""


def backup(arguments: argparse.Namespace) -> int:
    """Write everything there is into a new file, the operator's or one of the nightly ones."""
    address = Address.from_environment()
    key = keys.to_seal_with(arguments.key)
    keeping = _keeping() if arguments.nightly else None
    target = keeping.next_file(dt.datetime.now(dt.UTC)) if keeping else _named(arguments.file)
    signal.signal(signal.SIGTERM, _end)
    with prepare.server(address):
        _refuse_another_version()
        write(address, target, key)
    if keeping:
        keeping.prune()
    print(f"{target}: {_size(target.stat().st_size)}")
    return 0


def _keeping() -> Keeping:
    keeping = Keeping.from_environment()
    if keeping is None:
        message = f"Say in {FOLDER} where nightly backups go."
        raise HouseError(message)
    make_private(keeping.folder)
    return keeping


def _named(file: str | None) -> Path:
    if file is None:
        message = "Name the file to write, or say --nightly."
        raise HouseError(message)
    if Path(file).exists():
        message = f"{file} exists already: choose another name; no backup is overwritten."
        raise HouseError(message)
    return Path(file)


def _end(_number: int, _frame: object) -> NoReturn:
    raise SystemExit(1)  # and clean up on the way


def restore(arguments: argparse.Namespace) -> int:
    """Make an empty home what the file says; on any doubt, change nothing."""
    address = Address.from_environment()
    key = keys.to_open_with(arguments.key)
    address.home.prepare()
    _refuse_full_home(address)
    with _scratch(address) as folder:
        prepare.tell("Opening the backup …")
        manifest = _open(Path(arguments.file), key, folder)
        _refuse_newer(manifest, address)
        with prepare.server(address):
            roles.ensure(address)
            _refuse_full_database(address)
            prepare.tell("Restoring the database …")
            _load(address, folder / DUMP)
            _refuse_difference(address, manifest)
            prepare.bring_up_to_date(address, always=True)
        _move_files(folder / FILES, address.home.files)
    print(f"Restored what was backed up at {manifest['made_at']}.")
    return 0


def write(address: Address, target: Path, key: pyrage.x25519.Recipient) -> None:
    """Write a backup beside its place and move it there whole: no half backup has a good name."""
    part = target.with_name(target.name + UNFINISHED)
    with _scratch(address) as folder:
        prepare.tell("Dumping the database …")
        manifest = _dump(address, folder / DUMP)
        prepare.tell("Writing the backup …")
        try:
            with _private(part) as sealed:
                _seal(manifest, folder / DUMP, address.home.files, sealed, key)
                sealed.flush()
                os.fsync(sealed.fileno())
            os.link(part, target)  # refuses, unlike a rename, what came there meanwhile
        finally:
            part.unlink(missing_ok=True)


def _dump(address: Address, file: Path) -> dict[str, Any]:
    """Dump the database in one snapshot; return what a restore compares with."""
    with psycopg.connect(address.as_role("owner")) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        snapshot = _value(connection, "SELECT pg_export_snapshot()")
        _pg(
            "pg_dump",
            address,
            *("--format=custom", "--compress=gzip:1", "--enable-row-security"),
            *(f"--snapshot={snapshot}", f"--file={file}"),
        )
        return {
            "format": FORMAT,
            "made_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            "program": version("kakehashi"),
            "database": address.name,
            "schema": schema.migrations(connection),
            "rows": _rows(connection),
            "sha256": _digest(file),
        }


def _seal(
    manifest: dict[str, Any],
    dump: Path,
    files: Path,
    sealed: IO[bytes],
    key: pyrage.x25519.Recipient,
) -> None:
    """Encrypt the archive while it is written: it is nowhere whole in the clear."""
    reading, writing = os.pipe()
    problems: list[BaseException] = []

    def fill() -> None:
        try:
            with os.fdopen(writing, "wb") as out:
                _archive(manifest, dump, files, out)
        except BaseException as problem:  # noqa: BLE001 - raised again below, in who waits for us
            problems.append(problem)

    thread = threading.Thread(target=fill)
    with os.fdopen(reading, "rb") as source:
        thread.start()
        try:
            pyrage.encrypt_io(source, sealed, [key])
        finally:
            source.close()  # if nobody reads on, the other side must not wait
            thread.join()
    if problems:
        raise problems[0]


def _archive(manifest: dict[str, Any], dump: Path, files: Path, out: IO[bytes]) -> None:
    with tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT) as archive:
        text = json.dumps(manifest, ensure_ascii=False).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(text)
        archive.addfile(entry, io.BytesIO(text))
        archive.add(dump, DUMP)
        for path in sorted(files.rglob("*")):
            if path.is_file() and not path.is_symlink():
                with suppress(FileNotFoundError):  # removed while we came: its row went first
                    archive.add(path, str(Path(FILES, path.relative_to(files))), recursive=False)


def _open(file: Path, key: pyrage.x25519.Identity, folder: Path) -> dict[str, Any]:
    """Unpack the whole archive into a folder and check it; nothing else is touched before."""
    clear = folder / "archive.tar"
    with file.open("rb") as sealed, _private(clear) as out:
        if sealed.read(len(BEGINS)) != BEGINS:
            message = f"{file} is not a backup of Kakehashi."
            raise HouseError(message)
        sealed.seek(0)
        _decrypt(sealed, out, key, file)
    try:
        with tarfile.open(clear) as archive:
            archive.extractall(folder, filter="data")
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        whole = _digest(folder / DUMP) == manifest["sha256"]
    except (tarfile.TarError, OSError, ValueError, KeyError) as problem:
        raise _damaged(file) from problem
    if not whole:
        raise _damaged(file)
    clear.unlink()
    return manifest


def _decrypt(sealed: IO[bytes], out: IO[bytes], key: pyrage.x25519.Identity, file: Path) -> None:
    try:
        pyrage.decrypt_io(sealed, out, [key])
    except pyrage.DecryptError as problem:
        if "No matching keys" in str(problem):
            message = f"This key does not open {file}: it was made with another one."
            raise HouseError(message) from problem
        raise _damaged(file) from problem
    except OSError as problem:
        if problem.errno is not None:
            raise
        raise _damaged(file) from problem


def _damaged(file: Path) -> HouseError:
    return HouseError(f"{file} is cut short or damaged. Nothing was changed; take another backup.")


def _load(address: Address, dump: Path) -> None:
    """Fill the empty database in one transaction: all of it, or it stays empty."""
    search = psycopg.sql.Identifier(address.role("search"))  # receives functions of its own
    with psycopg.connect(address.as_role("owner"), autocommit=True) as connection:
        connection.execute("DROP SCHEMA ext CASCADE")  # it comes with the dump
        grant = psycopg.sql.SQL("GRANT CREATE ON SCHEMA public TO {}")
        connection.execute(grant.format(search))
        try:
            _pg("pg_restore", address, "--exit-on-error", "--single-transaction", str(dump))
        finally:
            revoke = psycopg.sql.SQL("REVOKE CREATE ON SCHEMA public FROM {}")
            connection.execute(revoke.format(search))


def _pg(program: str, address: Address, *arguments: str) -> None:
    """Run one of PostgreSQL's programs as the database's owner, whose password no list shows."""
    owner = address.as_role("owner")
    where = {k: v for k, v in conninfo_to_dict(owner).items() if k != "password"}
    secret = {"PGPASSWORD": str(conninfo_to_dict(owner)["password"])}
    command = [
        str(cluster.bin_dir() / program),
        f"--dbname={make_conninfo('', **where)}",
        *arguments,
    ]
    ran = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, **secret}
    )
    if ran.returncode:
        message = f"{program} failed: {ran.stderr.strip()}"
        raise HouseError(message)


def _refuse_another_version() -> None:
    prepare.set_up_django("owner")
    prepare.connect_as("owner")
    current = schema.is_current()
    prepare.close_connections()
    if not current:
        message = "The database is of another version: run `kakehashi migrate` first."
        raise HouseError(message)


def _refuse_full_home(address: Address) -> None:
    if any(address.home.files.iterdir()):
        message = f"{address.home.files} is not empty: a backup is restored onto an empty home."
        raise HouseError(message)


def _refuse_full_database(address: Address) -> None:
    with psycopg.connect(address.as_role("owner")) as connection:
        if connection.execute(TABLES).fetchone():
            message = (
                f"The database {address.name} is not empty: a backup is restored onto an empty one."
            )
            raise HouseError(message)


def _refuse_newer(manifest: dict[str, Any], address: Address) -> None:
    prepare.set_up_django("owner")
    known = schema.on_disk()
    if manifest["format"] > FORMAT or not set(manifest["schema"]) <= known:
        message = (
            f"The backup was made by a newer version ({manifest['program']}) than this one "
            f"({version('kakehashi')}): install that one or a later one, then restore."
        )
        raise HouseError(message)
    if manifest["database"] != address.name:
        message = (
            f"The backup is of a database named {manifest['database']}; its roles are named after "
            f"it. Restore it into a database of that name, not {address.name}."
        )
        raise HouseError(message)


def _refuse_difference(address: Address, manifest: dict[str, Any]) -> None:
    with psycopg.connect(address.as_role("owner")) as connection:
        found = _rows(connection)
    different = [table for table, rows in manifest["rows"].items() if found.get(table) != rows]
    if different:
        message = f"The restored database differs from the backup in {', '.join(different)}."
        raise HouseError(message)


def _rows(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """Count the rows of every table; the owner's policies let all of them through."""
    tables = [name for (name,) in connection.execute(TABLES).fetchall()]
    return {
        name: _value(
            connection,
            psycopg.sql.SQL("SELECT count(*) FROM public.{}").format(psycopg.sql.Identifier(name)),
        )
        for name in tables
    }


def _value(connection: psycopg.Connection[Any], query: Any) -> Any:
    found = connection.execute(query).fetchone()
    assert found is not None
    return found[0]


def _move_files(source: Path, target: Path) -> None:
    if source.exists():
        shutil.copytree(source, target, dirs_exist_ok=True)


@contextmanager
def _scratch(address: Address) -> Iterator[Path]:
    """A private folder on the home's own disk, gone afterwards, also after a kill."""
    address.home.prepare()
    with (address.home.run / "backup.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            message = f"Another backup or restore works on {address.home.path}: wait for its end."
            raise HouseError(message) from problem
        for left in address.home.run.glob(f"{SCRATCH}*"):
            shutil.rmtree(left)
        with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=address.home.run) as folder:
            yield Path(folder)


@contextmanager
def _private(file: Path) -> Iterator[IO[bytes]]:
    """A new file that nobody else may read."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        yield opened


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _size(size: float) -> str:
    for unit in ("B", "KB", "MB", "GB"):
        if size < THOUSAND:
            return f"{size:.0f} {unit}"
        size /= THOUSAND
    return f"{size:.1f} TB"
