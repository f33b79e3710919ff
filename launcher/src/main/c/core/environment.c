#include "environment.h"

#include "guest.h"
#include "state.h"

#define MOST_NAME 40
#define MOST_VALUE 131072 /* MAX_ARG_STRLEN */
#define MOST_VARIABLES 1000000
#define SESSION "AEGIS_SESSION"
#define PRELOAD "LD_PRELOAD"

static const char watched_names[][24] = {
#define WATCH(name) name,
#include "environment.def"
#undef WATCH
};

static bool matches(const char *variable, const char *name) {
    while (*name && *name != '*' && *name == *variable)
        name++, variable++;
    return *name == '*' || (!*name && *variable == '=');
}

static bool is_watched(const char *variable) {
    for (unsigned i = 0; i < sizeof watched_names / sizeof *watched_names; i++)
        if (matches(variable, watched_names[i]))
            return true;
    return false;
}

static const char *library(void) {
    return core_image.page ? core_image.page->library : "";
}

/* What we put there ourselves is no news. */
static bool is_ours(const char *variable) {
    return (core_names(variable, PRELOAD) && core_equal(variable + sizeof PRELOAD, library())) ||
           core_equal(variable, core_image.session);
}

/* The first bytes of a variable, enough to know its name. */
static long peek(char name[MOST_NAME], const char *guest, core_probed *probed) {
    long size = core_copy_word(name, guest, MOST_NAME, probed);
    if (size == -ENAMETOOLONG) {
        name[MOST_NAME - 1] = 0;
        return 0;
    }
    return size < 0 ? size : 0;
}

long core_environment_measure(struct core_environment *environment, char *const guest[]) {
    long count = core_measure_vector(guest, MOST_VARIABLES);
    if (count < 0)
        return count;
    *environment = (struct core_environment){.guest = guest, .count = (size_t)count};
    core_probed probed = CORE_UNPROBED;
    for (long i = 0; i < count; i++) {
        char name[MOST_NAME];
        long error = peek(name, guest[i], &probed);
        if (error)
            return error;
        if (!is_watched(name))
            continue;
        long size = core_measure_word(guest[i], MOST_VALUE, &probed);
        if (size < 0)
            return size;
        environment->watched += (size_t)size + 16;
    }
    return 0;
}

void core_environment_put(const struct core_environment *environment, struct core_frame *frame) {
    core_probed probed = CORE_UNPROBED;
    for (size_t i = 0; i < environment->count; i++) {
        const char *variable = environment->guest[i];
        char name[MOST_NAME];
        if (!peek(name, variable, &probed) && is_watched(name) && !is_ours(variable))
            core_put_text(frame, CORE_ENV, variable);
    }
}

size_t core_environment_size(const struct core_environment *environment) {
    return (environment->count + 3) * sizeof(char *) + environment->watched + 2 * sizeof core_image.page->library + 256;
}

static bool separates(char c) {
    return c == ':' || c == ' ';
}

/* LD_PRELOAD= ours, then the others of value, each once; NULL when nothing is left of it. */
static char *preload(struct core_block *block, const char *value, bool preloads) {
    size_t own = strlen(library()), room = sizeof PRELOAD + own + strlen(value) + 2;
    char *to = core_block_take(block, room), *at = to;
    if (!to)
        return NULL;
    at += core_append(at, room, PRELOAD "=");
    char *first = at;
    if (preloads)
        at += core_append(at, room - (size_t)(at - to), library());
    while (*value) {
        size_t size = 0;
        while (separates(*value))
            value++;
        while (value[size] && !separates(value[size]))
            size++;
        bool ours = size == own && !memcmp(value, library(), own);
        if (size && !ours) {
            if (at != first)
                *at++ = ':';
            memcpy(at, value, size);
            at += size;
        }
        value += size;
    }
    *at = 0;
    return at == first ? NULL : to;
}

char **core_environment_rebuild(const struct core_environment *environment, struct core_block *block, bool preloads) {
    bool session = !core_image.page, loaded = !preloads || !*library();
    size_t count = 0;
    core_probed probed = CORE_UNPROBED;
    char **to = core_block_take(block, (environment->count + 3) * sizeof *to);
    if (!to)
        return NULL;
    for (size_t i = 0; i < environment->count; i++) {
        char *variable = environment->guest[i], name[MOST_NAME];
        if (peek(name, variable, &probed))
            return NULL;
        if (core_names(name, SESSION) && core_image.page) {
            variable = session ? NULL : core_image.session;
            session = true;
        } else if (core_names(name, PRELOAD) && core_image.page) {
            variable = preload(block, variable + sizeof PRELOAD, preloads);
            loaded = loaded || variable;
        }
        if (variable)
            to[count++] = variable;
    }
    if (!session)
        to[count++] = core_image.session;
    if (!loaded)
        to[count++] = preload(block, "", true);
    to[count] = NULL;
    return to;
}
