/* One question to the daemon and its answer, whatever happens on the way. */
#ifndef AEGIS_ASK_H
#define AEGIS_ASK_H

#include "base.h"
#include "frame.h"

/*
 * Send the frame (ASK or ATTACH; its numbers are filled in here) and wait for the verdict, however long a person
 * takes. room is the size of buffer, which holds the texts of the answer.
 *
 * A failure is a denial: decision CORE_DENY, rule "", reason saying which failure, and the result is
 * its -errno. 0 when the daemon itself answered.
 */
long core_ask(struct core_frame *question, uint8_t *buffer, size_t room, struct core_answer *answer);

/* Send a frame that has no answer; false when it cannot be sent: it is lost, which its number will show. */
bool core_say(struct core_frame *frame);

/* Send what was counted since the last time, when it is worth a frame or when last is true. */
void core_say_counts(bool last);

/* Set in answer->error when the daemon does not know the number of an ATTACH. */
#define CORE_UNKNOWN_REQUEST ESRCH

#endif
