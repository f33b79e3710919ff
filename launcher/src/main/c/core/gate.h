/*
 * The contract between the core, which replaces a held or denied exec by the gate, and the gate.
 *
 *   argv[0]   "aegis-gate", or "aegis-gate-filtered" when a filter of system calls is in force that lets gates
 *             and loaders speak to the daemon, and nobody else
 *   argv[1]   "hold", "deny", or "ask": nobody was asked yet (the wrapped program, of aegis-session)
 *   argv[2]   hold: the number of the held request, decimal; deny: the reason, one line for a person;
 *             ask: "-"
 *   argv[3]   the program as the calling program spelled it: absolute or relative to the working
 *             directory; "" when argv[5] holds AT_EMPTY_PATH; the resolved path when it was relative
 *             to another directory
 *   argv[4]   decimal number of an open descriptor of the program (O_PATH, or with AT_EMPTY_PATH the
 *             descriptor that was executed), which survives this exec, or "-"
 *   argv[5]   flags of execveat, decimal; "0" for execve
 *   argv[6…]  argv of the program, argv[0] first; there may be none
 *
 * The environment is the one that the program will get, rebuilt by the core already. The gate closes
 * the descriptor of argv[4], or sets FD_CLOEXEC, before it executes the program, unless AT_EMPTY_PATH stands.
 */
#ifndef AEGIS_GATE_H
#define AEGIS_GATE_H

#include <stddef.h>

#define AEGIS_GATE_NAME "aegis-gate"
#define AEGIS_GATE_FILTERED "aegis-gate-filtered"
#define AEGIS_GATE_HOLD "hold"
#define AEGIS_GATE_DENY "deny"
#define AEGIS_GATE_ASK "ask"
enum { AEGIS_GATE_WHAT = 1, AEGIS_GATE_SUBJECT, AEGIS_GATE_PATH, AEGIS_GATE_FD, AEGIS_GATE_FLAGS, AEGIS_GATE_ARGV };

/* Exit status of a gate that executed nothing. */
#define AEGIS_GATE_DENIED 126

/* What became of a held request. */
enum aegis_outcome {
    AEGIS_DENIED = 0,
    AEGIS_APPROVED = 1,
    AEGIS_UNKNOWN = 2, /* the daemon does not know the number: ask again, with aegis_execute */
    AEGIS_FAILED = 3   /* no answer to be had; reason says which */
};

struct aegis_attached {
    enum aegis_outcome outcome;
    char rule[256];
    char reason[1025];
};

/*
 * Take up a held request and wait, however long, until it is decided. Survives a restart of the
 * daemon: a lost connection is made again for up to 10 s.
 */
void aegis_attach(unsigned long request, struct aegis_attached *attached);

/* Say that the approved operation is being carried out now. Call it just before the exec. */
void aegis_released(unsigned long request);

/*
 * execveat without a question, for what was approved, with the environment rebuilt for the program as it is
 * now. Returns only when it failed, with -errno.
 */
long aegis_execute_approved(int dirfd, const char *path, char *const argv[], char *const envp[], int flags);

/* The same file as it was when it was asked: compare before and after the wait. */
struct aegis_identity {
    unsigned long device, inode, size;
    long modified_s;
    unsigned modified_ns, born_ns;
    long born_s;
    unsigned mode, links, uid, gid;
};

/* Identity of path relative to dirfd, AT_EMPTY_PATH and AT_SYMLINK_NOFOLLOW in flags: 0 or -errno. */
long aegis_identify(int dirfd, const char *path, int flags, struct aegis_identity *identity);

#endif
