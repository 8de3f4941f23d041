"""What the kernel is asked to refuse a process, by system calls alone: this needs no package and no rights."""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import struct
import sys

LEAST_LANDLOCK = 3  # from here on the kernel also refuses to cut a file short
_SIGNALS_SCOPED = 6  # from here on it refuses signals to other processes by itself
_CREATE, _ADD, _RESTRICT = 444, 445, 446  # Landlock's system calls, the same on every machine

# Rights to files as Landlock counts them, each with the version that knows it first.
_EXECUTE, _WRITE, _READ, _LIST = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE, _MAKE = 1 << 4 | 1 << 5, 1 << 7 | 1 << 8  # folders and files; no links, devices, pipes or sockets
_MOVE, _TRUNCATE = 1 << 13, 1 << 14
_KNOWN = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
_READING = _EXECUTE | _READ | _LIST
_WRITING = _WRITE | _READ | _LIST | _REMOVE | _MAKE | _MOVE | _TRUNCATE
_OF_FILES = _EXECUTE | _WRITE | _READ | _TRUNCATE

# System calls that Landlock does not judge, by their numbers on x86_64 and on aarch64 (0 where there is none): those that
# open the network or reach other processes are refused; those that change a file's mode, owner or times are passed
# over, since the server gives its own.
_PROCESSORS = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_REFUSED = {
    "socket": (41, 198),
    "io_uring_setup": (425, 425),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119),
    "sched_setaffinity": (203, 122),
    "sched_setattr": (314, 274),
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
    "shmget": (29, 194),
    "shmat": (30, 196),
    "shmctl": (31, 195),
    "semget": (64, 190),
    "semop": (65, 193),
    "semctl": (66, 191),
    "msgget": (68, 186),
    "msgsnd": (69, 189),
    "msgctl": (71, 187),
    "mq_open": (240, 180),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
}
_SIGNALS = {
    "kill": (62, 129),
    "tkill": (200, 130),
    "tgkill": (234, 131),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "pidfd_send_signal": (424, 424),
}
_PASSED_OVER = {
    "chmod": (90, 0),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, 0),
    "fchown": (93, 55),
    "lchown": (94, 0),
    "fchownat": (260, 54),
    "utime": (132, 0),
    "utimes": (235, 0),
    "futimesat": (261, 0),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "setxattrat": (463, 463),
    "removexattrat": (466, 466),
    "file_setattr": (469, 469),
}
_PRLIMIT = (302, 261)  # may bound its own process alone


def _kernel() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def landlock() -> int:
    """The version of Landlock that this kernel has; 0 where it has none, or this processor is not known here."""
    if sys.platform != "linux" or platform.machine() not in _PROCESSORS:
        return 0
    version = int(_kernel().syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint(1)))
    return version if version >= LEAST_LANDLOCK else 0


def _done(answer: int) -> int:
    if answer < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return answer


def control(*words: int) -> None:
    """Asks the kernel for one thing about this process."""
    _done(_kernel().prctl(*(ctypes.c_ulong(word) for word in words)))


def give_up_rights() -> None:
    """Nothing that the process starts can gain rights again; root's own are dropped, where it is root."""
    control(38, 1, 0, 0, 0)
    if os.geteuid() == 0:
        with contextlib.suppress(OSError):  # past the last one that the kernel knows
            for right in range(64):
                control(24, right, 0, 0, 0)


def shut_in(write: list[str], read: list[str], version: int) -> None:
    """Has the kernel refuse this process, for good, every file but these, the network, and to reach other processes."""
    kernel = _kernel()
    known = sum(rights for first, rights in _KNOWN.items() if first <= version)
    network, scopes = (3 if version >= 4 else 0), (3 if version >= _SIGNALS_SCOPED else 0)
    rules = struct.pack("=QQQ", known, network, scopes)
    size = 8 * (1 + (version >= 4) + (version >= _SIGNALS_SCOPED))
    ruleset = _done(kernel.syscall(_CREATE, rules, ctypes.c_size_t(size), ctypes.c_uint(0)))
    for path, rights in [*((path, _WRITING) for path in write), *((path, _READING) for path in read)]:
        _allow(ruleset, path, rights)
    _allow(ruleset, "/dev/null", _READ | _WRITE)
    _done(kernel.syscall(_RESTRICT, ctypes.c_int(ruleset), ctypes.c_uint(0)))
    os.close(ruleset)
    _filter(version)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    rights &= ~0 if os.path.isdir(path) else _OF_FILES
    rule = struct.pack("=Qi", rights, place)
    _done(_kernel().syscall(_ADD, ctypes.c_int(ruleset), ctypes.c_int(1), rule, ctypes.c_uint(0)))
    os.close(place)


def _filter(version: int) -> None:
    """Has the kernel judge the system calls that Landlock leaves alone."""
    column, processor = _PROCESSORS[platform.machine()]
    load, equal, least, end = 0x20, 0x15, 0x35, 0x06
    refuse, pass_over, allow = 0x00050001, 0x00050000, 0x7FFF0000
    steps = [(load, 0, 0, 4), (equal, 1, 0, processor), (end, 0, 0, refuse), (load, 0, 0, 0)]
    steps += [(least, 0, 1, 0x40000000), (end, 0, 0, refuse)]  # the other numbering of the same machine
    refused = _REFUSED | ({} if version >= _SIGNALS_SCOPED else _SIGNALS)
    for calls, answer in ((refused, refuse), (_PASSED_OVER, pass_over)):
        for number in filter(None, (numbers[column] for numbers in calls.values())):
            steps += [(equal, 0, 1, number), (end, 0, 0, answer)]
    steps += [(equal, 0, 3, _PRLIMIT[column]), (load, 0, 0, 16), (equal, 1, 0, 0), (end, 0, 0, refuse)]
    steps += [(end, 0, 0, allow)]
    program = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    whole = ctypes.create_string_buffer(struct.pack("@HP", len(steps), ctypes.addressof(program)))
    control(22, 2, ctypes.addressof(whole))
