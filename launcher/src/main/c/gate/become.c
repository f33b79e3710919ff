#include "gate/gate.h"

#include <sys/utsname.h>

/*
 * Since Linux 6.14 a program that is executed by its descriptor is named after its file; before, it
 * was named after the number of the descriptor. See docs/adr/0001-the-gate-executes-by-descriptor.md.
 */
static bool names_are_kept(void)
{
    struct utsname system;
    unsigned long major, minor = 0;
    const char *at;
    if (SYS1(__NR_uname, &system) != 0 || !core_number(system.release, &major, &at))
        return false;
    if (*at == '.')
        core_number(at + 1, &minor, &at);
    return major > 6 || (major == 6 && minor >= 14);
}

static const char *last_part(const char *path)
{
    const char *name = path;
    for (const char *at = path; *at; at++)
        if (*at == '/')
            name = at + 1;
    return name;
}

/* Through a symbolic link with another name (sh, python3) the process would get the name of the file behind it. */
static bool is_its_own_name(int fd, const char *path)
{
    char link[32], target[CORE_PATH];
    core_decimal(link + core_append(link, sizeof link, "/proc/self/fd/"), (unsigned long)fd);
    long length = SYS3(__NR_readlink, link, target, sizeof target - 1);
    if (CORE_FAILED(length))
        return false;
    target[length] = 0;
    return core_equal(last_part(path), last_part(target));
}

long gate_become(const struct gate_call *call, bool script)
{
    if (call->flags & AT_EMPTY_PATH)
        return aegis_execute_approved(call->fd, "", call->argv, call->envp, call->flags);
    if (call->fd >= 0) {
        SYS3(__NR_fcntl, call->fd, F_SETFD, FD_CLOEXEC);
        if (!script && names_are_kept() && is_its_own_name(call->fd, call->path)) {
            long error = aegis_execute_approved(call->fd, "", call->argv, call->envp, AT_EMPTY_PATH);
            /* ENOENT: the kernel runs it by a registered interpreter, which has to open it by its path. */
            if (error != -ENOENT && error != -ENOSYS)
                return error;
        }
    }
    return aegis_execute_approved(AT_FDCWD, call->path, call->argv, call->envp, call->flags);
}
