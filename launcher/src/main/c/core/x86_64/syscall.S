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
        movq    aegis_syscall_gate(%rip), %r11
        testq   %r11, %r11
        jnz     1f
        syscall
        ret
1:      jmp     *%r11
        .size   aegis_syscall6, . - aegis_syscall6

/* The same, for the calls by which the core speaks to the daemon: from an address of their own. */
        .globl  aegis_line6
        .hidden aegis_line6
        .type   aegis_line6, @function
aegis_line6:
        movq    aegis_line_gate(%rip), %r11
        testq   %r11, %r11
        jz      aegis_syscall6
        movq    %rdi, %rax
        movq    %rsi, %rdi
        movq    %rdx, %rsi
        movq    %rcx, %rdx
        movq    %r8, %r10
        movq    %r9, %r8
        movq    8(%rsp), %r9
        jmp     *%r11
        .size   aegis_line6, . - aegis_line6

/* Address of a `syscall; ret` that the dispatch lets through, or 0: the one above does. */
        .bss
        .globl  aegis_syscall_gate
        .hidden aegis_syscall_gate
        .type   aegis_syscall_gate, @object
        .balign 8
aegis_syscall_gate:
        .zero   8
        .size   aegis_syscall_gate, 8

/* The same for aegis_line6. */
        .globl  aegis_line_gate
        .hidden aegis_line_gate
        .type   aegis_line_gate, @object
        .balign 8
aegis_line_gate:
        .zero   8
        .size   aegis_line_gate, 8

        .section .note.GNU-stack, "", @progbits
