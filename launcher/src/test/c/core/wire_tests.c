/* The test vectors that the Java side reads, too: frames encoded alike, answers read alike, bad ones refused. */
#include "check.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>

#include "core/frame.h"

int failures;

static uint8_t bytes[1 << 16], again[1 << 16], copy[1 << 16];

static size_t decode(const char *text) {
    size_t size = 0;
    unsigned byte;
    for (; isxdigit((unsigned char)text[0]) && sscanf(text, "%2x", &byte) == 1; text += 2)
        bytes[size++] = (uint8_t)byte;
    return size;
}

/* Take a frame apart and put it together again with the encoder. */
static void is_encoded_alike(const char *name, size_t size) {
    uint64_t transaction, sequence;
    struct core_frame frame;
    memcpy(&transaction, bytes + 8, 8);
    memcpy(&sequence, bytes + 16, 8);
    core_frame_begin(&frame, again, sizeof again, bytes[5]);
    for (size_t at = CORE_HEADER; at < size;) {
        uint16_t tag;
        uint32_t length;
        memcpy(&tag, bytes + at, 2);
        memcpy(&length, bytes + at + 2, 4);
        core_put(&frame, tag, bytes + at + 6, length);
        at += 6 + length;
    }
    CHECK(core_frame_end(&frame, transaction, sequence), "%s does not fit", name);
    CHECK(frame.size == size && !memcmp(again, bytes, size), "%s is encoded otherwise", name);
}

/* As a connection reads it: header first, then the rest. */
static bool is_read(size_t size, struct core_answer *answer) {
    memcpy(copy, bytes, size);
    return size >= CORE_HEADER && core_answer_size(copy, sizeof copy) == size && core_answer_read(answer, copy, size);
}

static unsigned encoded, answers, refused;

static void check(const char *name, size_t size) {
    struct core_answer answer;
    bool is_refused = !strncmp(name, "refused.", 8);
    bool is_answer = size >= CORE_HEADER && bytes[5] >= CORE_VERDICT;
    if (is_refused) {
        refused++;
        CHECK(!is_read(size, &answer), "%s is taken", name);
        return;
    }
    encoded++;
    is_encoded_alike(name, size);
    CHECK(is_read(size, &answer) == is_answer, "%s", name);
    answers += is_answer;
    if (!strcmp(name, "verdict.allow"))
        CHECK(answer.decision == CORE_ALLOW && answer.transaction == 7, "%d", answer.decision);
    if (!strcmp(name, "verdict.deny"))
        CHECK(answer.decision == CORE_DENY && answer.error == EACCES && !strcmp(answer.rule, "block-secret-reads"), "%u %s", answer.error, answer.rule);
    if (!strcmp(name, "verdict.held"))
        CHECK(answer.decision == CORE_HOLD && answer.request == 99, "%lu", (unsigned long)answer.request);
    if (!strcmp(name, "held"))
        CHECK(answer.type == CORE_HELD && answer.request == 99, "%lu", (unsigned long)answer.request);
}

static void an_answer_cut_or_changed_anywhere_is_read_within_its_bounds(size_t size) {
    struct core_answer answer;
    uint8_t original[4096];
    memcpy(original, bytes, size);
    for (size_t at = 0; at < size; at++)
        for (int flip = 0; flip < 256; flip += 5) {
            memcpy(bytes, original, size);
            bytes[at] ^= (uint8_t)flip;
            uint8_t *tight = malloc(size + 1);
            memcpy(tight, bytes, size);
            if (core_answer_size(tight, size + 1) == size && core_answer_read(&answer, tight, size))
                CHECK(strlen(answer.rule) <= size && strlen(answer.reason) <= size, "texts run out");
            free(tight);
        }
}

int main(void) {
    char *line = NULL;
    size_t room = 0;
    FILE *file = fopen(VECTORS, "r");
    CHECK(file != NULL, "%s: %s", VECTORS, strerror(errno));
    while (file && getline(&line, &room, file) > 0) {
        char *tab = strchr(line, '\t');
        if (*line == '#' || !tab)
            continue;
        *tab = 0;
        size_t size = decode(tab + 1);
        check(line, size);
        if (!strcmp(line, "verdict.deny"))
            an_answer_cut_or_changed_anywhere_is_read_within_its_bounds(size);
    }
    CHECK(encoded > 15 && answers >= 4 && refused > 40, "%u frames, %u answers, %u refused", encoded, answers, refused);
    return failures != 0;
}
