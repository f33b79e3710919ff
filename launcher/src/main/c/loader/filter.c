#include "loader/filter.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/socket.h>

#include "core/block.h"
#include "core/guest.h"
#include "core/state.h"
#include "dispatch/dispatch.h"

#define SYSCALL 2 /* bytes of the instruction, after which the kernel sees us */
#define COUNT(array) (sizeof(array) / sizeof *(array))

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define LOAD_HIGH(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field) + 4)
#define WHEN(value, yes, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), (yes), (no))

/* Jumps count from the next instruction; after the one that allows, the program's own begin. */
static size_t put_ours(struct sock_filter *to) {
    unsigned long at = aegis_line_gate + SYSCALL;
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
        BPF_STMT(BPF_LD | BPF_W | BPF_IMM, 0), /* what theirs may count on */
    };
    memcpy(to, ours, sizeof ours);
    return COUNT(ours);
}

static long install(long nr, const long args[6], int at, struct sock_fprog *program) {
    long changed[6];
    for (int i = 0; i < 6; i++)
        changed[i] = args[i];
    changed[at] = (long)program;
    long result = aegis_syscall6(nr, changed[0], changed[1], changed[2], changed[3], changed[4], changed[5]);
    if (result >= 0)
        core_image.filtered = true;
    return result;
}

long filter_install(long nr, const long args[6], int at) {
    struct sock_fprog theirs;
    struct core_block block;
    if (core_copy(&theirs, (const void *)args[at], sizeof theirs))
        return -EFAULT;
    long error = core_block_map(&block, (BPF_MAXINSNS + 64) * sizeof(struct sock_filter));
    if (error)
        return error;
    struct sock_filter *words = (struct sock_filter *)block.start;
    size_t count = put_ours(words);
    long result = -EINVAL; /* as the kernel says of an empty filter, and of one that is too long */
    if (theirs.len && theirs.len + count <= BPF_MAXINSNS)
        result = core_copy(words + count, theirs.filter, theirs.len * sizeof *words);
    if (!result) {
        struct sock_fprog both = {.len = (unsigned short)(theirs.len + count), .filter = words};
        result = install(nr, args, at, &both);
    }
    core_block_unmap(&block);
    return result;
}

static long set_filter(long nr, const long args[6]) {
    if (args[0] == SECCOMP_SET_MODE_FILTER)
        return filter_install(nr, args, 2);
    return SYS3(nr, args[0], args[1], args[2]);
}

void filter_claim(void) {
    aegis_dispatch_claim(__NR_seccomp, set_filter);
}
