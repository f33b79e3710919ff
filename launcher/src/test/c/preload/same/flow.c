/* Signals, jumps, cancellation, sockets: the ways in and out of a wrapper. */
#include "show.h"

#include <arpa/inet.h>
#include <mqueue.h>
#include <netinet/in.h>
#include <pthread.h>
#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <wordexp.h>

static sigjmp_buf back;
static volatile sig_atomic_t alarms;

static void jump(int number) {
    (void)number;
    siglongjmp(back, 1);
}

static void work(int number) {
    (void)number;
    alarms++;
    int fd = open("in-handler", O_WRONLY | O_CREAT, 0600);
    close(fd);
    unlink("in-handler");
}

static void signals(void) {
    struct sigaction action = {.sa_handler = work, .sa_flags = SA_RESTART};
    struct itimerval often = {{0, 500}, {0, 500}}, never = {{0, 0}, {0, 0}};
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &often, NULL);
    int bad = 0;
    for (int i = 0; i < 3000; i++) {
        int fd = open("in-main", O_WRONLY | O_CREAT, 0600);
        bad += fd < 0 || close(fd) != 0 || rename("in-main", "moved") != 0 || unlink("moved") != 0;
    }
    setitimer(ITIMER_REAL, &never, NULL);
    printf("failures between signals %d, signals %d\n", bad, alarms > 0);
    mkfifo("fifo", 0600);
    action = (struct sigaction){.sa_handler = jump};
    sigaction(SIGALRM, &action, NULL);
    struct itimerval soon = {{0, 0}, {0, 20000}};
    if (sigsetjmp(back, 1) == 0) {
        setitimer(ITIMER_REAL, &soon, NULL);
        printf("not reached %d\n", open("fifo", O_RDONLY));
    }
    printf("jumped out of open\n");
    action.sa_handler = work;
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &soon, NULL);
    SHOW(open("fifo", O_RDONLY));
    SHOW(close(open("fifo", O_RDWR | O_NONBLOCK)));
}

static void *connect_forever(void *address) {
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    for (;;)
        if (connect(fd, address, sizeof(struct sockaddr_un)) == 0)
            fd = socket(AF_UNIX, SOCK_STREAM, 0);
    return NULL;
}

static void *open_forever(void *unused) {
    for (;;)
        close(open("/dev/null", O_RDONLY));
    return unused;
}

static void cancel(const char *what, void *run(void *), void *argument) {
    pthread_t thread;
    void *result;
    pthread_create(&thread, NULL, run, argument);
    usleep(20000);
    pthread_cancel(thread);
    pthread_join(thread, &result);
    printf("%s cancelled %d\n", what, result == PTHREAD_CANCELED);
}

static void sockets(void) {
    struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "socket"}, gone = {.sun_family = AF_UNIX, .sun_path = "gone"};
    struct sockaddr *to = (struct sockaddr *)&name, *nobody = (struct sockaddr *)&gone;
    int listener = socket(AF_UNIX, SOCK_STREAM, 0), client = socket(AF_UNIX, SOCK_STREAM, 0);
    SHOW(bind(listener, to, sizeof name)), SHOW(bind(listener, to, sizeof name)), SHOW(bind(99, to, sizeof name)), SHOW(listen(listener, 3));
    SHOW(connect(client, nobody, sizeof gone)), SHOW(connect(client, to, sizeof name)), SHOW(connect(client, to, sizeof name));
    SHOW(connect(99, to, sizeof name)), SHOW(connect(client, (struct sockaddr *)8, 16)), SHOW(connect(client, to, 1000)), SHOW(connect(0, to, 10));
    SHOW(sendto(client, "x", 1, 0, NULL, 0)), SHOW(sendto(99, "x", 1, 0, to, sizeof name));
    int receiver = socket(AF_INET, SOCK_DGRAM, 0), sender = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof here;
    SHOW(bind(receiver, (struct sockaddr *)&here, sizeof here)), getsockname(receiver, (struct sockaddr *)&here, &size);
    SHOW(sendto(sender, "abc", 3, 0, (struct sockaddr *)&here, sizeof here)), SHOW(sendto(sender, "abc", 3, 0, (struct sockaddr *)&here, 4));
    struct iovec part = {"defg", 4};
    struct msghdr message = {.msg_name = &here, .msg_namelen = sizeof here, .msg_iov = &part, .msg_iovlen = 1};
    struct mmsghdr two[2] = {{message, 0}, {message, 0}};
    SHOW(sendmsg(sender, &message, 0)), SHOW(sendmsg(sender, (struct msghdr *)8, 0)), SHOW(sendmmsg(sender, two, 2, 0));
    printf("lengths %u %u\n", two[0].msg_len, two[1].msg_len);
    char text[10];
    for (int i = 0; i < 4; i++)
        printf("received %zd\n", recv(receiver, text, sizeof text, 0));
    cancel("connect", connect_forever, to);
}

