//go:build cgo

package main

/*
#include <errno.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static int by_instruction(const char *path) {
    long result;
    __asm__ volatile("syscall" : "=a"(result) : "a"(SYS_unlink), "D"(path) : "rcx", "r11", "memory");
    if (result < 0)
        errno = (int)-result;
    return result < 0 ? -1 : 0;
}
*/
import "C"

import "unsafe"

func unlinkOfC(path string) error {
	text := C.CString(path)
	defer C.free(unsafe.Pointer(text))
	_, err := C.unlink(text)
	return err
}

func unlinkByInstruction(path string) error {
	text := C.CString(path)
	defer C.free(unsafe.Pointer(text))
	_, err := C.by_instruction(text)
	return err
}

func unlinksOfC() []func(string) error {
	return []func(string) error{unlinkOfC, unlinkByInstruction}
}
