/* New threads are armed before they run what they are for. */
#include "preload.h"

#include <mqueue.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <threads.h>
#include <time.h>

#include "../dispatch/dispatch.h"

#define KEPT 64
#define PAGE 4096

/* What a thread is for: one of a few that are kept, or a page of its own. */
struct errand {
    int taken, mapped;
    union {
        void *(*posix)(void *);
        thrd_start_t standard;
    } run;
    void *argument;
};

static struct errand kept[KEPT];

static struct errand *take(void *argument) {
    for (int i = 0; i < KEPT; i++)
        if (!__atomic_exchange_n(&kept[i].taken, 1, __ATOMIC_ACQUIRE)) {
            kept[i].argument = argument;
            return &kept[i];
        }
    long at = SYS6(SYS_mmap, 0, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if ((unsigned long)at > -4096UL)
        return NULL;
    struct errand *errand = (struct errand *)at;
    *errand = (struct errand){.mapped = 1, .argument = argument};
    return errand;
}

static void give_back(struct errand *errand) {
    if (errand->mapped)
        SYS2(SYS_munmap, errand, PAGE);
    else
        __atomic_store_n(&errand->taken, 0, __ATOMIC_RELEASE);
}

static struct errand begin(void *data) {
    struct errand errand = *(struct errand *)data;
    give_back(data);
    aegis_dispatch_arm();
    return errand;
}

static void *begin_posix(void *data) {
    struct errand errand = begin(data);
    return errand.run.posix(errand.argument);
}

static int begin_standard(void *data) {
    struct errand errand = begin(data);
    return errand.run.standard(errand.argument);
}

EXPORT int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *argument) {
    aegis_ready();
    if (!aegis_dispatch_on)
        return aegis_real.pthread_create(thread, attributes, run, argument);
    struct errand *errand = take(argument);
    if (!errand)
        return EAGAIN;
    errand->run.posix = run;
    int error = aegis_real.pthread_create(thread, attributes, begin_posix, errand);
    if (error)
        give_back(errand);
    return error;
}

EXPORT int thrd_create(thrd_t *thread, thrd_start_t run, void *argument) {
    aegis_ready();
    if (!aegis_dispatch_on)
        return aegis_real.thrd_create(thread, run, argument);
    struct errand *errand = take(argument);
    if (!errand)
        return thrd_nomem;
    errand->run.standard = run;
    int result = aegis_real.thrd_create(thread, begin_standard, errand);
    if (result != thrd_success)
        give_back(errand);
    return result;
}

/*
 * Threads that libc starts by itself, one for each notification. What they are for is kept in a page as long as the
 * process lives: libc says nowhere when a notification can come no more.
 */
struct notification {
    void (*run)(union sigval value);
    union sigval value;
};

static void notify(union sigval value) {
    const struct notification *notification = value.sival_ptr;
    aegis_dispatch_arm();
    notification->run(notification->value);
}

/* The event that libc is to have: event itself when it starts no thread, else ours; NULL without memory. */
static const struct sigevent *arm_event(const struct sigevent *event, struct sigevent *ours) {
    if (!aegis_dispatch_on || !event || event->sigev_notify != SIGEV_THREAD)
        return event;
    long at = SYS6(SYS_mmap, 0, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if ((unsigned long)at > -4096UL)
        return NULL;
    struct notification *notification = (struct notification *)at;
    *notification = (struct notification){.run = event->sigev_notify_function, .value = event->sigev_value};
    *ours = *event;
    ours->sigev_notify_function = notify;
    ours->sigev_value.sival_ptr = notification;
    return ours;
}

EXPORT int timer_create(clockid_t clock, struct sigevent *event, timer_t *timer) {
    aegis_ready();
    struct sigevent ours;
    const struct sigevent *armed = arm_event(event, &ours);
    return event && !armed ? (int)aegis_result(-EAGAIN) : aegis_real.timer_create(clock, (struct sigevent *)armed, timer);
}

EXPORT int mq_notify(mqd_t queue, const struct sigevent *event) {
    aegis_ready();
    struct sigevent ours;
    const struct sigevent *armed = arm_event(event, &ours);
    return event && !armed ? (int)aegis_result(-ENOMEM) : aegis_real.mq_notify(queue, armed);
}

#define PR_SET_SYSCALL_USER_DISPATCH_ 59

/* There is one dispatch a thread, and it is ours; filters of system calls let us speak to the daemon. */
EXPORT int prctl(int option, ...) {
    aegis_ready();
    va_list more;
    va_start(more, option);
    unsigned long a = va_arg(more, unsigned long), b = va_arg(more, unsigned long), c = va_arg(more, unsigned long),
                  d = va_arg(more, unsigned long);
    va_end(more);
    const long args[6] = {option, (long)a, (long)b, (long)c, (long)d};
    if (aegis_dispatch_on && option == PR_SET_SYSCALL_USER_DISPATCH_)
        return (int)aegis_result(-EINVAL);
    if (aegis_dispatch_on && aegis_filter_is(SYS_prctl, args))
        return (int)aegis_result(aegis_filter_install(SYS_prctl, args));
    return aegis_real.prctl(option, a, b, c, d);
}
