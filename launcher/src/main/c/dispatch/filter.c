/*
 * Filters of system calls (seccomp) that the program installs for itself and its children: they would cut us off from
 * the daemon, and then everything would be denied. So each begins with words of ours: what is called from the address at
 * which loaders and gates speak to the daemon, or from ours in this process, and is a call of that kind, passes.
 */
#include "trap.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include "../core/block.h"
#include "../core/guest.h"
#include "../core/line.h"
#include "../core/state.h"

#define SYSCALL 2 /* bytes of the instruction, after which the kernel sees us */
#define PR_SET_SYSCALL_USER_DISPATCH_ 59
#define COUNT(array) (sizeof(array) / sizeof *(array))
#define MOST_OURS 64

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define LOAD_HIGH(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field) + 4)
#define WHEN(value, yes, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), (yes), (no))

/* What may be called from one address. Jumps count from the next instruction; behind these words goes on what is not let through. */
static size_t put_address(struct sock_filter *to, unsigned long gate) {
    unsigned long at = gate + SYSCALL;
    const struct sock_filter ours[] = {
        LOAD(instruction_pointer),
        WHEN((uint32_t)at, 0, 11),
        LOAD_HIGH(instruction_pointer),
        WHEN((uint32_t)(at >> 32), 0, 9),
        LOAD(nr),
        WHEN(__NR_connect, 6, 0),
        WHEN(__NR_sendto, 5, 0),
        WHEN(__NR_recvfrom, 4, 0),
        WHEN(__NR_setsockopt, 3, 0),
        WHEN(__NR_socket, 0, 3),
        LOAD(args[0]),
        WHEN(AF_UNIX, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    memcpy(to, ours, sizeof ours);
    return COUNT(ours);
}

/* Arming the trap, from anywhere: a filter that answered it would leave what starts later unsupervised, and in good faith. */
static size_t put_arming(struct sock_filter *to) {
    static const struct sock_filter ours[] = {
        LOAD(nr),
        WHEN(__NR_prctl, 0, 3),
        LOAD(args[0]),
        WHEN(PR_SET_SYSCALL_USER_DISPATCH_, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    memcpy(to, ours, sizeof ours);
    return COUNT(ours);
}

static size_t put_ours(struct sock_filter *to) {
    size_t count = put_arming(to);
    count += put_address(to + count, AEGIS_LINE);
    if (aegis_line_gate != AEGIS_LINE)
        count += put_address(to + count, aegis_line_gate);
    to[count++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_IMM, 0); /* what theirs may count on */
    return count;
}

static long install(long nr, const long args[6], struct sock_fprog *program) {
    long result = aegis_syscall6(nr, args[0], args[1], (long)program, args[3], args[4], args[5]);
    if (result >= 0)
        core_image.filtered = true;
    return result;
}

bool aegis_filter_is(long nr, const long args[6]) {
    return nr == __NR_seccomp ? (int)args[0] == SECCOMP_SET_MODE_FILTER
                              : (int)args[0] == PR_SET_SECCOMP && args[1] == SECCOMP_MODE_FILTER;
}

long aegis_filter_install(long nr, const long args[6]) {
    struct sock_fprog theirs;
    struct core_block block;
    if (core_copy(&theirs, (const void *)args[2], sizeof theirs))
        return -EFAULT;
    long error = core_block_map(&block, (BPF_MAXINSNS + MOST_OURS) * sizeof(struct sock_filter));
    if (error)
        return error;
    struct sock_filter *words = (struct sock_filter *)block.start;
    size_t count = put_ours(words);
    long result = -EINVAL; /* as the kernel says of an empty filter, and of one that is too long */
    if (theirs.len && theirs.len + count <= BPF_MAXINSNS)
        result = core_copy(words + count, theirs.filter, theirs.len * sizeof *words);
    if (!result) {
        struct sock_fprog both = {.len = (unsigned short)(theirs.len + count), .filter = words};
        result = install(nr, args, &both);
    }
    core_block_unmap(&block);
    return result;
}
