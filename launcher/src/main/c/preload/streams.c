/* fopen and freopen: libc makes the stream, a mediated open the descriptor under it. */
#include "preload.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "temporary.h"

#define MODE_LETTERS 7 /* that many does libc look at */
#define PLAIN_MODE 5   /* fdopen looks at fewer */

struct mode {
    int flags;
    char plain[64]; /* the mode without x, for a stream on a file that exists */
};

static int read_mode(struct mode *to, const char *mode) {
    int access, create = 0;
    switch (*mode) {
    case 'r': access = O_RDONLY; break;
    case 'w': access = O_WRONLY; create = O_CREAT | O_TRUNC; break;
    case 'a': access = O_WRONLY; create = O_CREAT | O_APPEND; break;
    default: return -EINVAL;
    }
    for (int i = 1; i < MODE_LETTERS && mode[i]; i++) {
        if (mode[i] == '+')
            access = O_RDWR;
        else if (mode[i] == 'x')
            create |= O_EXCL;
        else if (mode[i] == 'e')
            create |= O_CLOEXEC;
    }
    size_t used = 0;
    for (size_t i = 0; mode[i] && used + 1 < sizeof to->plain; i++)
        if (mode[i] != 'x' || i >= MODE_LETTERS)
            to->plain[used++] = mode[i];
    to->plain[used] = 0;
    to->flags = access | create;
    return 0;
}

/* libc puts a stream that only appends at the end at once. */
static void seek_to_end(const struct mode *mode, int fd) {
    if ((mode->flags & (O_APPEND | O_ACCMODE)) == (O_APPEND | O_WRONLY))
        SYS3(SYS_lseek, fd, 0, SEEK_END);
}

/* Put fd under the stream, which keeps its number. */
static void slide_under(FILE *stream, int fd, const struct mode *mode) {
    SYS3(SYS_dup3, fd, aegis_real.fileno(stream), mode->flags & O_CLOEXEC);
    SYS1(SYS_close, fd);
}

static FILE *close_and_fail(int fd) {
    SYS1(SYS_close, fd);
    return NULL;
}

EXPORT FILE *fopen(const char *path, const char *mode) {
    aegis_ready();
    struct mode read;
    if (aegis_result(read_mode(&read, mode)) < 0)
        return NULL;
    int special = strlen(mode) > PLAIN_MODE;
    FILE *stream = special ? aegis_real.fopen("/dev/null", read.plain) : NULL;
    int unusable = special && !stream ? errno : 0; /* libc notices only after it has opened the file */
    long fd = CARRY_OUT(SYS_openat, AT_FDCWD, path, read.flags, 0666);
    if (fd >= 0 && unusable) {
        SYS1(SYS_close, fd);
        fd = -unusable;
    }
    if (fd < 0) {
        if (stream)
            aegis_real.fclose(stream);
        errno = (int)-fd;
        return NULL;
    }
    seek_to_end(&read, (int)fd);
    if (stream) {
        slide_under(stream, (int)fd, &read);
        return stream;
    }
    stream = aegis_real.fdopen((int)fd, mode);
    return stream ? stream : close_and_fail((int)fd);
}

/* Without a path the stream's own file is opened again, with another mode. */
EXPORT FILE *freopen(const char *path, const char *mode, FILE *stream) {
    aegis_ready();
    char again[32];
    struct mode read;
    long fd = read_mode(&read, mode);
    if (fd == 0) {
        if (!path)
            snprintf(again, sizeof again, "/proc/self/fd/%d", aegis_real.fileno(stream));
        fd = CARRY_OUT(SYS_openat, AT_FDCWD, path ? path : again, read.flags, 0666);
    }
    if (fd < 0) {
        aegis_real.freopen("", "r", stream); /* closes the stream and fails, as it must */
        errno = (int)-fd;
        return NULL;
    }
    /* A program that closed the stream's descriptor by itself: ours took its number. */
    if (fd == aegis_real.fileno(stream)) {
        long moved = SYS3(SYS_fcntl, fd, F_DUPFD_CLOEXEC, fd + 1);
        SYS1(SYS_close, fd);
        if (aegis_result(moved) < 0)
            return NULL;
        fd = moved;
    }
    FILE *result = aegis_real.freopen("/dev/null", read.plain, stream);
    if (!result)
        return close_and_fail((int)fd);
    seek_to_end(&read, (int)fd);
    slide_under(result, (int)fd, &read);
    return result;
}

EXPORT FILE *_IO_file_fopen(FILE *stream, const char *path, const char *mode, int is32not64);
FILE *_IO_file_fopen(FILE *stream, const char *path, const char *mode, int is32not64) {
    struct mode read;
    long refused = read_mode(&read, mode);
    if (!refused)
        refused = ASK(SYS_openat, AT_FDCWD, path, read.flags, 0666);
    if (aegis_result(refused) < 0)
        return NULL;
    return aegis_real._IO_file_fopen(stream, path, mode, is32not64);
}

static long unnamed_file(void) {
    long fd = CARRY_OUT(SYS_openat, AT_FDCWD, P_tmpdir, O_RDWR | O_EXCL | O_TMPFILE, 0600);
    if (fd >= 0)
        return fd;
    char name[] = P_tmpdir "/tmpfXXXXXX";
    fd = aegis_temporary(name, 0, 0, 0);
    if (fd >= 0)
        CARRY_OUT(SYS_unlinkat, AT_FDCWD, name, 0);
    return fd;
}

EXPORT FILE *tmpfile(void) {
    aegis_ready();
    long fd = aegis_result(unnamed_file());
    if (fd < 0)
        return NULL;
    FILE *stream = aegis_real.fdopen((int)fd, "w+");
    return stream ? stream : close_and_fail((int)fd);
}

ANOTHER_NAME(fopen64, fopen);
ANOTHER_NAME(_IO_fopen, fopen);
ANOTHER_NAME(freopen64, freopen);
ANOTHER_NAME(tmpfile64, tmpfile);
