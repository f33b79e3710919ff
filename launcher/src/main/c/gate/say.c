#include "gate/gate.h"

enum { LINE = 2048, COMMAND = 256 };

static bool heard;

struct line {
    char text[LINE + 1];
    size_t length;
};

void gate_listen(void)
{
    long flags = SYS2(__NR_fcntl, 2, F_GETFL);
    heard = !CORE_FAILED(flags) && !(flags & O_PATH);
}

/* Add text up to a limit; what would steer a terminal is shown as `?`. */
static void add(struct line *line, const char *text, size_t limit)
{
    for (; *text && line->length < limit; text++) {
        unsigned char byte = (unsigned char)*text;
        bool control = byte < 0x20 || byte == 0x7f;
        if (byte == 0xc2 && (unsigned char)text[1] >= 0x80 && (unsigned char)text[1] < 0xa0) {
            control = true;
            text++;
        }
        line->text[line->length++] = control ? '?' : (char)byte;
    }
}

static void add_command(struct line *line, const struct gate_call *call)
{
    size_t limit = line->length + COMMAND;
    if (!call->argv[0])
        add(line, call->path, limit);
    for (char **argument = call->argv; *argument; argument++) {
        if (argument != call->argv)
            add(line, " ", limit);
        add(line, *argument, limit);
    }
    if (line->length == limit) {
        /* Never half a character at the end. */
        while (line->length && (line->text[line->length - 1] & 0xc0) == 0x80)
            line->length--;
        line->length -= line->length && (line->text[line->length - 1] & 0x80);
        add(line, "…", LINE);
    }
}

void gate_say(const char *word, const struct gate_call *call, const char *reason, const char *rule)
{
    struct line line;
    if (!heard)
        return;
    line.length = 0;
    add(&line, "aegis: ", LINE);
    add(&line, word, LINE);
    add(&line, " ", LINE);
    add_command(&line, call);
    add(&line, ": ", LINE);
    add(&line, reason, LINE - 300);
    if (rule[0]) {
        add(&line, " (rule ", LINE);
        add(&line, rule, LINE - 2);
        add(&line, ")", LINE);
    }
    line.text[line.length++] = '\n';
    for (size_t done = 0; done < line.length;) {
        long wrote = SYS3(__NR_write, 2, line.text + done, line.length - done);
        if (CORE_FAILED(wrote) && wrote != -EINTR)
            return;
        done += wrote > 0 ? (size_t)wrote : 0;
    }
}
