#include "loader/names.h"

#include <fcntl.h>

#include "core/block.h"
#include "core/guest.h"
#include "core/mediate.h"
#include "dispatch/dispatch.h"
#include "loader/proc.h"

#define NAME "exe"

/* What such a call does with the name. */
enum act { LOOKS, READS_LINK, OPENS, EXECUTES };

static const struct row {
    uint16_t number;
    int8_t dir, path, flags; /* arguments; -1 for none */
    enum act act;
    int keeps_link; /* bits in flags with which the link itself is meant */
} rows[] = {
    {__NR_readlink, -1, 0, -1, READS_LINK, 0},
    {__NR_readlinkat, 0, 1, -1, READS_LINK, 0},
    {__NR_stat, -1, 0, -1, LOOKS, 0},
    {__NR_newfstatat, 0, 1, 3, LOOKS, AT_SYMLINK_NOFOLLOW},
    {__NR_statx, 0, 1, 2, LOOKS, AT_SYMLINK_NOFOLLOW},
    {__NR_access, -1, 0, -1, LOOKS, 0},
    {__NR_faccessat, 0, 1, -1, LOOKS, 0},
    {__NR_faccessat2, 0, 1, 3, LOOKS, AT_SYMLINK_NOFOLLOW},
    {__NR_open, -1, 0, 1, OPENS, O_NOFOLLOW},
    {__NR_openat, 0, 1, 2, OPENS, O_NOFOLLOW},
    {__NR_execve, -1, 0, -1, EXECUTES, 0},
    {__NR_execveat, 0, 1, 4, EXECUTES, AT_SYMLINK_NOFOLLOW},
};

static const struct row *row_of(long nr) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].number == nr)
            return &rows[i];
    return NULL;
}

/* True for names that end as an exe link does; nothing else is looked at twice. */
static bool is_worth_it(const struct row *row, const long args[6], char spelled[PROC_SPELLING]) {
    if (row->flags >= 0 && args[row->flags] & row->keeps_link)
        return false;
    const char *guest = (const char *)args[row->path];
    long size = guest ? core_copy_text(spelled, guest, PROC_SPELLING) : 0;
    return size >= (long)sizeof NAME - 1 && core_equal(spelled + size - (sizeof NAME - 1), NAME);
}

/* Would the kernel write size bytes there? It writes the signal mask, and we the same bytes again. */
static bool is_writable(char *guest, size_t size) {
    return size >= 8 && !SYS4(__NR_rt_sigprocmask, 0, 0, guest, 8) &&
           !SYS4(__NR_rt_sigprocmask, 0, 0, guest + size - 8, 8);
}

static long read_link(const struct row *row, const long args[6], const char *program, size_t size) {
    char *guest = (char *)args[row->path + 1];
    long room = (int)args[row->path + 2];
    if (room <= 0)
        return -EINVAL;
    if (size > (size_t)room)
        size = (size_t)room;
    if (!is_writable(guest, size)) {
        /* The link to the loader is longer than that: the kernel says whether there is room. */
        long written = size < 8 ? SYS4(__NR_readlinkat, AT_FDCWD, "/proc/self/exe", guest, size) : -EFAULT;
        if (written < 0)
            return written;
    }
    memcpy(guest, program, size);
    return (long)size;
}

/* Programs look so which of their descriptors are open; no path means the descriptor, also where one is not even looked at. */
static bool means_ours(const struct row *row, const long args[6]) {
    return row->act == LOOKS && row->flags >= 0 && args[row->flags] & AT_EMPTY_PATH && aegis_owns_descriptor((int)args[row->dir]);
}

static long as_it_is(const struct row *row, long nr, const long args[6]) {
    if (row->act == OPENS || row->act == EXECUTES)
        return aegis_mediate(nr, args);
    return aegis_syscall6(nr, args[0], args[1], args[2], args[3], args[4], args[5]);
}

static long instead(const struct row *row, long nr, const long args[6], const struct proc_program *program) {
    long changed[6];
    if (row->act == READS_LINK)
        return read_link(row, args, program->path, program->size);
    if (program->gone)
        return -ENOENT;
    for (int i = 0; i < 6; i++)
        changed[i] = args[i];
    changed[row->path] = (long)program->path;
    if (row->dir >= 0)
        changed[row->dir] = AT_FDCWD;
    return as_it_is(row, nr, changed);
}

static long run(long nr, const long args[6]) {
    const struct row *row = row_of(nr);
    char spelled[PROC_SPELLING];
    if (means_ours(row, args))
        return -EBADF;
    if (!is_worth_it(row, args, spelled))
        return as_it_is(row, nr, args);
    struct core_block block; /* one that an exec takes with it, also in a vfork child */
    long result = core_block_map(&block, sizeof(struct proc_program));
    if (result)
        return result;
    struct proc_program *program = (struct proc_program *)block.start;
    int dir = row->dir < 0 ? AT_FDCWD : (int)args[row->dir];
    result = proc_find_program(program, dir, spelled) ? instead(row, nr, args, program) : as_it_is(row, nr, args);
    core_block_unmap(&block);
    return result;
}

void names_claim(void) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        aegis_dispatch_claim(rows[i].number, run);
}
