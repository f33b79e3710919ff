/* system and popen: statuses, signals, descriptors, and what is left behind. */
#include "show.h"

#include <pthread.h>
#include <signal.h>

static int interrupts;

static void count(int number) {
    interrupts += number == SIGINT;
}

static void show_popen(const char *command, const char *mode) {
    errno = 0;
    FILE *stream = popen(command, mode);
    printf("popen(%s, %s): ", command, mode);
    if (!stream) {
        printf("NULL %s\n", strerrorname_np(errno));
        return;
    }
    printf("fd %d cloexec %d ", fileno(stream), fcntl(fileno(stream), F_GETFD));
    fflush(stdout);
    char text[200];
    if (strchr(mode, 'r'))
        while (fgets(text, sizeof text, stream))
            fputs(text, stdout);
    else
        fputs("fed\n", stream);
    fflush(stdout);
    show_status("closed", pclose(stream));
}

static void *run_forever(void *unused) {
    system("echo $$ > shell.pid; exec sleep 1000");
    return unused;
}

/* A cancelled system() ends its command. */
static void cancelled(void) {
    pthread_t thread;
    pthread_create(&thread, NULL, run_forever, NULL);
    struct stat status;
    while (stat("shell.pid", &status) != 0 || status.st_size == 0)
        sched_yield();
    pthread_cancel(thread);
    void *result;
    pthread_join(thread, &result);
    int pid = 0;
    FILE *file = fopen("shell.pid", "r");
    printf("read %d cancelled %d ", fscanf(file, "%d", &pid), result == PTHREAD_CANCELED);
    printf("gone %d\n", kill(pid, 0) != 0 && errno == ESRCH);
    fclose(file);
}

int main(void) {
    SHOW(system(NULL));
    show_status("true", system("true")), show_status("3", system("exit 3")), show_status("none", system("none-such"));
    show_status("killed", system("kill -9 $$")), show_status("term", system("kill $$")), show_status("empty", system(""));
    struct sigaction ours = {.sa_handler = count}, now;
    sigaction(SIGINT, &ours, NULL);
    signal(SIGQUIT, SIG_IGN);
    show_status("interrupt of the parent", system("kill -INT $PPID; kill -QUIT $PPID; exit 4"));
    sigaction(SIGINT, NULL, &now);
    printf("handler kept %d, called %d\n", now.sa_handler == count, interrupts);
    show_status("dispositions", system("grep -E 'Sig(Ign|Cgt|Blk)' /proc/self/status"));
    sigset_t mask;
    sigprocmask(SIG_BLOCK, NULL, &mask);
    printf("SIGCHLD blocked afterwards %d\n", sigismember(&mask, SIGCHLD));
    show_popen("echo out; exit 7", "r"), show_popen("cat; exit 2", "w"), show_popen("echo e", "re");
    show_popen("x", ""), show_popen("x", "rw"), show_popen("x", "z"), show_popen("none-such 2>/dev/null", "r");
    show_popen("kill -9 $$", "r");
    FILE *first = popen("cat", "w"), *second = popen("ls /proc/self/fd | grep -v '^[79]..$' | wc -l", "r");
    char text[20] = "";
    printf("descriptors of the second: %s", fgets(text, sizeof text, second));
    fputs("first still there\n", first);
    show_status("second", pclose(second)), show_status("first", pclose(first));
    show_status("by fclose", fclose(popen("exit 5", "r")));
    SHOW(waitpid(-1, NULL, WNOHANG));
    close(0);
    show_popen("echo with stdin closed", "r");
    signal(SIGCHLD, SIG_IGN);
    SHOW(system("exit 6"));
    SHOW(pclose(popen("exit 6", "r")));
    signal(SIGCHLD, SIG_DFL);
    cancelled();
    return 0;
}
