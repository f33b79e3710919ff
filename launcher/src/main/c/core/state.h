/*
 * What the core remembers: of the image since it started, and of the process since it was forked.
 *
 * struct core_image is written by aegis_start alone and survives fork. struct core_process lies in
 * a page that the kernel wipes in every forked child, so a child never takes its parent's
 * connections or numbers for its own, whichever way it was forked. A vfork child sees its parent's.
 */
#ifndef AEGIS_STATE_H
#define AEGIS_STATE_H

#include "base.h"
#include "claim.h"
#include "mediate.h"
#include "page.h"

#define CORE_KINDS 12
#define CORE_CONNECTIONS 8
#define CORE_BORROWERS 8
#define CORE_TOLD 24
#define CORE_BLOCKS 4

/* An object by what no second name changes. */
struct core_object {
    uint64_t device, inode, mount;
    bool known;
};

struct core_image {
    const struct core_page *page;
    enum aegis_front front;
    int pid; /* of the process that executed this image */
    uint8_t coverage, coverage_reason; /* as HELLO says them */
    struct core_object error_fd; /* descriptor 2 at the start, when lines may be written to it */
    struct core_object home, run, root;
    struct core_object proc; /* known: proc_fd holds /proc, since names mean something else */
    int proc_fd;
    bool filtered; /* the program has a filter of system calls that knows us: only the loader's address passes it */
    bool moved; /* chroot, unshare or setns was allowed: names no longer mean what they did */
    char session[1040]; /* AEGIS_SESSION=… */
};

struct core_connection {
    struct core_claim claim;
    int32_t fd; /* -1 and inode 0: not open */
    uint64_t inode;
};

struct core_process {
    int32_t pid; /* 0: wiped by a fork and not yet taken over */
    uint32_t sequence;
    uint64_t transaction;
    uint64_t counts[CORE_KINDS];
    struct core_connection connections[CORE_CONNECTIONS];
    struct {
        int32_t pid;
        uint32_t sequence;
    } borrowers[CORE_BORROWERS]; /* vfork children that run on this memory */
    uint32_t told[CORE_TOLD];
    struct core_claim blocks[CORE_BLOCKS]; /* of scratch.c */
    uint8_t mounts; /* of snapshot.c: 0 not looked at, 1 those of the session, 2 others */
};

extern struct core_image core_image;

/* The record of this process, or of the one whose memory a vfork child runs on. */
struct core_process *core_process(void);

/* True when the caller runs on memory that is another process's: a vfork child. */
bool core_borrowing(const struct core_process *process);

/* True when this process has not executed a program since it was forked; the gate is none. */
bool core_fresh(void);

/* The next number of the caller's ASK and REPORT frames. */
uint64_t core_next_sequence(struct core_process *process);
uint64_t core_next_transaction(struct core_process *process);

/* Count an operation that was allowed without asking. */
void core_count(int kind);

static inline bool core_narrowed(void) {
    const struct core_page *page = core_image.page;
    return page && (*(const volatile uint32_t *)&page->flags & CORE_NARROWED);
}

/* The directory of the session, as the environment named it; "" without one. */
const char *core_session_directory(void);

/* What a descriptor or path is: false when it cannot be told. */
bool core_object_of(int dirfd, const char *path, int flags, struct core_object *object);

#endif
