/*
 * The entry of the loader, and the jump into the program.
 *
 * In:       rsp -> argc, argv[0] … argv[argc-1], NULL, envp …, NULL, auxv
 * Calls:    loader_main(rsp at entry, where to go) -> rax, the stack pointer of the program
 * Out:      rsp as loader_main says, rip where it says, all other registers 0: as after execve.
 *           rdx = 0: no function to call at exit
 */
        .text
        .globl  _start
        .type   _start, @function
_start:
        xorl    %ebp, %ebp
        movq    %rsp, %rdi
        subq    $16, %rsp
        andq    $-16, %rsp
        movq    %rsp, %rsi
        call    loader_main
        movq    (%rsp), %rcx
        movq    %rax, %rsp
        xorl    %eax, %eax
        xorl    %ebx, %ebx
        xorl    %edx, %edx
        xorl    %esi, %esi
        xorl    %edi, %edi
        xorl    %ebp, %ebp
        xorl    %r8d, %r8d
        xorl    %r9d, %r9d
        xorl    %r10d, %r10d
        xorl    %r11d, %r11d
        xorl    %r12d, %r12d
        xorl    %r13d, %r13d
        xorl    %r14d, %r14d
        xorl    %r15d, %r15d
        jmpq    *%rcx
        .size   _start, . - _start

        .section .note.GNU-stack, "", @progbits
