"""Why did the system refuse a file, in words of the program?"""

from __future__ import annotations

import errno

from tui_ledger.words import N_

_REASONS = {
    errno.EACCES: N_("access to it is denied"),
    errno.EBUSY: N_("it is in use"),
    errno.EDQUOT: N_("no room is left for its owner on the disk"),
    errno.EEXIST: N_("something of that name is there already"),
    errno.EIO: N_("the disk cannot be read or written"),
    errno.EISDIR: N_("it is a folder"),
    errno.ELOOP: N_("its links lead in a circle"),
    errno.EMFILE: N_("too many files are open"),
    errno.ENAMETOOLONG: N_("its name is too long"),
    errno.ENFILE: N_("too many files are open"),
    errno.ENOENT: N_("there is no such file or folder"),
    errno.ENOSPC: N_("no room is left on the disk"),
    errno.ENOTDIR: N_("a part of its path is no folder"),
    errno.EPERM: N_("that is not permitted"),
    errno.EROFS: N_("its disk is for reading only"),
}


def system_reason(problem: BaseException) -> str:
    """Part of a sentence, looked up where it is shown; what has no words here is said as the system says it."""
    number, said = getattr(problem, "errno", None), getattr(problem, "strerror", None)
    if number in _REASONS:
        return _REASONS[number]
    return said[:1].lower() + said[1:] if said else str(problem)
