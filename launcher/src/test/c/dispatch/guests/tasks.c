/* Threads and processes, however they are made: raw calls of each are judged. tasks ROUNDS */
#include "raw.h"

#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <threads.h>
#include <time.h>

#define THREADS 8
#define STACK 65536

extern char **environ;
static int next_name;

/* A file of one's own goes, a victim stays. */
static int is_judged(void) {
    char path[64];
    snprintf(path, sizeof path, "own-%d-%d", (int)getpid(), __atomic_add_fetch(&next_name, 1, __ATOMIC_RELAXED));
    make(path);
    int good = RAW(SYS_unlink, "shared-victim") == -EPERM && RAW(SYS_unlink, path) == 0;
    return good && is_there("shared-victim") && !is_there(path);
}

static void *in_thread(void *seen) {
    for (int i = 0; i < 20; i++)
        *(int *)seen += is_judged();
    return NULL;
}

static int in_standard_thread(void *seen) {
    in_thread(seen);
    return 0;
}

static void threads(void) {
    pthread_t ids[THREADS];
    int seen[THREADS] = {0}, standard = 0;
    for (int i = 0; i < THREADS; i++)
        pthread_create(&ids[i], NULL, in_thread, &seen[i]);
    thrd_t other;
    thrd_create(&other, in_standard_thread, &standard);
    for (int i = 0; i < THREADS; i++) {
        pthread_join(ids[i], NULL);
        EXPECT(seen[i] == 20, "thread %d: %d of 20", i, seen[i]);
    }
    thrd_join(other, NULL);
    EXPECT(standard == 20, "thread of C11: %d of 20", standard);
}

static void ended(pid_t child, const char *what) {
    int status = 0;
    EXPECT(child > 0 && waitpid(child, &status, __WALL) == child, "%s: %s", what, strerror(errno));
    EXPECT(WIFEXITED(status) && WEXITSTATUS(status) == 1, "%s: status %x", what, status);
}

static volatile int after_fork = -1;

static void in_child_of_fork(void) {
    after_fork = RAW(SYS_unlink, "shared-victim") == -EPERM;
}

static void forks(void) {
    pid_t children[20];
    for (int i = 0; i < 20; i++)
        if (!(children[i] = i % 2 ? fork() : (pid_t)RAW(SYS_fork, 0)))
            _exit(is_judged());
    for (int i = 0; i < 20; i++)
        ended(children[i], i % 2 ? "fork" : "raw fork");
    pid_t child = (pid_t)RAW(SYS_clone, SIGCHLD, 0, 0, 0, 0);
    if (!child) {
        pid_t grandchild = fork();
        if (!grandchild)
            _exit(is_judged());
        ended(grandchild, "fork in a raw clone");
        _exit(is_judged());
    }
    ended(child, "raw clone");
    if (!(child = (pid_t)syscall(SYS_fork)))
        _exit(is_judged());
    ended(child, "syscall(SYS_fork)");
    if (after_fork < 0)
        pthread_atfork(NULL, NULL, in_child_of_fork);
    if (!(child = fork()))
        _exit(after_fork);
    ended(child, "a handler of pthread_atfork");
    if (!(child = (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0)))
        _exit(is_judged());
    ended(child, "syscall(SYS_clone)");
}

static void vforks(void) {
    make("vfork-own");
    pid_t child = vfork();
    if (!child)
        _exit(RAW(SYS_unlink, "shared-victim") == -EPERM && RAW(SYS_unlink, "vfork-own") == 0);
    ended(child, "vfork");
    long result;
    __asm__ volatile("syscall\n test %%rax, %%rax\n jnz 1f\n"
                     " mov %1, %%rdi\n mov $87, %%eax\n syscall\n" /* unlink */
                     " cmp $-1, %%rax\n sete %%dil\n movzbl %%dil, %%edi\n mov $60, %%eax\n syscall\n1:"
                     : "=a"(result)
                     : "r"("shared-victim"), "a"(SYS_vfork)
                     : "rdi", "rcx", "r11", "memory");
    ended((pid_t)result, "raw vfork");
    char *const argv[] = {"sh", "-c", "exit 1", NULL};
    child = vfork();
    if (!child) {
        RAW(SYS_execve, "/bin/sh", argv, environ);
        _exit(99);
    }
    ended(child, "raw execve in a vfork child");
}

