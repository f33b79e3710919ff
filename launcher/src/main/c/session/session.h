/*
 * aegis-session: the starter of a session. It makes the surroundings that the wrapped program would
 * have had without Aegis, runs it as its child, and lives as long as the program does.
 *
 * It is never preloaded (a static program) and judges nothing. Its exit status is the program's, or
 * SESSION_FAILED when the session could not be made, 126 or 127 when the program could not be started.
 */
#ifndef AEGIS_SESSION_H
#define AEGIS_SESSION_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

enum {
    SESSION_FAILED = 125,
    SESSION_NOT_EXECUTABLE = 126,
    SESSION_NOT_FOUND = 127,
    SESSION_KEPT_MAX = 256,
};

/* What the kernel refuses whatever the wrapped program and all it starts do. */
enum session_floor {
    FLOOR_NONE,
    FLOOR_SCOPE,                   /* signals, tracing and abstract sockets end at the session */
    FLOOR_SCOPE_NO_NEW_PRIVILEGES, /* likewise, for users who may lay it only by giving up set-id programs */
};

/* What the command line asked for. A descriptor that was not given is -1. */
struct session_options {
    const char *directory;
    const char *gate; /* through which the program starts, so that it is judged as well; NULL: directly */
    bool terminal;
    int ready_fd;
    int go_fd;
    bool restore_nofile;
    struct rlimit nofile;
    uint64_t ignored; /* masks: bit n-1 stands for signal n */
    uint64_t blocked;
    bool end_with_launcher;
    bool end_leftover;
    enum session_floor floor;
    int kept[SESSION_KEPT_MAX];
    int kept_count;
    char **command;
};

/* Fill options from argv; on a mistake, say what was expected on descriptor 2 and exit. */
void session_options_read(struct session_options *options, char **argv);

/* Say `aegis: what: strerror(error)` on descriptor 2; error 0 leaves the second part out. */
void session_complain(const char *what, int error);

/* Close every descriptor from 3 up but those listed. */
void session_close_others(const int *kept, int count);

/* End, with the reason, when the kernel cannot give the level of supervision that the session asks for. */
void session_check_level(const struct session_options *options);

/* Make the session, its terminal and the subreaper, report ready and wait for go; exit on failure. */
void session_prepare(const struct session_options *options);

/*
 * Become the program, found on PATH as execvp finds it, by way of the gate, which asks first. Returns,
 * with errno set, when there is no such program; ends with SESSION_FAILED when there is no gate.
 */
void session_ask_for(const struct session_options *options);

/* Lay the floor under this process and all it will start; ends with SESSION_FAILED when the kernel will not. */
void session_lay_floor(const struct session_options *options);

/* Start the wrapped program and return its pid. */
pid_t session_start(const struct session_options *options);

/* Wait for the end of the program, passing signals, stops and continues on; its wait status. */
int session_watch(const struct session_options *options, pid_t program, pid_t launcher, int signals);

/* End all descendants: SIGHUP, then SIGTERM, then SIGKILL, with a grace between; all are reaped. */
void session_end_descendants(int signals);

/* Send a signal to every descendant; how many there were. */
int session_signal_descendants(int signal);

/* End as the program ended: with its status, or by its signal without leaving a core of our own. */
_Noreturn void session_finish(int status);

#endif
