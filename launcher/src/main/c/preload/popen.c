/*
 * popen and pclose, on a judged spawn and a plain pipe stream.
 *
 * libc keeps the pid inside a stream of a private kind; here it stands in a list of nodes that is
 * pushed to and claimed from by compare-and-swap. Nodes are used again and never freed, so a reader
 * may walk the list at any time.
 */
#include "preload.h"

#include "shell.h"
#include "spawn.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

struct node {
    FILE *stream; /* NULL: free */
    pid_t child;
    struct node *next;
};

static struct node *nodes;
static FILE *const reserved = (FILE *)-1;

static struct node *take_node(void) {
    for (struct node *node = __atomic_load_n(&nodes, __ATOMIC_ACQUIRE); node; node = node->next) {
        FILE *free_one = NULL;
        if (__atomic_compare_exchange_n(&node->stream, &free_one, reserved, 0, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED))
            return node;
    }
    struct node *node = malloc(sizeof *node);
    if (!node)
        return NULL;
    node->stream = reserved;
    node->next = __atomic_load_n(&nodes, __ATOMIC_RELAXED);
    while (!__atomic_compare_exchange_n(&nodes, &node->next, node, 1, __ATOMIC_RELEASE, __ATOMIC_RELAXED))
        continue;
    return node;
}

static void set_stream(struct node *node, FILE *stream) {
    __atomic_store_n(&node->stream, stream, __ATOMIC_RELEASE);
}

/* The child of a stream, which is forgotten; 0 for a stream that popen did not make. */
static pid_t claim(FILE *stream) {
    for (struct node *node = __atomic_load_n(&nodes, __ATOMIC_ACQUIRE); node; node = node->next) {
        pid_t child = node->child;
        FILE *expected = stream;
        if (__atomic_compare_exchange_n(&node->stream, &expected, NULL, 0, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED))
            return child;
    }
    return 0;
}

struct mode {
    int reads;
    int close_on_exec;
};

static int read_mode(struct mode *to, const char *mode) {
    int reads = 0, writes = 0;
    to->close_on_exec = 0;
    for (; *mode; mode++)
        switch (*mode) {
        case 'r': reads = 1; break;
        case 'w': writes = 1; break;
        case 'e': to->close_on_exec = 1; break;
        default: return -EINVAL;
        }
    to->reads = reads;
    return reads != writes ? 0 : -EINVAL;
}

/* POSIX: streams of earlier popen calls are closed in the child. */
static int close_others(posix_spawn_file_actions_t *actions, int kept) {
    int error = 0;
    for (struct node *node = __atomic_load_n(&nodes, __ATOMIC_ACQUIRE); node && !error; node = node->next) {
        FILE *stream = __atomic_load_n(&node->stream, __ATOMIC_ACQUIRE);
        int fd = stream && stream != reserved ? aegis_real.fileno(stream) : kept;
        if (fd != kept)
            error = posix_spawn_file_actions_addclose(actions, fd);
    }
    return error;
}

static int spawn(pid_t *child, const char *command, int end, int standard) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    int error = posix_spawn_file_actions_adddup2(&actions, end, standard);
    if (!error)
        error = close_others(&actions, standard);
    char *vector[AEGIS_SHELL_ARGUMENTS];
    aegis_shell_command(vector, command);
    if (!error)
        error = aegis_spawn_program(child, AEGIS_SHELL, &actions, NULL, vector, environ, 0);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

static FILE *fail(struct node *node, FILE *stream, int end, int error) {
    if (stream)
        aegis_real.fclose(stream);
    else if (end >= 0)
        SYS1(SYS_close, end);
    if (node)
        set_stream(node, NULL);
    errno = error;
    return NULL;
}

EXPORT FILE *popen(const char *command, const char *mode) {
    aegis_ready();
    struct mode read;
    if (aegis_result(read_mode(&read, mode)) < 0)
        return NULL;
    int ends[2];
    if (aegis_result(SYS2(SYS_pipe2, ends, O_CLOEXEC)) < 0)
        return NULL;
    int own = ends[!read.reads], other = ends[read.reads], standard = read.reads ? 1 : 0;
    struct node *node = take_node();
    FILE *stream = node ? aegis_real.fdopen(own, read.reads ? "r" : "w") : NULL;
    int error = stream ? spawn(&node->child, command, other, standard) : ENOMEM;
    SYS1(SYS_close, other);
    if (error)
        return fail(node, stream, own, error);
    if (!read.close_on_exec)
        SYS3(SYS_fcntl, own, F_SETFD, 0);
    set_stream(node, stream);
    return stream;
}

static int close_and_wait(FILE *stream, pid_t child) {
    int status, closed = aegis_real.fclose(stream), old = 0;
    if (aegis_real.pthread_setcancelstate)
        aegis_real.pthread_setcancelstate(1, &old);
    pid_t waited;
    do
        waited = waitpid(child, &status, 0);
    while (waited < 0 && errno == EINTR);
    if (aegis_real.pthread_setcancelstate)
        aegis_real.pthread_setcancelstate(old, NULL);
    return waited < 0 || closed < 0 ? -1 : status;
}

/* In glibc pclose and fclose are one function. */
EXPORT int fclose(FILE *stream) {
    aegis_ready();
    pid_t child = __atomic_load_n(&nodes, __ATOMIC_ACQUIRE) ? claim(stream) : 0;
    return child ? close_and_wait(stream, child) : aegis_real.fclose(stream);
}

EXPORT int pclose(FILE *stream) {
    return fclose(stream);
}

/* Of the C++ library of 1999, and nobody else's: it has no way to be judged. */
EXPORT FILE *_IO_proc_open(FILE *stream, const char *command, const char *mode);
FILE *_IO_proc_open(FILE *stream, const char *command, const char *mode) {
    (void)stream;
    (void)command;
    (void)mode;
    errno = ENOSYS;
    return NULL;
}

ANOTHER_NAME(_IO_popen, popen);
ANOTHER_NAME(_IO_fclose, fclose);