static void spawns(void) {
    char *const argv[] = {"sh", "-c", "exit 1", NULL};
    pid_t child;
    EXPECT(posix_spawn(&child, "/bin/sh", NULL, NULL, argv, environ) == 0, "posix_spawn");
    ended(child, "posix_spawn");
    EXPECT(posix_spawn(&child, "/absent", NULL, NULL, argv, environ) == ENOENT, "posix_spawn of nothing");
    EXPECT(WEXITSTATUS(system("exit 1")) == 1, "system");
}

static int in_clone(void *seen) {
    *(volatile int *)seen = is_judged();
    return 1;
}

static char *new_stack(void) {
    return (char *)mmap(NULL, STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0) + STACK;
}

static void clones(void) {
    static volatile int seen;
    pid_t child = clone(in_clone, new_stack(), CLONE_VM | SIGCHLD, (void *)&seen);
    ended(child, "clone that shares memory");
    EXPECT(seen == 1, "clone that shares memory");
    child = clone(in_clone, new_stack(), SIGCHLD, (void *)&seen);
    ended(child, "clone with a stack");
}

static sem_t notified;
static volatile int notification_was_judged;

static void on_notification(union sigval value) {
    notification_was_judged = value.sival_int == 7 && is_judged();
    sem_post(&notified);
}

/* A thread that libc starts by itself. */
static void notifications(void) {
    struct sigevent event = {.sigev_notify = SIGEV_THREAD, .sigev_notify_function = on_notification, .sigev_value.sival_int = 7};
    struct itimerspec soon = {.it_value.tv_nsec = 1000000};
    timer_t timer;
    sem_init(&notified, 0, 0);
    notification_was_judged = 0;
    EXPECT(timer_create(CLOCK_MONOTONIC, &event, &timer) == 0, "timer_create: %s", strerror(errno));
    EXPECT(timer_settime(timer, 0, &soon, NULL) == 0, "timer_settime: %s", strerror(errno));
    while (sem_wait(&notified) && errno == EINTR)
        ;
    timer_delete(timer);
    EXPECT(notification_was_judged, "a notification's thread");
}

/* A thread that no library knows: made raw, raw calls in a loop, ended raw. */
struct own_thread {
    volatile int done, judged;
};

__attribute__((noinline, used)) static void own_thread_body(struct own_thread *thread) {
    for (int i = 0; i < 50; i++)
        thread->judged += RAW(SYS_unlink, "shared-victim") == -EPERM;
    thread->done = 1;
    RAW(SYS_futex, &thread->done, 1, 1, 0, 0, 0);
    RAW(SYS_exit, 0);
}

static void raw_threads(void) {
    const long flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM;
    struct own_thread thread[4];
    memset(thread, 0, sizeof thread);
    for (int i = 0; i < 4; i++) {
        struct own_thread **top = (struct own_thread **)new_stack() - 4;
        *top = &thread[i];
        long result;
        __asm__ volatile("xor %%edx, %%edx\n xor %%r10d, %%r10d\n xor %%r8d, %%r8d\n syscall\n"
                         " test %%rax, %%rax\n jnz 1f\n pop %%rdi\n and $-16, %%rsp\n call own_thread_body\n1:"
                         : "=a"(result)
                         : "a"(SYS_clone), "D"(flags), "S"(top)
                         : "rdx", "r10", "r8", "rcx", "r11", "memory");
        EXPECT(result > 0, "raw thread: %ld", result);
    }
    for (int i = 0; i < 4; i++) {
        while (!thread[i].done)
            RAW(SYS_futex, &thread[i].done, 0, 0, 0, 0, 0);
        EXPECT(thread[i].judged == 50, "raw thread: %d of 50", thread[i].judged);
    }
}

/* As musl ends a detached thread: it takes its stack away and exits in registers alone. */
static int take_stack_away(void *stack) {
    __asm__ volatile("mov $11, %%eax\n syscall\n .byte 0x48, 0x31, 0xff\n .byte 0xb8, 60, 0, 0, 0\n syscall"
                     :
                     : "D"(stack), "S"((long)STACK)
                     : "rax", "rcx", "r11");
    __builtin_unreachable();
}

static void stackless_threads(void) {
    for (int i = 0; i < 50; i++) {
        char *top = new_stack();
        int child = clone(take_stack_away, top, CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM,
                          top - STACK);
        EXPECT(child > 0, "%s", strerror(errno));
    }
}

int main(int argc, char *argv[]) {
    int rounds = argc > 1 ? atoi(argv[1]) : 1;
    setvbuf(stdout, NULL, _IONBF, 0);
    make("shared-victim");
    for (int i = 0; i < rounds; i++) {
        threads();
        forks();
        vforks();
        spawns();
        clones();
        notifications();
        raw_threads();
        stackless_threads();
    }
    return failures != 0;
}
