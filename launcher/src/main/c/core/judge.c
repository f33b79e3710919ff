#include "judge.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "ask.h"
#include "baseline.h"
#include "guard.h"
#include "snapshot.h"
#include "tell.h"

#define CORE_IDENTITY_SIZE 64
_Static_assert(sizeof(struct aegis_identity) == CORE_IDENTITY_SIZE, "IDENTITY as docs/wire-protocol.md says");

void core_ask_begin(struct core_call *call, struct core_frame *frame, enum core_frame_type type, int kind) {
    core_frame_begin(frame, call->scratch->frame, sizeof call->scratch->frame, type);
    core_put_u16(frame, CORE_KIND, (uint16_t)kind);
    core_put_text(frame, CORE_DETAIL, call->op->name);
    core_put_u32(frame, CORE_NUMBER, call->op->number);
}

long core_denial(const struct core_call *call, const struct core_answer *answer) {
    return -(long)(answer->error ? answer->error : call->op->deny);
}

CORE_COLD void core_tell_denial(int kind, const char *what, const struct core_answer *answer) {
    char subject[320];
    size_t size = core_append(subject, sizeof subject, core_kind_name(kind));
    size += core_append(subject + size, sizeof subject - size, " ");
    core_append(subject + size, sizeof subject - size, what);
    if (answer->tell)
        core_tell(subject, answer->reason && *answer->reason ? answer->reason : "not allowed", answer->rule);
}

long core_judge_frame(struct core_call *call, struct core_frame *frame, int kind, const char *what) {
    struct core_answer answer;
    core_ask(frame, call->scratch->answer, sizeof call->scratch->answer, &answer);
    if (answer.decision == CORE_ALLOW)
        return 0;
    if (answer.decision == CORE_HOLD) {
        answer.reason = "the daemon's answer was malformed"; /* only an exec is held that way */
        answer.tell = true;
    }
    core_tell_denial(kind, what, &answer);
    return core_denial(call, &answer);
}

/* The wire wants absolute paths; the kernel's word for what this root does not reach is none. */
static void put_path(struct core_frame *frame, enum core_tag tag, const char *path, char *room) {
    if (path[0] != '/') {
        room[0] = '/';
        core_append(room + 1, CORE_PATH - 1, path);
        path = room;
    }
    core_put_text(frame, tag, path);
}

static void put_place(struct core_call *call, struct core_frame *frame, const struct core_subject *subject) {
    const struct core_place *place = subject->place, *other = subject->other;
    put_path(frame, CORE_PATH1, place->path, call->scratch->walk);
    if (place->object >= 0)
        core_put(frame, CORE_IDENTITY, &place->identity, CORE_IDENTITY_SIZE);
    if (place->spelled && *place->spelled && !core_equal(place->spelled, place->path))
        core_put_text(frame, CORE_SPELLED, place->spelled);
    if (other) {
        put_path(frame, CORE_PATH2, other->path, call->scratch->walk);
        if (other->object >= 0)
            core_put(frame, CORE_IDENTITY2, &other->identity, CORE_IDENTITY_SIZE);
    } else if (subject->text && *subject->text) {
        core_put_text(frame, CORE_PATH2, subject->text);
    }
}

CORE_COLD void core_record_refusal(struct core_call *call, struct core_frame *frame, int kind, const char *what,
                                   const char *why) {
    struct core_answer recorded, answer = {.decision = CORE_DENY, .rule = CORE_GUARD_RULE, .reason = why};
    core_put_text(frame, CORE_RULE, answer.rule);
    core_put_text(frame, CORE_REASON, answer.reason);
    core_ask(frame, call->scratch->answer, sizeof call->scratch->answer, &recorded);
    answer.tell = recorded.tell;
    core_tell_denial(kind, what, &answer);
}

