/*
 * long aegis_syscall6(long nr, long a, long b, long c, long d, long e, long f)
 *
 * In:       rdi nr, rsi a, rdx b, rcx c, r8 d, r9 e, [rsp+8] f
 * Out:      rax, the kernel's own result: >= 0 or -errno
 * Clobbers: rcx, r11, rdi, rsi, rdx, r8, r9, r10 as a call may
 */
        .text
        .globl  aegis_syscall6
        .hidden aegis_syscall6
        .type   aegis_syscall6, @function
aegis_syscall6:
        movq    %rdi, %rax
        movq    %rsi, %rdi
        movq    %rdx, %rsi
        movq    %rcx, %rdx
        movq    %r8, %r10
        movq    %r9, %r8
        movq    8(%rsp), %r9
        syscall
        ret
        .size   aegis_syscall6, . - aegis_syscall6

        .section .note.GNU-stack, "", @progbits
