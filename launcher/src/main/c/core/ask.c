#include "ask.h"

#include "connection.h"
#include "state.h"

#define FIRST_REST 5000000L /* 5 ms, in nanoseconds, doubled up to */
#define LONGEST_REST 160000000L
#define COUNTS_WORTH 512

/* What is being waited for, over as many connections as it takes. */
struct exchange {
    struct core_frame *question;
    uint8_t *buffer;
    size_t room;
    struct core_answer *answer;
    uint64_t transaction, sequence;
    uint64_t held; /* number of the request once a person is being asked, else 0 */
};

static bool is_numbered(const struct core_frame *frame) {
    return frame->bytes[5] == CORE_ASK || frame->bytes[5] == CORE_REPORT || frame->bytes[5] == CORE_REFUSED;
}

static long send_question(struct core_line *line, struct exchange *exchange) {
    if (!exchange->held) {
        core_frame_end(exchange->question, exchange->transaction, exchange->sequence);
        return core_line_send(line, exchange->question->bytes, exchange->question->size);
    }
    uint8_t bytes[64];
    struct core_frame attach;
    core_frame_begin(&attach, bytes, sizeof bytes, CORE_ATTACH);
    core_put_u64(&attach, CORE_REQUEST, exchange->held);
    core_frame_end(&attach, exchange->transaction, 0);
    return core_line_send(line, bytes, attach.size);
}

/* Read one answer: 0, -errno of the connection, or -EBADMSG. */
static long read_answer(struct core_line *line, struct exchange *exchange, bool forever) {
    uint8_t *buffer = exchange->buffer;
    long error = core_line_receive(line, buffer, CORE_HEADER, forever);
    if (error)
        return error;
    size_t size = core_answer_size(buffer, exchange->room);
    if (!size)
        return -EBADMSG;
    if ((error = core_line_receive(line, buffer + CORE_HEADER, size - CORE_HEADER, false)))
        return error;
    bool good = core_answer_read(exchange->answer, buffer, size) && exchange->answer->transaction == exchange->transaction;
    return good ? 0 : -EBADMSG;
}

static long one_attempt(struct core_line *line, struct exchange *exchange) {
    long error = send_question(line, exchange);
    bool forever = false;
    while (!error) {
        error = read_answer(line, exchange, forever);
        if (error || exchange->answer->type == CORE_VERDICT)
            break;
        exchange->held = exchange->answer->request;
        forever = true;
    }
    return error;
}

/* Failures that a daemon which is starting again may cure; -EMFILE and the like are not among them. */
static bool may_pass(long error) {
    return error == -EPIPE || error == -ECONNRESET || error == -ECONNREFUSED || error == -ENOENT ||
           error == -EAGAIN || error == -ECONNABORTED;
}

static const char *words(long error) {
    switch (-error) {
    case ETIMEDOUT: return "the daemon did not answer within 10 s";
    case EBADMSG: return "the daemon's answer was malformed";
    case ENOTCONN: return "this process has no usable session (AEGIS_SESSION)";
    case EPERM:
    case EACCES: return "a sandbox, or the rights of another user, keep this process from connecting to the daemon";
    case EMFILE:
    case ENFILE: return "no descriptor is left for a connection to the daemon";
    case EMSGSIZE: return "the operation is too large to describe to the daemon";
    default: return "the daemon could not be reached for 10 s";
    }
}

static long give_up(struct core_answer *answer, long error) {
    *answer = (struct core_answer){.type = CORE_VERDICT, .decision = CORE_DENY, .tell = true, .rule = ""};
    answer->reason = words(error);
    return error;
}

static bool forgotten(const struct exchange *exchange) {
    return exchange->held && exchange->question->bytes[5] == CORE_ASK && exchange->answer->decision == CORE_DENY &&
           exchange->answer->error == CORE_UNKNOWN_REQUEST;
}

static long persist(struct exchange *exchange) {
    long since = core_now(), rest = FIRST_REST, error;
    for (;;) {
        struct core_line line;
        uint64_t before = exchange->held;
        error = core_line_claim(&line);
        if (!error) {
            error = one_attempt(&line, exchange);
            core_line_release(&line, error != 0);
            if (!error && !forgotten(exchange))
                return 0;
            if (!error)
                exchange->held = 0;
            if (exchange->held != before || !error)
                since = core_now();
        }
        if (error && !may_pass(error))
            return error;
        if (core_now() - since > CORE_PATIENCE)
            return error ? error : -ECONNREFUSED;
        core_rest(rest);
        rest = rest < LONGEST_REST ? rest * 2 : rest;
    }
}

long core_ask(struct core_frame *question, uint8_t *buffer, size_t room, struct core_answer *answer) {
    struct core_process *process = core_process();
    if (question->overflowed)
        return give_up(answer, -EMSGSIZE);
    if (!core_image.page)
        return give_up(answer, -ENOTCONN);
    core_say_counts(false);
    struct exchange exchange = {.question = question, .buffer = buffer, .room = room, .answer = answer};
    exchange.transaction = core_next_transaction(process);
    exchange.sequence = is_numbered(question) ? core_next_sequence(process) : 0;
    long error = persist(&exchange);
    return error ? give_up(answer, error) : 0;
}

bool core_say(struct core_frame *frame) {
    struct core_line line;
    uint64_t sequence = is_numbered(frame) ? core_next_sequence(core_process()) : 0;
    if (!core_frame_end(frame, 0, sequence) || core_line_claim(&line))
        return false;
    bool sent = core_line_send(&line, frame->bytes, frame->size) == 0;
    core_line_release(&line, !sent);
    return sent;
}

void core_say_counts(bool last) {
    struct core_process *process = core_process();
    uint64_t total = 0, counts[CORE_KINDS];
    for (int i = 0; i < CORE_KINDS; i++)
        total += __atomic_load_n(&process->counts[i], __ATOMIC_RELAXED);
    if (!total || (total < COUNTS_WORTH && !last) || !core_image.page)
        return;
    for (int i = 0; i < CORE_KINDS; i++)
        counts[i] = __atomic_exchange_n(&process->counts[i], 0, __ATOMIC_RELAXED);
    uint8_t bytes[160];
    struct core_frame frame;
    core_frame_begin(&frame, bytes, sizeof bytes, CORE_COUNTS);
    core_put(&frame, CORE_COUNTS_ARE, counts, sizeof counts);
    core_say(&frame);
}
