/* dlsym may not hand out libc's own function for a name that is taken over, whoever asks and how. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

static int failures;

static void check(const char *what, int right) {
    if (!right)
        printf("lookup: %s\n", what), failures++;
}

static const char *owner(void *address) {
    Dl_info info;
    const char *slash = address && dladdr(address, &info) ? strrchr(info.dli_fname, '/') : NULL;
    return slash ? slash + 1 : "nobody";
}

static int is_ours(void *address) {
    return strcmp(owner(address), "libaegis.so") == 0;
}

int main(void) {
    void *libc = dlopen("libc.so.6", RTLD_LAZY), *self = dlopen(NULL, RTLD_LAZY), *maths = dlopen("libm.so.6", RTLD_LAZY);
    static const char *const names[] = {"unlink", "open64", "execve", "fopen", "dlsym", "syscall", "posix_spawn", "vfork", "_IO_fopen"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        check(names[i], is_ours(dlsym(libc, names[i])));
        check(names[i], is_ours(dlsym(self, names[i])));
        check(names[i], is_ours(dlsym(RTLD_DEFAULT, names[i])));
        check(names[i], is_ours(dlsym(RTLD_NEXT, names[i])));
    }
    check("dlvsym", is_ours(dlvsym(libc, "unlink", "GLIBC_2.2.5")));
    check("both versions", is_ours(dlvsym(libc, "posix_spawn", "GLIBC_2.2.5")) && is_ours(dlvsym(libc, "posix_spawn", "GLIBC_2.15"))
          && dlvsym(libc, "posix_spawn", "GLIBC_2.2.5") != dlvsym(libc, "posix_spawn", "GLIBC_2.15"));
    check("default version", dlsym(libc, "posix_spawn") == dlvsym(libc, "posix_spawn", "GLIBC_2.15"));
    check("wrong version", !dlvsym(libc, "unlink", "GLIBC_9.9") && dlerror());
    check("others stay", strncmp(owner(dlsym(libc, "strlen")), "libc", 4) == 0 && strncmp(owner(dlsym(maths, "cos")), "libm", 4) == 0);
    check("unknown", !dlsym(libc, "no_such_symbol") && strstr(dlerror(), "no_such_symbol"));
    check("through another library", is_ours(dlsym(maths, "unlink")));
    printf("%d\n", failures);
    return failures != 0;
}
