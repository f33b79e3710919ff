#define _GNU_SOURCE
#include "bypass.h"

static void copied(void)
{
    int from = open(self, O_RDONLY), to = (int)raw(SYS_memfd_create, "copy", 0, 0);
    char buffer[65536];
    for (ssize_t got; (got = read(from, buffer, sizeof buffer)) > 0;)
        if (write(to, buffer, (size_t)got) != got)
            return;
    char *const words[] = {"copy", "plain", (char *)victim, NULL};
    char *const nothing[] = {NULL};
    raw6(SYS_execveat, to, (long)"", (long)words, (long)nothing, AT_EMPTY_PATH, 0);
}
static void again(void)
{
    char *const words[] = {self, "plain", (char *)victim, NULL};
    char *const nothing[] = {NULL};
    raw(SYS_execve, "/proc/self/exe", words, nothing);
}
static void by_linker(void)
{
    execle("/lib64/ld-linux-x86-64.so.2", "ld.so", "--preload", "", "--inhibit-rpath", "", self, "plain", victim, (char *)NULL, (char *[]){NULL});
}
/* Variables by which a loader takes other code with it. */
static void other_variables(void)
{
    execle(self, self, "plain", victim, (char *)NULL, (char *[]){"LD_AUDIT=libaudit-none.so", "LD_PRELOAD=", "LD_BIND_NOW=1", "LD_LIBRARY_PATH=/nowhere", "GLIBC_TUNABLES=glibc.rtld.optional_static_tls=0", NULL});
}
static void audited_by_linker(void)
{
    execle("/lib64/ld-linux-x86-64.so.2", "ld.so", "--audit", "libaudit-none.so", "--argv0", "other", self, "plain", victim, (char *)NULL, (char *[]){NULL});
}
/* From shared memory, under a name that is gone when it runs. */
static void nameless(void)
{
    char path[64], buffer[65536];
    snprintf(path, sizeof path, "copy-%d", getpid());
    int from = open(self, O_RDONLY), to = open(path, O_WRONLY | O_CREAT | O_EXCL, 0700);
    for (ssize_t got; (got = read(from, buffer, sizeof buffer)) > 0;)
        if (write(to, buffer, (size_t)got) != got)
            return;
    close(to);
    int program = open(path, O_PATH | O_CLOEXEC);
    unlink(path);
    fexecve(program, (char *[]){"copy", "plain", (char *)victim, NULL}, (char *[]){NULL});
}

const struct attack attacks_of_programs[] = {
    {"copied", copied}, {"again", again}, {"by-linker", by_linker}, {"other-variables", other_variables},
    {"audited-by-linker", audited_by_linker}, {"nameless", nameless},
    {NULL, NULL},
};
