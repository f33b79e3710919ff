/* Arming the trap in a program that has a libc. */
#ifndef AEGIS_PRELOAD_TRAP_H
#define AEGIS_PRELOAD_TRAP_H

/* 0 when raw system calls are trapped from now on, else -errno, and everything is as it was. */
long aegis_trap_start(void);

#endif
