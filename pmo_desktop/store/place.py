"""Where a portfolio lies: on this computer's own disk, in a synchronised folder, or on somebody's share."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath


class Verdict(StrEnum):
    """What may be done with a portfolio there."""

    OWN = "own disk"
    SYNCED = "synchronised folder"  # write, with a warning
    SHARED = "network share"  # read; write only for somebody who says that they know


@dataclass(frozen=True, slots=True)
class Place:
    """The verdict on one path, the kind of file system, and what a person should know (None: nothing)."""

    verdict: Verdict
    system: str
    sentence: str | None = None


@dataclass(frozen=True, slots=True)
class Mount:
    """One mounted file system."""

    folder: PurePath
    system: str
    remote: bool = False


# File systems known to keep SQLite's locks and flushes on one host; every other kind counts as a share.
LOCAL_SYSTEMS = frozenset(
    [
        "apfs",
        "bcachefs",
        "btrfs",
        "ecryptfs",
        "exfat",
        "ext2",
        "ext3",
        "ext4",
        "f2fs",
        "fat",
        "fat32",
        "fuseblk",
        "hfs",
        "jfs",
        "msdos",
        "nilfs2",
        "ntfs",
        "ntfs3",
        "overlay",
        "ramfs",
        "refs",
        "reiserfs",
        "tmpfs",
        "ubifs",
        "udf",
        "ufs",
        "vfat",
        "xfs",
        "zfs",
    ]
)
_SYNCHRONISERS = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "icloud ?drive|mobile documents|com~apple~clouddocs": "iCloud",
    "google ?drive|my drive": "Google Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "box sync|box-box|box": "Box",
    "synology ?drive": "Synology Drive",
    "pcloud ?drive": "pCloud",
    "seafile": "Seafile",
    "cloudstorage": "a cloud service",
}
_NAMES = {re.compile(rf"(?:{pattern})(?:[ -].*)?", re.IGNORECASE): name for pattern, name in _SYNCHRONISERS.items()}
_ESCAPED = re.compile(r"\\(\d{3})")
_MARKERS = {
    ".stfolder": "Syncthing",
    ".dropbox": "Dropbox",
    ".owncloudsync.log": "ownCloud",
    ".sync_journal.db": "Nextcloud",
}


def find_place(path: Path) -> Place:
    """The verdict on a path of this computer; the file itself need not exist."""
    real = path.resolve()
    return judge_place(real, read_mounts(), _marked(real))


def judge_place(path: PurePath, mounts: Iterable[Mount], synchroniser: str | None = None) -> Place:
    """The verdict on a resolved path, given what is mounted and what marks were found in the folders above it."""
    mount = _mount_of(path, mounts)
    system = mount.system if mount else "unknown"
    if path.drive.startswith("\\\\") or (mount and mount.remote) or system.casefold() not in LOCAL_SYSTEMS:
        return Place(Verdict.SHARED, system, _SHARED.format(name=path.name, system=system))
    if name := _named(path) or synchroniser:
        return Place(Verdict.SYNCED, system, _SYNCED.format(name=path.name, service=name))
    return Place(Verdict.OWN, system)


def refusal(path: PurePath, place: Place) -> str:
    """Why a portfolio on a share is not written without the person's word."""
    return _REFUSED.format(name=path.name, system=place.system)


def read_mounts() -> tuple[Mount, ...]:
    """What is mounted on this computer now, oldest first."""
    if sys.platform != "linux":  # pragma: platform
        return _ask_system()
    return parse_mounts(Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape"))


def parse_mounts(text: str) -> tuple[Mount, ...]:
    """Linux's list of mounts: a line each, folder and kind in the second and third place, blanks as octal codes."""
    lines = (line.split(" ") for line in text.splitlines())
    return tuple(Mount(Path(_ESCAPED.sub(lambda found: chr(int(found[1], 8)), line[1])), line[2]) for line in lines)


def _ask_system() -> tuple[Mount, ...]:  # pragma: platform
    import psutil  # noqa: PLC0415  4 MB and 20 ms on the way to an open file: only where there is no list to read

    found = psutil.disk_partitions(all=True)
    return tuple(Mount(Path(each.mountpoint), each.fstype, "remote" in each.opts.split(",")) for each in found)


def _mount_of(path: PurePath, mounts: Iterable[Mount]) -> Mount | None:
    best = None
    for mount in mounts:  # of two on the same folder the later one covers the earlier
        closer = best is None or len(mount.folder.parts) >= len(best.folder.parts)
        if closer and path.is_relative_to(mount.folder):
            best = mount
    return best


def _named(path: PurePath) -> str | None:
    for part in path.parent.parts:
        for pattern, name in _NAMES.items():
            if pattern.fullmatch(part):
                return name
    return None


def _marked(path: Path) -> str | None:
    for folder in path.parents:
        for marker, name in _MARKERS.items():
            if (folder / marker).exists():
                return name
    return None


_SHARED = (
    "{name} lies on a network share or a file system unknown to us ({system}): a lost connection can damage it there. "
    "Work alone in it, back up often, and move it to this computer when you can."
)
_SYNCED = (
    "{name} lies in a folder that {service} synchronises: let it finish before the file is opened on another computer, "
    "and never open it on two at once."
)
_REFUSED = (
    "{name} lies on a network share or a file system unknown to us ({system}), where a portfolio can be damaged, so it "
    "was not opened for writing. Copy it to this computer, or open it with the option to work on a share."
)
