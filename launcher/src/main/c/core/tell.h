/* Saying why something was denied, on descriptor 2, where the program's own messages go. */
#ifndef AEGIS_TELL_H
#define AEGIS_TELL_H

#include "base.h"

/* Remember what descriptor 2 is at the start. */
void core_tell_start(void);

/*
 * Write `aegis: denied WHAT: REASON [RULE]` once per rule (or reason, without one) and process, only while
 * descriptor 2 is what it was and takes the line without waiting.
 */
void core_tell(const char *what, const char *reason, const char *rule);

#endif