/* Begin a frame of this type that says all of the subject. */
static void describe(struct core_call *call, struct core_frame *frame, enum core_frame_type type,
                     const struct core_subject *subject) {
    core_ask_begin(call, frame, type, subject->kind);
    put_place(call, frame, subject);
    if (subject->has_flags)
        core_put_u32(frame, CORE_OPEN_FLAGS, subject->flags);
    if (subject->has_mode)
        core_put_u32(frame, CORE_MODE, subject->mode);
}

static CORE_COLD long guarded(struct core_call *call, const struct core_subject *subject, const char *why) {
    struct core_frame frame;
    describe(call, &frame, CORE_REFUSED, subject);
    core_record_refusal(call, &frame, subject->kind, subject->place->path, why);
    return call->op->kind == CORE_READ_FILE ? -EACCES : -(long)call->op->deny;
}

/* A rename or link shows the other name's object as well: reading it is judged with it. */
static const char *guard_both(const struct core_subject *subject) {
    bool changes = subject->kind != CORE_READ_FILE;
    const char *why = core_guard(subject->place, changes);
    return !why && subject->other ? core_guard(subject->other, changes) : why;
}

static bool is_open(const struct core_subject *subject) {
    return subject->has_flags;
}

/* A file that is opened, there or to be made, and none that has no name. */
static bool opens_file(const struct core_subject *subject) {
    return is_open(subject) && !(subject->flags & (O_TMPFILE & ~O_DIRECTORY));
}

/* A set-id bit is more than a mode, a second name more than its path. */
static bool by_path_alone(const struct core_call *call, const struct core_subject *subject) {
    const struct core_place *place = subject->place;
    if (subject->other || subject->text || call->op->run == core_create || (is_open(subject) && !opens_file(subject)))
        return false;
    bool sets_mode = subject->kind == CORE_CHANGE_MODE || place->object < 0;
    if (sets_mode && subject->has_mode && subject->mode & (S_ISUID | S_ISGID))
        return false;
    return place->object < 0 ? opens_file(subject) : S_ISREG(place->identity.mode) || S_ISDIR(place->identity.mode);
}

static bool answered(int kind, const char *path, unsigned wanted) {
    return core_snapshot_answer(kind, path) & wanted;
}

bool core_allowed_by_snapshot(const struct core_call *call, const struct core_subject *subject) {
    const struct core_place *place = subject->place;
    if (!by_path_alone(call, subject))
        return false;
    unsigned wanted = core_spelled_alike(place->path, place->spelled) ? CORE_SNAPSHOT_ALLOWS
                                                                      : CORE_SNAPSHOT_ALLOWS_OTHERWISE_SPELLED;
    bool both = subject->has_flags && (subject->flags & O_ACCMODE) == O_RDWR;
    return answered(subject->kind, place->path, wanted) &&
           (!both || subject->kind == CORE_READ_FILE || answered(CORE_READ_FILE, place->path, wanted));
}

/* Reads are counted; a change is told before it happens, and asked about when it cannot be told. */
static bool recorded(struct core_call *call, const struct core_subject *subject) {
    if (subject->kind == CORE_READ_FILE) {
        core_count(subject->kind);
        return true;
    }
    struct core_frame frame;
    describe(call, &frame, CORE_REPORT, subject);
    return core_say(&frame);
}

long core_judge_file(struct core_call *call, const struct core_subject *subject) {
    const char *why = guard_both(subject);
    if (why)
        return guarded(call, subject, why);
    if (is_open(subject) && subject->place->object >= 0 && core_baseline_holds() &&
        !(subject->flags & O_TMPFILE & ~O_DIRECTORY) &&
        core_baseline_opens(subject->place, subject->kind != CORE_READ_FILE)) {
        core_count(subject->kind);
        return 0;
    }
    if (core_allowed_by_snapshot(call, subject) && recorded(call, subject))
        return 0;
    struct core_frame frame;
    describe(call, &frame, CORE_ASK, subject);
    return core_judge_frame(call, &frame, subject->kind, subject->place->path);
}
