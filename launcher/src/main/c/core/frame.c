#include "frame.h"

#define FIELD 6

static void put16(uint8_t *to, uint16_t value) {
    memcpy(to, &value, sizeof value);
}

static void put32(uint8_t *to, uint32_t value) {
    memcpy(to, &value, sizeof value);
}

static void put64(uint8_t *to, uint64_t value) {
    memcpy(to, &value, sizeof value);
}

void core_frame_begin(struct core_frame *frame, void *bytes, size_t room, enum core_frame_type type) {
    *frame = (struct core_frame){.bytes = bytes, .size = CORE_HEADER, .room = room};
    memset(bytes, 0, CORE_HEADER);
    frame->bytes[4] = CORE_WIRE_VERSION;
    frame->bytes[5] = (uint8_t)type;
}

void core_put(struct core_frame *frame, enum core_tag tag, const void *data, size_t size) {
    if (size > frame->room || frame->room - size < frame->size + FIELD) {
        frame->overflowed = true;
        return;
    }
    uint8_t *at = frame->bytes + frame->size;
    put16(at, (uint16_t)tag);
    put32(at + 2, (uint32_t)size);
    memcpy(at + FIELD, data, size);
    frame->size += FIELD + size;
}

void core_put_text(struct core_frame *frame, enum core_tag tag, const char *text) {
    core_put(frame, tag, text, strlen(text));
}

void core_put_u8(struct core_frame *frame, enum core_tag tag, uint8_t value) {
    core_put(frame, tag, &value, sizeof value);
}

void core_put_u16(struct core_frame *frame, enum core_tag tag, uint16_t value) {
    core_put(frame, tag, &value, sizeof value);
}

void core_put_u32(struct core_frame *frame, enum core_tag tag, uint32_t value) {
    core_put(frame, tag, &value, sizeof value);
}

void core_put_u64(struct core_frame *frame, enum core_tag tag, uint64_t value) {
    core_put(frame, tag, &value, sizeof value);
}

bool core_frame_end(struct core_frame *frame, uint64_t transaction, uint64_t sequence) {
    put32(frame->bytes, (uint32_t)frame->size);
    put64(frame->bytes + 8, transaction);
    put64(frame->bytes + 16, sequence);
    return !frame->overflowed;
}
