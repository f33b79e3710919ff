/* Starts the core when the library is loaded, before the program and other libraries run. */
#include "preload.h"

#include <stdint.h>
#include <unistd.h>

#include "trap.h"

#include "../dispatch/dispatch.h"

enum { LIBC_ALONE = 2, LIBC_AND_RAW = 3 }; /* COVERAGE on the wire */

extern const char aegis_trapped_syscall[];

int aegis_preload_started;

/* Where the assembly of jump.S goes on. */
void *aegis_jump_vfork, *aegis_jump_dlsym, *aegis_jump_dlvsym, *aegis_jump_syscall;
void *aegis_jump_setcontext, *aegis_jump_swapcontext, *aegis_jump_makecontext;

static void arm_child(void) {
    aegis_dispatch_arm_forked();
}

/* libc runs the program's own handlers before fork returns, the first that was registered first. */
static void watch_forks(void) {
    if (aegis_real.__register_atfork)
        aegis_real.__register_atfork(NULL, NULL, arm_child, NULL);
}

void aegis_preload_start(char *const envp[]) {
    if (aegis_preload_started)
        return;
    aegis_real_find();
    aegis_jump_vfork = (void *)aegis_real.vfork;
    aegis_jump_dlsym = (void *)aegis_real.dlsym;
    aegis_jump_dlvsym = (void *)aegis_real.dlvsym;
    aegis_jump_syscall = (void *)aegis_real.syscall;
    aegis_jump_setcontext = (void *)aegis_real.setcontext;
    aegis_jump_swapcontext = (void *)aegis_real.swapcontext;
    aegis_jump_makecontext = (void *)aegis_real.makecontext;
    aegis_prepare(AEGIS_PRELOAD, envp ? envp : environ);
    int trapped = aegis_wants_trap() && aegis_trap_start() == 0;
    if (trapped) {
        aegis_jump_syscall = (void *)(uintptr_t)aegis_trapped_syscall;
        watch_forks();
    }
    aegis_preload_started = 1;
    aegis_greet(trapped ? LIBC_AND_RAW : LIBC_ALONE, 0);
}

/* musl calls constructors without arguments: the third one is noise there, and only environ counts. */
__attribute__((constructor(101))) static void loaded(int argc, char *argv[], char *envp[]) {
    (void)argc;
    (void)argv;
    aegis_preload_start(environ ? environ : envp);
}
