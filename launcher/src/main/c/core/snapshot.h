/*
 * The snapshot of the policy: what is allowed by kind and path alone, read in the process's own memory.
 *
 * The daemon writes it, the page of the session names it by number: docs/wire-protocol.md has its
 * table. Whatever is not right about it (absent, of another number, damaged) means: ask.
 */
#ifndef AEGIS_SNAPSHOT_H
#define AEGIS_SNAPSHOT_H

#include "base.h"

/* Answers, and what the snapshot cannot tell: 0. */
enum { CORE_SNAPSHOT_ALLOWS = 1, CORE_SNAPSHOT_ALLOWS_OTHERWISE_SPELLED = 2 };

/* The answer for an operation of this kind on the regular file or directory of this resolved path, there or to be made by an open. */
unsigned core_snapshot_answer(int kind, const char *path);

/* The same in a file that is mapped at bytes; for tests, too. */
unsigned core_snapshot_look_up(const uint8_t *bytes, size_t size, int kind, const char *path);

/* True when bytes are the whole of a snapshot of this number. */
bool core_snapshot_valid(const uint8_t *bytes, size_t size, uint32_t number);

/* True when a program that wrote spelled did not mean another path. */
bool core_spelled_alike(const char *path, const char *spelled);

#endif
