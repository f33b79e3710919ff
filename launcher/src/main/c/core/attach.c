/* The gate's side of a held request. */
#include "gate.h"

#include "ask.h"
#include "state.h"

static enum aegis_outcome outcome(long failed, const struct core_answer *answer) {
    if (failed || answer->decision == CORE_HOLD)
        return AEGIS_FAILED;
    if (answer->decision == CORE_ALLOW)
        return AEGIS_APPROVED;
    return answer->error == CORE_UNKNOWN_REQUEST ? AEGIS_UNKNOWN : AEGIS_DENIED;
}

void aegis_attach(unsigned long request, struct aegis_attached *attached) {
    uint8_t bytes[64], buffer[2560];
    struct core_frame frame;
    struct core_answer answer;
    core_frame_begin(&frame, bytes, sizeof bytes, CORE_ATTACH);
    core_put_u64(&frame, CORE_REQUEST, request);
    long failed = core_ask(&frame, buffer, sizeof buffer, &answer);
    attached->outcome = outcome(failed, &answer);
    core_append(attached->rule, sizeof attached->rule, answer.rule);
    core_append(attached->reason, sizeof attached->reason, answer.reason);
}

void aegis_released(unsigned long request) {
    uint8_t bytes[64];
    struct core_frame frame;
    core_frame_begin(&frame, bytes, sizeof bytes, CORE_RELEASED);
    core_put_u64(&frame, CORE_REQUEST, request);
    core_say(&frame);
}
