/* mkstemp and its relations: unique, private, and picky about templates. */
#include "show.h"

static void made(const char *what, int fd, const char *name, const char *pattern) {
    struct stat by_name, by_fd;
    printf("%s: %s mode %o same %d flags %o cloexec %d kept %d\n", what, fd < 0 ? strerrorname_np(errno) : "made",
           fstat(fd, &by_fd) == 0 ? by_fd.st_mode : 0, stat(name, &by_name) == 0 && by_name.st_ino == by_fd.st_ino,
           fcntl(fd, F_GETFL), fcntl(fd, F_GETFD), strncmp(name, pattern, strcspn(pattern, "X")) == 0);
}

int main(void) {
    umask(0);
    char a[] = "oneXXXXXX", b[] = "twoXXXXXX.txt", c[] = "threeXXXXXX", d[] = "fourXXXXXX.c", e[] = "dirXXXXXX";
    made("mkstemp", mkstemp(a), a, "oneX");
    made("mkstemps", mkstemps(b, 4), b, "twoX");
    made("mkostemp", mkostemp(c, O_CLOEXEC | O_APPEND), c, "threeX");
    made("mkostemps", mkostemps(d, 2, O_SYNC), d, "fourX");
    struct stat status;
    printf("mkdtemp %d", mkdtemp(e) == e), stat(e, &status), printf(" mode %o\n", status.st_mode);
    printf("suffix %s %s\n", strrchr(b, '.'), strrchr(d, '.'));
    char few[] = "XXXXX", none[] = "name", behind[] = "XXXXXXy", missing[] = "none/XXXXXX", tiny[] = "";
    SHOW(mkstemp(few)), SHOW(mkstemp(none)), SHOW(mkstemp(behind)), SHOW(mkstemp(missing)), SHOW(mkstemp(tiny));
    SHOW(mkstemps(behind, 1) >= 0), SHOW(mkstemps(few, -1)), SHOW(mkstemps(few, 40));
    SHOW_POINTER(mkdtemp(none)), SHOW_POINTER(mkdtemp(missing));
    int different = 1;
    char names[500][8];
    for (int i = 0; i < 500; i++) {
        strcpy(names[i], "XXXXXX");
        close(mkstemp(names[i]));
        for (int j = 0; j < i; j++)
            different &= strcmp(names[i], names[j]) != 0;
    }
    printf("500 different names: %d\n", different);
    return 0;
}
