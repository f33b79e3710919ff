/* What the files of the trap share. */
#ifndef AEGIS_TRAP_H
#define AEGIS_TRAP_H

#include <signal.h>
#include <ucontext.h>

#include "../core/base.h"
#include "../core/mediate.h"
#include "dispatch.h"

/* The registers of a context, in the order in which the kernel and struct aegis_detour_frame have them. */
#define AEGIS_REGISTERS 18

/* One trapped call: the handler changes the registers, and so says where the guest goes on. */
struct aegis_trap {
    ucontext_t *context;
    greg_t *at;
    long nr;
};

static inline void aegis_trap_answer(struct aegis_trap *trap, long result) {
    trap->at[REG_RAX] = result;
}

/* The mask that the guest goes on with; the kernel's sets are one word. */
static inline unsigned long *aegis_trap_mask(struct aegis_trap *trap) {
    return (unsigned long *)&trap->context->uc_sigmask;
}

/* ---- stubs.c: code in the exempt range ---- */

/* Go on at the stub of this call site; false when the table is full. */
bool aegis_stub_enter(struct aegis_trap *trap);

/* The same for clone and vfork: what returns as the child is armed first. */
bool aegis_stub_enter_clone(struct aegis_trap *trap);

/* Go on at munmap followed by exit(0), which need no stack. */
void aegis_stub_enter_unmap_exit(struct aegis_trap *trap);

void *aegis_stub_restorer(void);

/*
 * What a guest's signal handler is to see instead of an instruction pointer in a stub: its own call instruction when
 * the call is still to be made, else what follows it. 0 when ip is in no stub, or must stay.
 */
unsigned long aegis_stub_shown(unsigned long ip, unsigned long result);

/* ---- detour.c: routines of ours in the guest's own context ---- */

struct aegis_detour_frame;
typedef long aegis_detour_routine(struct aegis_detour_frame *frame);

struct aegis_detour_frame {
    long at[AEGIS_REGISTERS]; /* of the guest, at its call */
    struct aegis_detour *record;
    aegis_detour_routine *run;
    long nr;
    long done; /* at[REG_RAX] is the result */
};

/* Go on in run; when no room is left for that, run is not called and the guest gets -EAGAIN. */
void aegis_detour_enter(struct aegis_trap *trap, aegis_detour_routine *run);

/* The arguments of the call that a detour stands for. */
void aegis_detour_arguments(const struct aegis_detour_frame *frame, long args[6]);

/* Once, before anything is trapped. */
void aegis_detours_begin(void);

/* In a forked child: only the detour of own, which may be NULL, goes on. */
void aegis_detour_forked(struct aegis_detour *own);

/* A signal that interrupts the last steps of a detour finds them done: its handler may need the record that they give back. */
void aegis_detour_leave(greg_t *at);

/* The detour that a context with this stack pointer belongs to, or NULL. */
const struct aegis_detour_frame *aegis_detour_of(unsigned long stack_pointer);

/* ---- calls.c ---- */

/* Treat a call that the trap gives a meaning of its own; false when nr is none. */
bool aegis_call_special(struct aegis_trap *trap);

/* ---- signals.c ---- */

void aegis_signal_action(struct aegis_trap *trap);
void aegis_signal_mask(struct aegis_trap *trap);
void aegis_signal_return(struct aegis_trap *trap);
void aegis_signal_sleep(struct aegis_trap *trap);

/* A SIGSYS that is no dispatch. */
void aegis_signal_foreign(int number, siginfo_t *info, ucontext_t *context);

#endif
