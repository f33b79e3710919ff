/* Raw system calls: the only way in which the core talks to the kernel. */
#ifndef AEGIS_SYS_H
#define AEGIS_SYS_H

long aegis_syscall6(long nr, long a, long b, long c, long d, long e, long f);

/* For what is said to the daemon. A filter that the program installs for itself is told to let its address pass. */
long aegis_line6(long nr, long a, long b, long c, long d, long e, long f);
extern unsigned long aegis_line_gate;

#define LINE3(nr, a, b, c) aegis_line6((nr), (long)(a), (long)(b), (long)(c), 0, 0, 0)
#define LINE5(nr, a, b, c, d, e) aegis_line6((nr), (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), 0)
#define LINE6(nr, a, b, c, d, e, f) \
    aegis_line6((nr), (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))

#define SYS0(nr) aegis_syscall6((nr), 0, 0, 0, 0, 0, 0)
#define SYS1(nr, a) aegis_syscall6((nr), (long)(a), 0, 0, 0, 0, 0)
#define SYS2(nr, a, b) aegis_syscall6((nr), (long)(a), (long)(b), 0, 0, 0, 0)
#define SYS3(nr, a, b, c) aegis_syscall6((nr), (long)(a), (long)(b), (long)(c), 0, 0, 0)
#define SYS4(nr, a, b, c, d) aegis_syscall6((nr), (long)(a), (long)(b), (long)(c), (long)(d), 0, 0)
#define SYS5(nr, a, b, c, d, e) \
    aegis_syscall6((nr), (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), 0)
#define SYS6(nr, a, b, c, d, e, f) \
    aegis_syscall6((nr), (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))

#endif
