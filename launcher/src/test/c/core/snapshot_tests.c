/* The snapshot of the policy: the vectors of the Java side answered alike; damage means a question, never a crash. */
#include "check.h"
#include "daemon.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/page.h"
#include "core/snapshot.h"
#include "core/state.h"

int failures;
extern char **environ;

#define MOST (1 << 20)
static uint8_t file[MOST];
static size_t file_size;
static uint32_t number;

static size_t decode(const char *text, uint8_t *bytes) {
    size_t size = 0;
    unsigned byte;
    for (; text[0] && text[0] != '\t' && text[0] != '\n' && sscanf(text, "%2x", &byte) == 1; text += 2)
        bytes[size++] = (uint8_t)byte;
    return size;
}

static unsigned answered(void) {
    static char line[2 * MOST];
    unsigned count = 0;
    FILE *vectors = fopen(SNAPSHOT_VECTORS, "r");
    CHECK(vectors != NULL, "%s: %s", SNAPSHOT_VECTORS, strerror(errno));
    while (vectors && fgets(line, sizeof line, vectors)) {
        char *rest = strchr(line, '\t');
        if (*line == '#' || !rest)
            continue;
        if (!file_size) {
            number = (uint32_t)strtoul(line, NULL, 10);
            file_size = decode(rest + 1, file);
            CHECK(core_snapshot_valid(file, file_size, number), "the file of %zu bytes is refused", file_size);
            continue;
        }
        uint8_t path[256];
        path[decode(rest + 1, path)] = 0;
        unsigned wanted = (unsigned)atoi(strrchr(line, '\t') + 1);
        unsigned got = core_snapshot_look_up(file, file_size, atoi(line), (char *)path);
        CHECK(got == wanted, "%u and not %u for %s", got, wanted, path);
        count++;
    }
    return count;
}

/* The bytes end where the memory ends, so that one step beyond them is a crash. */
static void damage_anywhere_stays_within_the_file(void) {
    size_t room = (file_size + 4095) & ~(size_t)4095;
    char *map = mmap(NULL, room + 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    mprotect(map + room, 4096, PROT_NONE);
    uint8_t *tight = (uint8_t *)map + room - file_size;
    static const char path[] = "/home/\xc3\xa9/w/.git/hooks/abc/.env/x.c";
    srandom(7);
    for (int i = 0; i < 200000; i++) {
        memcpy(tight, file, file_size);
        for (int n = 0; n <= i % 4; n++)
            tight[(size_t)random() % (i % 2 ? 300 : file_size)] = (uint8_t)random();
        for (int kind = 0; kind <= 13; kind++)
            core_snapshot_look_up(tight, file_size, kind, path);
    }
    memcpy(tight, file, file_size);
    for (size_t cut = 0; cut < file_size; cut++)
        CHECK(!core_snapshot_valid(tight, cut, number), "cut to %zu bytes it is taken", cut);
    CHECK(!core_snapshot_valid(tight, file_size, number + 1), "under another number it is taken");
    munmap(map, room + 4096);
}

#define ENTRY(kind) (24 + 16 * ((kind) - 1))

static void write_snapshot(const char *directory, uint32_t as) {
    char path[256];
    snprintf(path, sizeof path, "%s/run/snapshot-%u", directory, as);
    memcpy(file + 12, &as, sizeof as);
    memcpy(file + ENTRY(3), file + ENTRY(2), ENTRY(3) - ENTRY(2)); /* who may read may write */
    int fd = open(path, O_CREAT | O_WRONLY | O_EXCL, 0400);
    CHECK(fd >= 0 && write(fd, file, file_size) == (ssize_t)file_size, "%s", path);
    close(fd);
}

static void announce(uint32_t word, size_t at) {
    char path[256];
    snprintf(path, sizeof path, "%s/run/page", session);
    int fd = open(path, O_WRONLY);
    CHECK(fd >= 0 && pwrite(fd, &word, sizeof word, (off_t)at) == sizeof word, "%s", path);
    close(fd);
}

#define SNAPSHOT_WORD 20
#define FLAGS_WORD 16

static void announce_mounts(uint64_t mounts) {
    announce((uint32_t)mounts, 168);
    announce((uint32_t)(mounts >> 32), 172);
}

static void only_in_the_mounts_of_the_session(void) {
    struct stat st;
    stat("/proc/self/ns/mnt", &st);
    CHECK(core_snapshot_answer(2, "/x") == 0, "in unknown mounts it counts");
    if (!fork()) {
        announce_mounts(st.st_ino + 1);
        _exit(core_snapshot_answer(2, "/x") != 0);
    }
    int status;
    wait(&status);
    CHECK(status == 0, "in other mounts it counts");
    announce_mounts(st.st_ino);
}

static void the_page_says_which_file_is_in_force(void) {
    CHECK(core_snapshot_answer(2, "/x") == 0, "without a number nothing is allowed");
    announce(5, SNAPSHOT_WORD);
    CHECK(core_snapshot_answer(2, "/x") == 0, "a file that is not there allows nothing");
    write_snapshot(session, 6);
    announce(6, SNAPSHOT_WORD);
    only_in_the_mounts_of_the_session();
    CHECK(core_snapshot_answer(2, "/x") == 3, "%u", core_snapshot_answer(2, "/x"));
    CHECK(core_snapshot_answer(2, "/x/.env") == 0, "what is unclear is allowed");
    CHECK(core_snapshot_answer(4, "/x") == 0, "a kind without an automaton is allowed");
    CHECK(core_snapshot_answer(2, "x") == 0, "what is no path is allowed");
    announce(7, SNAPSHOT_WORD);
    CHECK(core_snapshot_answer(2, "/x") == 0, "the old file counts on");
    write_snapshot(session, 8);
    announce(8, SNAPSHOT_WORD);
    CHECK(core_snapshot_answer(2, "/x") == 3, "the new file does not count");
    for (uint32_t flag = 1; flag <= 2; flag <<= 1) {
        announce(flag, FLAGS_WORD);
        CHECK(core_snapshot_answer(2, "/x") == 0, "flag %u changes nothing", flag);
    }
    announce(0, FLAGS_WORD);
    core_image.moved = true;
    CHECK(core_snapshot_answer(2, "/x") == 0, "names that mean something else are looked up");
    core_image.moved = false;
    announce(0, SNAPSHOT_WORD);
    CHECK(core_snapshot_answer(2, "/x") == 0, "withdrawn it counts on");
    announce(8, SNAPSHOT_WORD);
}

static unsigned asked(unsigned *from, unsigned type) {
    unsigned count = frames_of(*from, type, NULL);
    *from = shared->frames;
    return count;
}

/* The daemon denies here whatever it is asked. */
static void opens_ask_only_what_the_snapshot_does_not_allow(const char *work) {
    char path[512];
    unsigned from = shared->frames;
    shared->behaviour = DENY;
    static const char *const good[] = {"x", "./x", "sub/", "sub", "../work/x", "."};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        long fd = M(SYS_openat, AT_FDCWD, good[i], O_RDONLY, 0, 0);
        CHECK(fd >= 0 && !close((int)fd), "%s: %ld", good[i], fd);
    }
    long directory = open(work, O_RDONLY | O_DIRECTORY);
    long fd = M(SYS_openat, directory, "x", O_RDONLY, 0, 0);
    CHECK(fd >= 0 && !close((int)fd), "by descriptor: %ld", fd);
    CHECK(M(SYS_openat, AT_FDCWD, "missing", O_RDONLY, 0, 0) == -ENOENT, "missing");
    CHECK(asked(&from, 2) == 0, "the daemon was asked");
    static const char *const bad[] = {".env", "link", "./sub/../.env", "fifo"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        fd = M(SYS_openat, AT_FDCWD, bad[i], O_RDONLY | O_NONBLOCK, 0, 0);
        CHECK(fd == -EACCES, "%s: %ld", bad[i], fd);
        CHECK(asked(&from, 2) == 1, "nobody was asked about %s", bad[i]);
    }
    snprintf(path, sizeof path, "%s/other", home);
    CHECK(M(SYS_openat, AT_FDCWD, path, O_RDONLY, 0, 0) < 0, "the state of Aegis is read");
    close((int)directory);
}

