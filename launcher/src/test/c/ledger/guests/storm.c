/*
 * Mutating work by every kind of task, by libc's functions and by calls of its own, under a name that nothing else
 * uses. Prints how much there was, for ledger.py to compare with what was asked about: storm [ROUNDS]
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#define THREADS 6
#define CHILDREN 12
#define STACK 65536

extern char **environ;

/* Shared with all children. */
static struct counts {
    long serial, works, victims, failures;
} *counts;

static long add(long *to, long what) {
    return __atomic_add_fetch(to, what, __ATOMIC_RELAXED);
}

static long call(long nr, long a, long b, long c, long d) {
    register long r10 __asm__("r10") = d;
    long result;
    __asm__ volatile("syscall" : "=a"(result) : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10) : "rcx", "r11", "memory");
    return result;
}
#define CALL(nr, ...) CALL_(nr, __VA_ARGS__, 0, 0, 0, 0)
#define CALL_(nr, a, b, c, d, ...) call((nr), (long)(a), (long)(b), (long)(c), (long)(d))

/* Neither stdio nor much stack: signal handlers, vfork children and tiny stacks come by. */
static void report(const char *who, const char *what, long result) {
    char line[160] = "not so: ";
    add(&counts->failures, 1);
    strcat(strcat(strcat(line, who), ": "), what);
    size_t size = strlen(line);
    line[size++] = ' ';
    line[size++] = result < 0 ? '-' : '+';
    for (long unit = 1000, value = labs(result); unit; unit /= 10)
        line[size++] = (char)('0' + value / unit % 10);
    line[size++] = '\n';
    size -= (size_t)(write(1, line, size) < 0);
}
#define MUST(condition, who) \
    do { \
        if (!(condition)) \
            report((who), #condition, errno); \
    } while (0)

static void make_name(char *to, const char *who, const char *suffix) {
    char digits[20];
    int count = 0;
    for (long n = add(&counts->serial, 1); n; n /= 10)
        digits[count++] = (char)('0' + n % 10);
    to = stpcpy(stpcpy(to, who), "-");
    while (count)
        *to++ = digits[--count];
    strcpy(to, suffix);
}

static void by_libc(const char *who, const char *name, const char *moved, const char *directory) {
    int fd = open(name, O_WRONLY | O_CREAT | O_EXCL, 0600);
    MUST(fd >= 0 && !close(fd), who);
    MUST(!rename(name, moved), who);
    MUST(!unlink(moved), who);
    MUST(!mkdir(directory, 0700), who);
    MUST(!rmdir(directory), who);
}

static void by_itself(const char *who, const char *name, const char *moved, const char *directory) {
    long fd = CALL(SYS_openat, AT_FDCWD, name, O_WRONLY | O_CREAT | O_EXCL, 0600);
    MUST(fd >= 0 && !CALL(SYS_close, fd), who);
    MUST(!CALL(SYS_rename, name, moved), who);
    MUST(!CALL(SYS_unlink, moved), who);
    MUST(!CALL(SYS_mkdir, directory, 0700), who);
    MUST(!CALL(SYS_rmdir, directory), who);
}

static void work(const char *who) {
    char name[64], moved[68], directory[68];
    int before = errno;
    make_name(name, who, "");
    strcpy(stpcpy(moved, name), ".r");
    strcpy(stpcpy(directory, name), ".d");
    if (counts->serial % 2)
        by_libc(who, name, moved, directory);
    else
        by_itself(who, name, moved, directory);
    add(&counts->works, 1);
    if (counts->serial % 3 == 0) {
        MUST(unlink("victim") == -1 && errno == EPERM, who);
        MUST(CALL(SYS_unlink, "victim") == -EPERM, who);
        add(&counts->victims, 2);
    }
    errno = before;
}

static void works(const char *who, int count) {
    while (count--)
        work(who);
}

static void ended(pid_t child, const char *who) {
    int status = -1;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    MUST(child > 0 && !status, who);
}

/* ---- threads ---- */

static void *in_thread(void *who) {
    works(who, 6);
    return NULL;
}

static void together(void *(*run)(void *), const char *who, size_t stack) {
    pthread_t threads[THREADS];
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    if (stack)
        MUST(!pthread_attr_setstacksize(&attributes, stack), who);
    for (int i = 0; i < THREADS; i++)
        if ((errno = pthread_create(&threads[i], &attributes, run, (void *)who))) {
            report(who, "pthread_create", errno);
            return;
        }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
}

/* ---- processes ---- */

/* In the child of a raw fork libc may hold the lock of a thread that is not there: it forks raw again. */
static pid_t fork_by(bool libc) {
    return libc ? fork() : (pid_t)CALL(SYS_fork, 0);
}

static void *forking(void *who) {
    pid_t children[CHILDREN / THREADS + 1];
    for (size_t i = 0; i < sizeof children / sizeof *children; i++) {
        children[i] = fork_by(i % 2);
        if (!children[i]) {
            work(who);
            pid_t grandchild = fork_by(i % 2);
            if (!grandchild)
                work(who), _exit(0);
            ended(grandchild, who);
            _exit(0);
        }
        work(who);
    }
    for (size_t i = 0; i < sizeof children / sizeof *children; i++)
        ended(children[i], who);
    return NULL;
}

static void vforks(void) {
    for (volatile int i = 0; i < CHILDREN; i++) {
        pid_t child = vfork();
        if (!child) {
            work("vfork");
            _exit(0);
        }
        ended(child, "vfork");
    }
}

/* Children of this very program: they print what they did themselves. */
static void spawns(char *self) {
    char *const argv[] = {self, "child", NULL};
    for (int i = 0; i < 2; i++) {
        pid_t child;
        int error = posix_spawn(&child, self, NULL, NULL, argv, environ);
        MUST(!error, "spawn");
        if (!error)
            ended(child, "spawn");
    }
    pid_t child = vfork();
    if (!child) {
        CALL(SYS_execve, self, argv, environ);
        _exit(99);
    }
    ended(child, "execve in a vfork child");
}

/* ---- signals ---- */

static void tick(long microseconds) {
    struct itimerval timer = {{0, microseconds}, {0, microseconds}};
    setitimer(ITIMER_REAL, &timer, NULL);
}

static void on(int number, void (*handler)(int), int flags) {
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
    sigaction(number, &action, NULL);
}

static volatile int ticks;

static void on_tick(int number) {
    (void)number;
    if (++ticks % 16 == 0)
        work("tick");
}

static sigjmp_buf back;

static void on_jump(int number) {
    (void)number;
    siglongjmp(back, 1);
}

/* What a jump leaves half done is done under no other name: each of these is asked about once, or never. */
static void jumps(void) {
    static volatile int jumped;
    jumped = 0;
    on(SIGALRM, on_jump, 0);
    if (sigsetjmp(back, 1))
        jumped++;
    tick(900);
    while (jumped < 40) {
        char name[64];
        make_name(name, "jump", "");
        CALL(SYS_mkdir, name, 0700);
        make_name(name, "jump", "");
        mkdir(name, 0700);
    }
    tick(0);
    on(SIGALRM, SIG_IGN, 0);
}

static void on_alternate(int number) {
    (void)number;
    work("altstack");
}

static void *with_alternate(void *who) {
    char *room = mmap(NULL, STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    stack_t stack = {.ss_sp = room, .ss_size = STACK}, none = {.ss_flags = SS_DISABLE};
    MUST(!sigaltstack(&stack, NULL), who);
    for (int i = 0; i < 3; i++) {
        work(who);
        raise(SIGUSR1);
    }
    sigaltstack(&none, NULL);
    munmap(room, STACK);
    return NULL;
}

static void storm(char *self) {
    on(SIGALRM, on_tick, SA_RESTART);
    tick(1000);
    together(in_thread, "thread", 0);
    together(in_thread, "tiny", 16384);
    together(forking, "fork", 0);
    vforks();
    tick(0);
    spawns(self);
    on(SIGUSR1, on_alternate, SA_ONSTACK);
    tick(1000);
    together(with_alternate, "alternate", 0);
    tick(0);
    jumps();
    work("last");
}

int main(int argc, char *argv[]) {
    int rounds = argc > 1 ? atoi(argv[1]) : 1;
    counts = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    counts->serial = (long)getpid() * 1000000; /* names of a child are its own */
    if (argc > 1 && !strcmp(argv[1], "child"))
        works("child", 3);
    for (int i = 0; i < rounds; i++)
        storm(argv[0]);
    printf("ledger %ld %ld\n", counts->works, counts->victims);
    return counts->failures != 0;
}
