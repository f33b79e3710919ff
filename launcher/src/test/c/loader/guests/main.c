#include "guest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void guest_fail(const char *file, int line, const char *what)
{
    fprintf(stderr, "%s:%d: %s: %s\n", file, line, what, strerror(errno));
    fflush(NULL);
    _exit(1);
}

static const struct {
    const char *name;
    guest_check *run;
} table[] = {
    {"describe", guest_describe}, {"links", guest_links},       {"unlink", guest_unlink},   {"rename", guest_rename},
    {"write", guest_write},       {"execute", guest_execute},   {"limited", guest_limited}, {"filtered", guest_filtered}, {"raw", guest_raw},         {"threads", guest_threads},
    {"forks", guest_forks},       {"vfork", guest_vfork},       {"spawn", guest_spawn},     {"signals", guest_signals},
    {"longjmp", guest_longjmp},   {"altstack", guest_altstack}, {"tiny", guest_tiny},       {"masks", guest_masks},
    {"hidden", guest_hidden},
};

int main(int argc, char **argv)
{
    for (size_t i = 0; argc > 1 && i < sizeof table / sizeof *table; i++)
        if (!strcmp(table[i].name, argv[1]))
            return table[i].run(argc - 2, argv + 2);
    fprintf(stderr, "guest: no check of that name\n");
    return 2;
}
