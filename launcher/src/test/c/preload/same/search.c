/* The exec family: PATH, errors in their order, scripts without a first line, environments. */
#include "show.h"

#include <limits.h>

extern char **environ;
static char *const hello[] = {"hello", "a b", "", NULL};

#define IN_CHILD(call) \
    ({ \
        fflush(stdout); \
        pid_t child_ = fork(); \
        if (child_ == 0) { \
            SHOW(call); \
            _exit(55); \
        } \
        show_wait(#call, child_); \
    })

static void executables(void) {
    system("mkdir -p bin other closed dir/hello; printf '#!/bin/sh\\necho script \"$0\" \"$#\" \"$1\"\\n' > bin/hello; chmod 755 bin/hello;"
           "printf 'echo plain \"$0\" \"$#\" \"$1\"\\n' > bin/plain; chmod 755 bin/plain; cp bin/hello other/secret; chmod 644 other/secret;"
           "printf '#!/none/such\\n' > bin/orphan; chmod 755 bin/orphan; printf '\\177ELFnot really' > bin/broken; chmod 755 bin/broken;"
           "cp bin/hello closed/inner; : > bin/empty; chmod 755 bin/empty; ln -s loop bin/loop");
}

static void along(const char *path) {
    if (path)
        setenv("PATH", path, 1);
    else
        unsetenv("PATH");
    printf("PATH=%s\n", path ? path : "(none)");
    IN_CHILD(execvp("hello", hello));
    IN_CHILD(execvp("secret", hello));
    IN_CHILD(execvp("plain", hello));
    IN_CHILD(execvp("none-such", hello));
    IN_CHILD(execlp("true", "true", (char *)NULL));
}

int main(void) {
    char *old = strdup(getenv("PATH"));
    executables();
    static const char *const paths[] = {"bin", "other:bin", "bin:other", "other", "none:dir:bin", "", ":bin", "bin:", "bin/hello:other",
                                        "dir", "/bin:/usr/bin", "loop:bin/loop:bin", NULL};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        along(paths[i]);
    char *huge = malloc(PATH_MAX * 2);
    memset(huge, 'p', PATH_MAX * 2), strcpy(huge + PATH_MAX + 50, ":bin");
    along(huge);
    setenv("PATH", old, 1);
    char name[300];
    memset(name, 'x', 299), name[299] = 0;
    IN_CHILD(execvp(name, hello)), IN_CHILD(execvp("", hello)), IN_CHILD(execvp("bin/plain", hello)), IN_CHILD(execv("bin/plain", hello));
    IN_CHILD(execv("bin/orphan", hello)), IN_CHILD(execvp("bin/orphan", hello)), IN_CHILD(execv("bin/empty", hello));
    IN_CHILD(execvp("bin/empty", hello)), IN_CHILD(execvp("bin/broken", hello)), IN_CHILD(execv("bin/broken", hello));
    IN_CHILD(execv("bin/loop", hello)), IN_CHILD(execv("dir", hello)), IN_CHILD(execv("bin/hello/x", hello)), IN_CHILD(execv((char *)8, hello));
    char *const environment[] = {"ONLY=this", NULL};
    IN_CHILD(execle("/bin/sh", "sh", "-c", "echo $ONLY $HOME $0 $1", "zero", "one", (char *)NULL, environment));
    IN_CHILD(execl("/bin/sh", "sh", "-c", "echo $#", "0", "1", "2", "3", "4", "5", "6", "7", (char *)NULL));
    IN_CHILD(execvpe("sh", (char *const[]){"sh", "-c", "echo [$ONLY]", NULL}, environment));
    IN_CHILD(execve("bin/hello", hello, environment));
    int fd = open("/bin/echo", O_RDONLY), script = open("bin/hello", O_RDONLY), shut = open("bin/hello", O_RDONLY | O_CLOEXEC);
    IN_CHILD(fexecve(fd, (char *const[]){"echo", "by descriptor", NULL}, environ));
    IN_CHILD(fexecve(-1, hello, environ)), IN_CHILD(fexecve(99, hello, environ)), IN_CHILD(fexecve(shut, hello, environ));
    IN_CHILD(fexecve(script, (char *const[]){"x", NULL}, NULL));
    int bin = open("bin", O_PATH | O_DIRECTORY);
    IN_CHILD(execveat(bin, "hello", hello, environ, 0)), IN_CHILD(execveat(bin, "none", hello, environ, 0));
    IN_CHILD(execveat(bin, "loop", hello, environ, AT_SYMLINK_NOFOLLOW)), IN_CHILD(execveat(fd, "", hello, environ, AT_EMPTY_PATH));
    IN_CHILD(execveat(99, "hello", hello, environ, 0)), IN_CHILD(execveat(bin, "hello", hello, environ, 12345));
    return 0;
}
