/*
 * What dlsym may hand out. A program that asks a handle of libc by name, or for what comes after
 * itself, would get libc's own function and walk past its wrapper.
 */
#include "preload.h"

#include <dlfcn.h>
#include <string.h>

#define DIRECT(group, type, symbol, parameters, call, ...) OWN(group, symbol, MEDIATED)
#define OWN(group, symbol, how) extern const char entry_##symbol[] __asm__(#symbol) __attribute__((visibility("hidden")));
#define ALIAS(group, symbol, target) OWN(group, symbol, MEDIATED)
#define VERSIONED(group, symbol, version, is_default, function) OWN(group, function, JUDGED)
#define LEFT(symbol, reason)
#include "symbols.def"

#undef OWN
#undef VERSIONED
#define OWN(group, symbol, how) {#symbol, NULL, entry_##symbol},
#define VERSIONED(group, symbol, version, is_default, function) \
    {#symbol, (is_default) ? NULL : #version, entry_##function},

static const struct entry {
    const char *name;
    const char *version; /* asked for by dlvsym; NULL any */
    const void *wrapper;
} entries[] = {
#include "symbols.def"
};

/* GLIBC_2_15 of the table is GLIBC_2.15. */
static int is_version(const char *wanted, const char *version) {
    for (; *wanted; wanted++, version++)
        if (*version != *wanted && !(*wanted == '_' && *version == '.'))
            return 0;
    return *version == 0;
}

static const struct entry *find(const char *name, const char *version) {
    const struct entry *found = NULL;
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        if (strcmp(entries[i].name, name) != 0)
            continue;
        if (!entries[i].version && !found)
            found = &entries[i];
        else if (entries[i].version && version && is_version(entries[i].version, version))
            return &entries[i];
    }
    return found;
}

const void *aegis_lookup(void *handle, const char *name, const char *version, const void *caller);
const void *aegis_lookup(void *handle, const char *name, const char *version, const void *caller) {
    aegis_ready();
    const struct entry *entry = name ? find(name, version) : NULL;
    if (!entry || handle == RTLD_DEFAULT)
        return NULL; /* by itself the loader finds ours first */
    const void *found;
    if (handle == RTLD_NEXT)
        found = aegis_next_definition(caller, name);
    else
        found = version ? aegis_real.dlvsym(handle, name, version) : aegis_real.dlsym(handle, name);
    return found && aegis_in_libc(found) ? entry->wrapper : NULL;
}
