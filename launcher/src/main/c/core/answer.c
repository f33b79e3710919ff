/* Reading answers: a table of what may stand in them, and nothing else may. */
#include "frame.h"

#define FIELD 6
#define TEXT (-1)
#define MOST_TEXT 1024
#define IN_VERDICT 1
#define IN_HELD 2

struct shape {
    signed char size; /* exact, or TEXT */
    unsigned char where;
};

static const struct shape shapes[CORE_TELL + 1] = {
    [CORE_REQUEST] = {8, IN_VERDICT | IN_HELD}, [CORE_VERDICT_IS] = {1, IN_VERDICT}, [CORE_ERRNO] = {4, IN_VERDICT},
    [CORE_RULE] = {TEXT, IN_VERDICT},           [CORE_REASON] = {TEXT, IN_VERDICT},  [CORE_TELL] = {1, IN_VERDICT},
};

static uint32_t get32(const uint8_t *at) {
    uint32_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static uint64_t get64(const uint8_t *at) {
    uint64_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static unsigned where(enum core_frame_type type) {
    return type == CORE_VERDICT ? IN_VERDICT : type == CORE_HELD ? IN_HELD : 0;
}

size_t core_answer_size(const uint8_t header[CORE_HEADER], size_t room) {
    uint32_t size = get32(header);
    bool known = header[4] == CORE_WIRE_VERSION && where(header[5]) && !header[6] && !header[7] && !get64(header + 16);
    /* One byte more than the frame: the NUL of its last text. */
    return known && size >= CORE_HEADER && size < room ? size : 0;
}

/* Bytes of the UTF-8 sequence that starts with this one, 0 when none does. */
static size_t sequence(uint8_t first) {
    return first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
}

/* Shortest form, no surrogates, nothing above U+10FFFF: the second byte tells. */
static bool second_fits(uint8_t first, uint8_t second) {
    return !(first == 0xe0 && second < 0xa0) && !(first == 0xed && second > 0x9f) &&
           !(first == 0xf0 && second < 0x90) && !(first == 0xf4 && second > 0x8f);
}

static bool is_text(const uint8_t *at, size_t size) {
    if (size > MOST_TEXT)
        return false;
    for (size_t i = 0; i < size;) {
        size_t length = sequence(at[i]);
        if (!at[i] || !length || length > size - i || (length > 1 && !second_fits(at[i], at[i + 1])))
            return false;
        for (size_t more = 1; more < length; more++)
            if ((at[i + more] & 0xc0) != 0x80)
                return false;
        i += length;
    }
    return true;
}

static bool store(struct core_answer *answer, unsigned tag, const uint8_t *at) {
    switch (tag) {
    case CORE_REQUEST: answer->request = get64(at); return true;
    case CORE_VERDICT_IS: answer->decision = at[0]; return at[0] <= CORE_HOLD;
    case CORE_ERRNO: answer->error = get32(at); return answer->error > 0 && answer->error < 4096;
    case CORE_TELL: answer->tell = at[0] == 1; return at[0] <= 1;
    case CORE_RULE: answer->rule = (const char *)at; return true;
    default: answer->reason = (const char *)at; return true;
    }
}

bool core_answer_read(struct core_answer *answer, uint8_t *bytes, size_t size) {
    *answer = (struct core_answer){.type = bytes[5], .transaction = get64(bytes + 8), .rule = "", .reason = ""};
    uint32_t seen = 0;
    size_t at = CORE_HEADER;
    while (at < size) {
        if (size - at < FIELD)
            return false;
        unsigned tag = (unsigned)(bytes[at] | bytes[at + 1] << 8);
        size_t length = get32(bytes + at + 2);
        bytes[at] = 0; /* ends the text before */
        at += FIELD;
        if (length > size - at || tag > CORE_TELL || !(shapes[tag].where & where(answer->type)) || seen & 1u << tag)
            return false;
        if (shapes[tag].size == TEXT ? !is_text(bytes + at, length) : length != (size_t)shapes[tag].size)
            return false;
        seen |= 1u << tag;
        if (!store(answer, tag, bytes + at))
            return false;
        at += length;
    }
    bytes[size] = 0;
    bool held = answer->type == CORE_HELD || answer->decision == CORE_HOLD;
    return answer->transaction && (!held || seen & 1u << CORE_REQUEST) &&
           (answer->type == CORE_HELD || seen & 1u << CORE_VERDICT_IS);
}