static void files_are_made_and_reported_where_the_snapshot_allows_it(void) {
    unsigned from = shared->frames, reported = from;
    long fd = M(SYS_openat, AT_FDCWD, "fresh", O_WRONLY | O_CREAT | O_EXCL, 0644, 0);
    CHECK(fd >= 0 && !close((int)fd), "fresh: %ld", fd);
    CHECK(asked(&from, 2) == 0, "the daemon was asked");
    CHECK(M(SYS_openat, AT_FDCWD, "set-id", O_WRONLY | O_CREAT, 04755, 0) == -EACCES, "a set-id program was made");
    unlink(".env");
    CHECK(M(SYS_openat, AT_FDCWD, ".env", O_WRONLY | O_CREAT, 0644, 0) == -EACCES, "what is unclear was made");
    CHECK(M(SYS_openat, AT_FDCWD, ".", O_WRONLY | O_TMPFILE, 0644, 0) == -EACCES, "a file without a name was made");
    CHECK(M(SYS_mkdirat, AT_FDCWD, "directory", 0755, 0, 0) < 0, "a directory was made");
    CHECK(M(SYS_mknodat, AT_FDCWD, "pipe", S_IFIFO | 0644, 0, 0) < 0, "a pipe was made");
    CHECK(M(SYS_symlinkat, "x", AT_FDCWD, "symbolic", 0, 0) < 0, "a link was made");
    CHECK(asked(&from, 2) == 6, "not each of them was asked about");
    /* On the same connection as the questions, and so heard by now. */
    CHECK(asked(&reported, 3) == 1, "what was made was not reported");
}

int main(void) {
    CHECK(answered() == 300, "vectors are missing");
    damage_anywhere_stays_within_the_file();
    char work[160];
    daemon_start("", "/bin/true");
    snprintf(work, sizeof work, "%s/work", session);
    mkdir(work, 0755);
    if (chdir(work))
        abort();
    close(open("x", O_WRONLY | O_CREAT, 0644));
    close(open(".env", O_WRONLY | O_CREAT, 0600));
    symlink(".env", "link");
    mkfifo("fifo", 0600);
    mkdir("sub", 0755);
    aegis_start(AEGIS_PRELOAD, environ);
    the_page_says_which_file_is_in_force();
    opens_ask_only_what_the_snapshot_does_not_allow(work);
    files_are_made_and_reported_where_the_snapshot_allows_it();
    session_remove();
    return failures != 0;
}
