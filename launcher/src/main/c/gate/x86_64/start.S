/*
 * The entry of the program.
 *
 * In:       rsp -> argc, argv[0] … argv[argc-1], NULL, envp …, NULL, auxv
 * Out:      calls gate_main(argc, argv, envp) with the stack aligned; never returns
 */
        .text
        .globl  _start
        .type   _start, @function
_start:
        xorl    %ebp, %ebp
        movq    (%rsp), %rdi
        leaq    8(%rsp), %rsi
        leaq    8(%rsi,%rdi,8), %rdx
        andq    $-16, %rsp
        call    gate_main
        hlt
        .size   _start, . - _start

        .section .note.GNU-stack, "", @progbits
