#include "session/session.h"

#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

static bool among(const int *kept, int count, int fd)
{
    for (int i = 0; i < count; i++)
        if (kept[i] == fd)
            return true;
    return false;
}

/* Without /proc, every number that a descriptor can have. */
static void close_blindly(const int *kept, int count)
{
    long limit = sysconf(_SC_OPEN_MAX);
    for (int fd = 3; fd < limit; fd++)
        if (!among(kept, count, fd))
            close(fd);
}

void session_close_others(const int *kept, int count)
{
    DIR *open = opendir("/proc/self/fd");
    if (!open) {
        close_blindly(kept, count);
        return;
    }
    for (struct dirent *entry; (entry = readdir(open));) {
        int fd = atoi(entry->d_name);
        if (isdigit((unsigned char)entry->d_name[0]) && fd > 2 && fd != dirfd(open)
            && !among(kept, count, fd))
            close(fd);
    }
    closedir(open);
}
