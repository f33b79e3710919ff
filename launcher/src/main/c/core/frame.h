/* Frames of docs/wire-protocol.md, part 1: written field by field, read with every bound checked. */
#ifndef AEGIS_FRAME_H
#define AEGIS_FRAME_H

#include "base.h"

enum core_frame_type {
    CORE_HELLO = 1, CORE_ASK = 2, CORE_REPORT = 3, CORE_FORKED = 4, CORE_ATTACH = 5, CORE_RELEASED = 6,
    CORE_COUNTS = 7, CORE_REFUSED = 8, CORE_VERDICT = 64, CORE_HELD = 65
};

enum core_tag {
    CORE_KIND = 1, CORE_PATH1, CORE_PATH2, CORE_SPELLED, CORE_CWD, CORE_ARG, CORE_ENV, CORE_IDENTITY, CORE_IDENTITY2,
    CORE_OPEN_FLAGS, CORE_MODE, CORE_INTERPRETER, CORE_COVERAGE, CORE_COVERAGE_REASON, CORE_ADDRESS, CORE_SIGNAL,
    CORE_TARGET, CORE_NUMBER, CORE_FRONT, CORE_REQUEST, CORE_VERDICT_IS, CORE_ERRNO, CORE_RULE, CORE_REASON,
    CORE_CHILD, CORE_COUNTS_ARE, CORE_FRESH, CORE_DETAIL, CORE_SPAWN, CORE_TELL
};

#define CORE_HEADER 24
#define CORE_WIRE_VERSION 1
#define CORE_MOST_EXECUTE 8388608
#define CORE_MOST 65536

struct core_frame {
    uint8_t *bytes;
    size_t size, room;
    bool overflowed;
};

void core_frame_begin(struct core_frame *frame, void *bytes, size_t room, enum core_frame_type type);
void core_put(struct core_frame *frame, enum core_tag tag, const void *data, size_t size);
void core_put_text(struct core_frame *frame, enum core_tag tag, const char *text);
void core_put_u8(struct core_frame *frame, enum core_tag tag, uint8_t value);
void core_put_u16(struct core_frame *frame, enum core_tag tag, uint16_t value);
void core_put_u32(struct core_frame *frame, enum core_tag tag, uint32_t value);
void core_put_u64(struct core_frame *frame, enum core_tag tag, uint64_t value);
/* Write the header; false when a field did not fit. */
bool core_frame_end(struct core_frame *frame, uint64_t transaction, uint64_t sequence);

enum core_decision { CORE_DENY = 0, CORE_ALLOW = 1, CORE_HOLD = 2 };

/* What the daemon answered; rule and reason point into the bytes that were read, NUL-terminated. */
struct core_answer {
    enum core_frame_type type;
    uint64_t transaction;
    enum core_decision decision;
    bool tell;
    uint32_t error; /* 0 when absent */
    uint64_t request;
    const char *rule, *reason;
};

/* Length of the frame that starts with these 24 bytes, or 0 when it is not one that a reporter may get. */
size_t core_answer_size(const uint8_t header[CORE_HEADER], size_t room);

/* False when the frame breaks any rule of the document. The bytes are changed: texts get their NUL. */
bool core_answer_read(struct core_answer *answer, uint8_t *bytes, size_t size);

#endif
