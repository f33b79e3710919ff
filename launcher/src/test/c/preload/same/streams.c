/* fopen, freopen, tmpfile: modes, flags, descriptors, positions, errors. */
#include "show.h"

static void describe(const char *what, FILE *stream) {
    if (!stream) {
        printf("%s: NULL %s\n", what, strerrorname_np(errno));
        return;
    }
    int fd = fileno(stream);
    struct stat status;
    fstat(fd, &status);
    printf("%s: fd %d flags %o cloexec %d at %ld offset %ld size %ld mode %o\n", what, fd, fcntl(fd, F_GETFL),
           fcntl(fd, F_GETFD), ftell(stream), (long)lseek(fd, 0, SEEK_CUR), (long)status.st_size, status.st_mode);
}

static void open_and_use(const char *path, const char *mode) {
    char what[100], text[20] = "";
    snprintf(what, sizeof what, "fopen(%s, %s)", path, mode);
    errno = 0;
    FILE *stream = fopen(path, mode);
    describe(what, stream);
    if (!stream)
        return;
    printf("  write %d", fputs("new", stream) < 0 ? -1 : 0);
    printf(" error %d", ferror(stream));
    rewind(stream);
    printf(" read %s", fgets(text, sizeof text, stream) ? text : "nothing");
    printf(" close %d\n", fclose(stream));
}

static void every_mode(void) {
    static const char *const modes[] = {"r",   "w",   "a",   "r+",  "w+",  "a+", "rb",    "rb+",  "r+b",   "we",    "re",
                                        "ae",  "wx",  "w+x", "wxe", "rm",  "rc", "rcme+", "",     "q",     "+",     "rw",
                                        "r+x", "ax",  "abcdefgh", "r,ccs=UTF-8", "w,ccs=UTF-8", "wex,ccs=UTF-8",
                                        "re+,ccs=UTF-8", "r,ccs=NONSENSE", "rbbbbbbbb+"};
    static const char *const paths[] = {"there", "new", "directory", "closed", "none/x", "", "link", "dangling", "pipe/"};
    for (size_t m = 0; m < sizeof modes / sizeof *modes; m++)
        for (size_t p = 0; p < sizeof paths / sizeof *paths; p++) {
            write_file("there", "text\n", 0644);
            unlink("new");
            unlink("target");
            open_and_use(paths[p], modes[m]);
        }
}

static void reopening(void) {
    write_file("there", "text\n", 0644);
    FILE *stream = fopen("there", "r");
    describe("freopen other", stream = freopen("new", "w", stream));
    fputs("through", stream);
    describe("freopen same for append", stream = freopen(NULL, "a", stream));
    fputs(" and on", stream);
    describe("freopen same for reading", stream = freopen(NULL, "r", stream));
    char text[50] = "";
    printf("read %s\n", fgets(text, sizeof text, stream));
    describe("freopen with e", stream = freopen("there", "re", stream));
    describe("freopen to nothing", freopen("none/x", "r", stream));
    close(0);
    describe("freopen of closed stdin", freopen("there", "r", stdin));
    printf("read %s", fgets(text, sizeof text, stdin));
    describe("freopen of stdin again", freopen("/dev/null", "r", stdin));
    close(0);
    FILE *lowest = fopen("there", "r,ccs=UTF-8");
    describe("lowest descriptor", lowest);
    fclose(lowest);
    lowest = fopen("there", "r");
    describe("lowest descriptor, plain", lowest);
    describe("freopen nonsense mode", freopen("there", "z", lowest));
}

static void scratch(void) {
    FILE *stream = tmpfile();
    struct stat status;
    fstat(fileno(stream), &status);
    printf("tmpfile: mode %o links %d flags %o cloexec %d\n", status.st_mode, (int)status.st_nlink,
           fcntl(fileno(stream), F_GETFL), fcntl(fileno(stream), F_GETFD));
    fputs("abc", stream);
    rewind(stream);
    printf("first %c\n", fgetc(stream));
    SHOW(fclose(stream));
}

int main(void) {
    umask(022);
    mkdir("directory", 0755);
    write_file("closed", "closed\n", 0);
    symlink("there", "link");
    symlink("target", "dangling");
    every_mode();
    reopening();
    scratch();
    return 0;
}
