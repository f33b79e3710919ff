#include "session/session.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* From linux/landlock.h, of which distributions ship versions without scopes. */
#define SCOPE_ABSTRACT_UNIX_SOCKET (1u << 0)
#define SCOPE_SIGNAL (1u << 1)

struct ruleset {
    uint64_t handled_access_fs;
    uint64_t handled_access_net;
    uint64_t scoped;
};

/*
 * A domain without any right to a file: those would forbid mounts, and with them the sandboxes that agents
 * make for themselves. What is left is what the kernel refuses across its border: signals, tracing, and
 * sockets with abstract names.
 */
static int confine(bool no_new_privileges)
{
    struct ruleset scopes = {.scoped = SCOPE_ABSTRACT_UNIX_SOCKET | SCOPE_SIGNAL};
    int rules = (int)syscall(SYS_landlock_create_ruleset, &scopes, sizeof scopes, 0);
    if (rules < 0)
        return -1;
    if (no_new_privileges && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return -1;
    int result = (int)syscall(SYS_landlock_restrict_self, rules, 0);
    close(rules);
    return result;
}

void session_lay_floor(const struct session_options *options)
{
    if (options->floor == FLOOR_NONE || confine(options->floor == FLOOR_SCOPE_NO_NEW_PRIVILEGES) == 0)
        return;
    session_complain("the kernel does not lay the floor of the session", errno);
    _exit(SESSION_FAILED);
}
