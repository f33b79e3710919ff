/* libc's own functions behind the wrappers. */
#ifndef AEGIS_REAL_H
#define AEGIS_REAL_H

#include <mqueue.h>
#include <poll.h>
#include <pthread.h>
#include <pty.h>
#include <semaphore.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <termios.h>
#include <threads.h>
#include <time.h>
#include <ucontext.h>
#include <utmp.h>
#include <utmpx.h>
#include <wordexp.h>

typedef void aegis_handler(int number);

#define NUMBER(type, name, parameters) type(*name) parameters;
#define POINTER NUMBER
#define OPTIONAL NUMBER
struct aegis_real {
#include "real.def"
};
#undef NUMBER
#undef POINTER
#undef OPTIONAL

extern struct aegis_real aegis_real;

/* Find all of them in the objects that the loader put after this library. */
void aegis_real_find(void);

/* What name means to the object that holds address: the first definition after it, or NULL. */
void *aegis_next_definition(const void *address, const char *name);

/* Whether address lies in libc (or one of the libraries that it was once split into). */
int aegis_in_libc(const void *address);

#endif