static void shared(void) {
    SHOW(shm_unlink("/aegis-test")), SHOW(close(shm_open("/aegis-test", O_RDWR | O_CREAT | O_EXCL, 0600)));
    SHOW(shm_open("/aegis-test", O_RDWR | O_CREAT | O_EXCL, 0600)), SHOW(shm_open("/a/b", O_RDWR | O_CREAT, 0600)), SHOW(shm_open("/", O_RDWR, 0));
    SHOW(shm_unlink("aegis-test")), SHOW(shm_unlink("/a/b"));
    SHOW(sem_unlink("/aegis-test")), SHOW(sem_open("/aegis-test", 0) == SEM_FAILED);
    sem_t *semaphore = sem_open("/aegis-test", O_CREAT | O_EXCL, 0600, 1);
    SHOW(semaphore == SEM_FAILED), SHOW(sem_trywait(semaphore)), SHOW(sem_trywait(semaphore)), SHOW(sem_unlink("/aegis-test"));
    SHOW(mq_unlink("/aegis-test")), SHOW(mq_unlink("aegis-test")), SHOW(mq_open("aegis-test", O_RDWR)), SHOW(mq_open("/aegis-test", O_RDWR));
}

static void processes(void) {
    SHOW(kill(getpid(), 0)), SHOW(kill(999999, 0)), SHOW(kill(getpid(), 999)), SHOW(killpg(-5, 0)), SHOW(killpg(999999, 0));
    SHOW(sigqueue(999999, 0, (union sigval){0})), SHOW(tgkill(getpid(), gettid(), 0)), SHOW(ptrace(PTRACE_PEEKDATA, 999999, 0, 0));
    SHOW(ptrace(PTRACE_ATTACH, 999999, 0, 0)), SHOW(syscall(SYS_getpid) == getpid()), SHOW(syscall(-5)), SHOW(syscall(SYS_open, "gone", O_RDONLY));
    SHOW(syscall(SYS_openat, AT_FDCWD, "raw", O_WRONLY | O_CREAT, 0600) > 0), SHOW(syscall(SYS_unlink, "raw")), SHOW(syscall(SYS_unlink, "raw"));
    char from[] = "from", to[5] = "";
    struct iovec local = {to, 4}, remote = {from, 4};
    SHOW(process_vm_readv(getpid(), &local, 1, &remote, 1, 0)), SHOW(process_vm_writev(999999, &local, 1, &remote, 1, 0));
    wordexp_t words;
    SHOW(wordexp("a $(echo b c) `echo d`", &words, 0));
    for (size_t i = 0; i < words.we_wordc; i++)
        printf("word %s\n", words.we_wordv[i]);
    wordfree(&words);
    SHOW(wordexp("$(x)", &words, WRDE_NOCMD)), SHOW(wordexp("a;b", &words, 0)), SHOW(wordexp("~root/x $((1+2))", &words, 0));
    printf("%s\n", words.we_wordv[1]);
}

int main(void) {
    signals();
    sockets();
    cancel("open", open_forever, NULL);
    shared();
    processes();
    return 0;
}
