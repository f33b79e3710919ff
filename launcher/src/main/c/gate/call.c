#include "gate/gate.h"

#include <limits.h>

static bool whole_number(const char *text, unsigned long *number)
{
    const char *end;
    return core_number(text, number, &end) && !*end;
}

static bool descriptor(const char *text, int *fd)
{
    unsigned long number;
    *fd = -1;
    if (core_equal(text, "-"))
        return true;
    if (!whole_number(text, &number) || number > INT_MAX)
        return false;
    *fd = (int)number;
    return true;
}

bool gate_read(struct gate_call *call, char **argv, char **envp)
{
    static char *nothing[] = {NULL};
    *call = (struct gate_call){.path = "", .fd = -1, .argv = nothing, .envp = envp};
    for (int i = 0; i < AEGIS_GATE_ARGV; i++)
        if (!argv[i])
            return false;
    unsigned long flags;
    call->path = argv[AEGIS_GATE_PATH];
    call->argv = argv + AEGIS_GATE_ARGV;
    call->reason = argv[AEGIS_GATE_SUBJECT];
    call->hold = core_equal(argv[AEGIS_GATE_WHAT], AEGIS_GATE_HOLD);
    call->filtered = core_equal(argv[0], AEGIS_GATE_FILTERED);
    call->ask = core_equal(argv[AEGIS_GATE_WHAT], AEGIS_GATE_ASK);
    if (!call->hold && !call->ask && !core_equal(argv[AEGIS_GATE_WHAT], AEGIS_GATE_DENY))
        return false;
    if (!descriptor(argv[AEGIS_GATE_FD], &call->fd) || !whole_number(argv[AEGIS_GATE_FLAGS], &flags)
        || flags > INT_MAX)
        return false;
    call->flags = (int)flags;
    if (call->flags & AT_EMPTY_PATH && call->fd < 0)
        return false;
    return !call->hold || whole_number(argv[AEGIS_GATE_SUBJECT], &call->request);
}
