/* Shared memory, semaphores and message queues: names below /dev/shm or in the kernel's own space. */
#include "preload.h"

#include <limits.h>
#include <mqueue.h>
#include <semaphore.h>
#include <string.h>
#include <sys/mman.h>

#define DIRECTORY "/dev/shm/"
#define NEEDS_MODE(flags) (((flags) & O_CREAT) || ((flags) & O_TMPFILE) == O_TMPFILE)

struct name {
    char path[sizeof DIRECTORY + NAME_MAX + sizeof "sem."];
};

/* The file that libc will use; 0 for a name that it refuses by itself. */
static int find(struct name *to, const char *prefix, const char *name) {
    while (*name == '/')
        name++;
    if (!*name || strchr(name, '/') || strlen(name) > NAME_MAX)
        return 0;
    strcpy(stpcpy(stpcpy(to->path, DIRECTORY), prefix), name);
    return 1;
}

static long judge_open(const char *prefix, const char *name, int flags, mode_t mode) {
    struct name file;
    return find(&file, prefix, name) ? ASK(SYS_openat, AT_FDCWD, file.path, flags | O_NOFOLLOW | O_CLOEXEC, mode) : 0;
}

static long judge_unlink(const char *prefix, const char *name) {
    struct name file;
    return find(&file, prefix, name) ? ASK(SYS_unlinkat, AT_FDCWD, file.path, 0) : 0;
}

EXPORT int shm_open(const char *name, int flags, mode_t mode) {
    aegis_ready();
    long refused = judge_open("", name, flags, mode);
    return refused ? (int)aegis_result(refused) : aegis_real.shm_open(name, flags, mode);
}

EXPORT int shm_unlink(const char *name) {
    aegis_ready();
    long refused = judge_unlink("", name);
    return refused ? (int)aegis_result(refused) : aegis_real.shm_unlink(name);
}

EXPORT sem_t *sem_open(const char *name, int flags, ...) {
    aegis_ready();
    mode_t mode = 0;
    unsigned value = 0;
    if (flags & O_CREAT) {
        va_list more;
        va_start(more, flags);
        mode = va_arg(more, mode_t);
        value = va_arg(more, unsigned);
        va_end(more);
    }
    long refused = judge_open("sem.", name, O_RDWR | (flags & (O_CREAT | O_EXCL)), mode);
    if (aegis_result(refused) < 0)
        return SEM_FAILED;
    return aegis_real.sem_open(name, flags, mode, value);
}

EXPORT int sem_unlink(const char *name) {
    aegis_ready();
    long refused = judge_unlink("sem.", name);
    return refused ? (int)aegis_result(refused) : aegis_real.sem_unlink(name);
}

static mqd_t open_queue(const char *name, int flags, mode_t mode, const struct mq_attr *attributes) {
    if (*name != '/')
        return (mqd_t)aegis_result(-EINVAL);
    return (mqd_t)aegis_result(CARRY_OUT(SYS_mq_open, name + 1, flags, mode, attributes));
}

EXPORT mqd_t mq_open(const char *name, int flags, ...) {
    mode_t mode = 0;
    struct mq_attr *attributes = NULL;
    if (flags & O_CREAT) {
        va_list more;
        va_start(more, flags);
        mode = va_arg(more, mode_t);
        attributes = va_arg(more, struct mq_attr *);
        va_end(more);
    }
    return open_queue(name, flags, mode, attributes);
}

EXPORT mqd_t __mq_open_2(const char *name, int flags);
mqd_t __mq_open_2(const char *name, int flags) {
    aegis_ready();
    if (NEEDS_MODE(flags)) /* libc ends such a program, in these words or others */
        return aegis_real.__open_2(name, flags);
    return open_queue(name, flags, 0, NULL);
}

EXPORT int mq_unlink(const char *name) {
    long result = *name != '/' ? -EINVAL : CARRY_OUT(SYS_mq_unlink, name + 1);
    return (int)aegis_result(result == -EPERM ? -EACCES : result);
}
