#include "session/session.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "core/page.h"

#define PR_SET_SYSCALL_USER_DISPATCH_ 59
#define PR_SYS_DISPATCH_OFF_ 0

/* What the page of the session asks for; nothing where there is none. */
static uint32_t wanted(const char *directory)
{
    struct core_page head;
    char path[1100];
    snprintf(path, sizeof path, "%s/page", directory);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return 0;
    ssize_t size = read(fd, &head, offsetof(struct core_page, session));
    close(fd);
    bool whole = size == (ssize_t)offsetof(struct core_page, session);
    return whole && memcmp(head.magic, CORE_PAGE_MAGIC, sizeof head.magic) == 0 ? head.flags : 0;
}

/* Turning off what is not on succeeds where the kernel knows it at all. */
static bool has_dispatch(void)
{
    return prctl(PR_SET_SYSCALL_USER_DISPATCH_, PR_SYS_DISPATCH_OFF_, 0, 0, 0) == 0;
}

void session_check_level(const struct session_options *options)
{
    if (!(wanted(options->directory) & CORE_TRAP) || has_dispatch())
        return;
    session_complain("this kernel cannot dispatch system calls, which Linux from 5.11 on can where a distribution "
                     "builds it in: use --supervision libc", 0);
    exit(SESSION_FAILED);
}
