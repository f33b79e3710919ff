/* The system calls that are mediated: one row each, from ops.def. */
#ifndef AEGIS_OPS_H
#define AEGIS_OPS_H

#include "base.h"
#include "scratch.h"

/* KIND on the wire. */
enum core_kind {
    CORE_EXECUTE = 1, CORE_READ_FILE, CORE_WRITE_FILE, CORE_DELETE_FILE, CORE_MOVE_FILE, CORE_CHANGE_MODE,
    CORE_CONNECT, CORE_BIND, CORE_SIGNAL_SENT, CORE_TRACE, CORE_MOUNT, CORE_SYSTEM
};

/* Where an argument stands that a row does not have. */
#define CORE_NONE (-1)

struct core_call;

struct core_op {
    char name[20]; /* DETAIL on the wire */
    uint16_t number;
    uint8_t kind;
    int8_t dir, path;    /* arguments: directory descriptor and path; without dir, the working directory */
    int8_t dir2, path2;  /* the second path */
    int8_t flags, value; /* flags, when they are an argument; mode, length, signal … */
    uint8_t deny;        /* errno of a denial that names none */
    int fixed;           /* flags that the call always has */
    long (*run)(struct core_call *call);
};

/* One system call on its way. */
struct core_call {
    const struct core_op *op;
    const long *args;
    bool act; /* carry it out when it is allowed */
    struct core_scratch *scratch;
};

/* The row of a system call, or NULL when it needs no judgement. */
const struct core_op *core_op_of(long nr);

/* Name of a kind, as rules write it. */
const char *core_kind_name(int kind);

static inline long core_arg(const struct core_call *call, int at) {
    return at < 0 ? 0 : call->args[at];
}

static inline int core_dir(const struct core_call *call, int at) {
    return at < 0 ? -100 /* AT_FDCWD */ : (int)call->args[at];
}

static inline int core_flags(const struct core_call *call) {
    return (call->op->flags < 0 ? 0 : (int)call->args[call->op->flags]) | call->op->fixed;
}

/* The call exactly as the program made it. */
static inline long core_as_it_is(const struct core_call *call) {
    const long *a = call->args;
    return aegis_syscall6(call->op->number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

/* Room for this call, claimed at first use: NULL when there is no memory. */
struct core_scratch *core_room(struct core_call *call);

/* What carries a row out; each is defined in the file named after it. */
long core_open(struct core_call *call);          /* open.c */
long core_openat2(struct core_call *call);       /* open.c */
long core_open_handle(struct core_call *call);   /* open.c */
long core_remove(struct core_call *call);        /* names.c */
long core_create(struct core_call *call);        /* names.c */
long core_symlink(struct core_call *call);       /* names.c */
long core_rename(struct core_call *call);        /* pairs.c */
long core_link(struct core_call *call);          /* pairs.c */
long core_change(struct core_call *call);        /* objects.c */
long core_change_open(struct core_call *call);   /* objects.c */
long core_connect(struct core_call *call);       /* sockets.c */
long core_bind(struct core_call *call);          /* sockets.c */
long core_sendto(struct core_call *call);        /* sockets.c */
long core_sendmsg(struct core_call *call);       /* sockets.c */
long core_sendmmsg(struct core_call *call);      /* sockets.c */
long core_signal(struct core_call *call);        /* processes.c */
long core_signal_pidfd(struct core_call *call);  /* processes.c */
long core_trace(struct core_call *call);         /* processes.c */
long core_steal(struct core_call *call);         /* processes.c */
long core_system(struct core_call *call);        /* system.c */
long core_refuse(struct core_call *call);        /* system.c */
long core_queue(struct core_call *call);         /* system.c */
long core_execve(struct core_call *call);        /* execute.c */

#endif
