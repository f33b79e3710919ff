/* Programs that close or reuse everything: nothing of theirs may behave differently. */
#include "show.h"

#include <sys/stat.h>
#include <sys/syscall.h>

static void show_open(const char *what) {
    printf("%s:", what);
    for (int fd = 0; fd < 100; fd++)
        if (fcntl(fd, F_GETFD) >= 0)
            printf(" %d", fd);
    printf("; by fstat:");
    for (int fd = 0; fd < 2000; fd++) {
        struct stat status;
        if (!fstat(fd, &status))
            printf(" %d", fd);
    }
    printf("\n");
}

int main(void) {
    for (int i = 0; i < 20; i++)
        dup(0);
    show_open("twenty");
    SHOW(close(5)), SHOW(close(5)), SHOW(close(-1)), SHOW(close(10000));
    SHOW(dup2(0, 50)), SHOW(dup2(50, 50)), SHOW(dup2(5, 5)), SHOW(dup2(5, 6)), SHOW(dup2(0, -1)), SHOW(dup2(0, 1 << 30));
    SHOW(dup3(0, 51, O_CLOEXEC)), SHOW(dup3(0, 0, 0)), SHOW(dup3(0, 52, 1)), SHOW(fcntl(51, F_GETFD)), SHOW(fcntl(0, F_DUPFD, 60));
    SHOW(fcntl(0, F_DUPFD_CLOEXEC, 60)), SHOW(fcntl(99, F_GETFL)), SHOW(fcntl(0, F_DUPFD, -1)), SHOW(fcntl(0, 12345));
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int file = open("locked", O_RDWR | O_CREAT, 0600);
    SHOW(fcntl(file, F_SETLK, &lock)), SHOW(fcntl(file, F_GETLK, &lock)), SHOW(fcntl(file, F_SETLKW, &lock)), SHOW(close(file));
    show_open("some");
    SHOW(close_range(7, 9, 0)), SHOW(close_range(9, 7, 0)), SHOW(close_range(10, 20, 4)), SHOW(close_range(3, 4, 1 << 20));
    show_open("fewer");
    SHOW(syscall(SYS_close, 10)), SHOW(syscall(SYS_close, 10)), SHOW(syscall(SYS_dup2, 0, 10)), SHOW(syscall(SYS_close_range, 11, 12, 0));
    SHOW(syscall(SYS_fcntl, 0, F_DUPFD, 30)), SHOW(syscall(SYS_dup3, 0, 31, 0)), SHOW(syscall(SYS_dup2, 31, 31));
    show_open("raw");
    closefrom(15);
    show_open("closefrom 15");
    for (int fd = 3; fd < 65536; fd++)
        close(fd);
    show_open("all closed");
    SHOW(close_range(3, ~0U, 0));
    closefrom(3);
    SHOW(open("locked", O_RDONLY)), SHOW(system("ls -l locked | cut -c1-10"));
    for (int i = 0; i < 30; i++)
        dup(0);
    show_open("all new");
    fflush(stdout);
    pid_t child = vfork();
    if (child == 0) {
        close_range(3, ~0U, 0);
        execl("/bin/sh", "sh", "-c", "ls /proc/self/fd | grep -v '^[79]..$' | wc -l", (char *)NULL);
        _exit(1);
    }
    show_wait("child", child);
    return 0;
}
