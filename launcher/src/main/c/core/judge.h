/* The verdict on one operation: the guard, the baseline, then the daemon. */
#ifndef AEGIS_JUDGE_H
#define AEGIS_JUDGE_H

#include "frame.h"
#include "ops.h"
#include "place.h"

/* What a file operation is about. */
struct core_subject {
    int kind;
    const struct core_place *place;
    const struct core_place *other; /* or NULL */
    const char *text;               /* PATH2 when it is no place, or NULL */
    bool has_flags, has_mode;
    uint32_t flags, mode; /* OPEN_FLAGS and MODE, when they are there */
};

/* 0 when it is allowed, else -errno, said on descriptor 2 when it is to be said. */
long core_judge_file(struct core_call *call, const struct core_subject *subject);

/* True when the snapshot allows it, without anything being told. */
bool core_allowed_by_snapshot(const struct core_call *call, const struct core_subject *subject);

/* The same for a question that stands in frame already; what is for the message. */
long core_judge_frame(struct core_call *call, struct core_frame *frame, int kind, const char *what);

/* Begin an ASK or REPORT of this call in its scratch. */
void core_ask_begin(struct core_call *call, struct core_frame *frame, enum core_frame_type type, int kind);

/* What a denial returns. */
long core_denial(const struct core_call *call, const struct core_answer *answer);

/*
 * The guard refuses what stands in frame, begun as CORE_REFUSED: have the daemon record it, whose answer changes nothing,
 * and say so on descriptor 2.
 */
void core_record_refusal(struct core_call *call, struct core_frame *frame, int kind, const char *what, const char *why);

/* Say `denied KIND WHAT`. */
void core_tell_denial(int kind, const char *what, const struct core_answer *answer);

#endif
