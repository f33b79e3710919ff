/*
 * Prints what the build, the tests and the documentation need of symbols.def: the version script, the
 * exported symbols, or the symbol table of docs/coverage.md.
 */
#include <stdio.h>
#include <string.h>

#define DIRECT(group, type, symbol, parameters, call, ...) {#group, #symbol, "system call `" #call "`", NULL, NULL},
#define OWN(group, symbol, how) {#group, #symbol, #how, NULL, NULL},
#define ALIAS(group, symbol, target) {#group, #symbol, NULL, #target, NULL},
#define VERSIONED(group, symbol, version, is_default, function) {#group, #symbol, "JUDGED", NULL, #version},
#define LEFT(symbol, reason)
static const struct symbol {
    const char *group, *name, *how, *target, *version;
} symbols[] = {
#include "../symbols.def"
};
#define SYMBOLS (sizeof symbols / sizeof *symbols)

#undef DIRECT
#undef OWN
#undef ALIAS
#undef VERSIONED
#undef LEFT
#define DIRECT(group, type, symbol, parameters, call, ...)
#define OWN(group, symbol, how)
#define ALIAS(group, symbol, target)
#define VERSIONED(group, symbol, version, is_default, function)
#define LEFT(symbol, reason) {#symbol, reason},
static const struct {
    const char *name, *reason;
} left[] = {
#include "../symbols.def"
};
#define LEFT_ALONE (sizeof left / sizeof *left)

static const struct {
    const char *group, *title;
} titles[] = {
    {"EXECUTE", "Programs"},         {"PROCESS", "Processes"},        {"OPEN", "Opening and creating"},
    {"DELETE", "Deleting"},          {"MOVE", "Renaming and linking"}, {"NODE", "Creating nodes"},
    {"METADATA", "Metadata"},        {"SIZE", "Size"},                {"MOUNT", "Mounts and the machine"},
    {"NETWORK", "Network"},          {"SIGNAL", "Other processes"},   {"LOOKUP", "Looking symbols up"},
    {"DESCRIPTOR", "The core's own descriptors"}, {"TRAP", "Signals and memory, for the trap"},
};

static const struct {
    const char *how, *meaning;
} ways[] = {
    {"MEDIATED", "on mediated calls"}, {"JUDGED", "judged, then libc"}, {"GUARDED", "guarded"},
    {"OBSERVED", "child reported"},    {"JUMP", "jump"}, {"ARMED", "for the trap"},
};

static const char *meaning(const char *how) {
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (strcmp(ways[i].how, how) == 0)
            return ways[i].meaning;
    return how;
}

/* GLIBC_2_15 of the table is GLIBC_2.15. */
static void print_name(const char *version) {
    for (const char *p = version; *p; p++)
        putchar(*p == '_' && p - version > 5 ? '.' : *p);
}

static int print_version(const char *version, const char *parent) {
    print_name(version);
    printf(" {\n  global:\n");
    for (size_t i = 0; i < SYMBOLS; i++)
        if (symbols[i].version && strcmp(symbols[i].version, version) == 0)
            printf("    %s;\n", symbols[i].name);
    printf("  local:\n    aegis_*;\n}%s;\n", parent);
    return 0;
}

/* Everything else is exported without a version, which any reference to it accepts. */
static int print_version_script(void) {
    print_version("GLIBC_2_2_5", "");
    return print_version("GLIBC_2_15", " GLIBC_2.2.5");
}

static int print_symbols(void) {
    for (size_t i = 0; i < SYMBOLS; i++)
        puts(symbols[i].name);
    return 0;
}

static int print_left(void) {
    for (size_t i = 0; i < LEFT_ALONE; i++)
        printf("%s\t%s\n", left[i].name, left[i].reason);
    return 0;
}

static void print_row(const struct symbol *symbol) {
    printf("| `%s` |", symbol->name);
    for (size_t i = 0; i < SYMBOLS; i++)
        if (symbols[i].target && strcmp(symbols[i].target, symbol->name) == 0)
            printf(" `%s`", symbols[i].name);
    if (symbol->version) {
        printf(" version ");
        print_name(symbol->version);
    }
    printf(" | %s |\n", meaning(symbol->how));
}

static int print_markdown(void) {
    for (size_t t = 0; t < sizeof titles / sizeof *titles; t++) {
        printf("\n**%s**\n\n| symbol | also | how |\n|---|---|---|\n", titles[t].title);
        for (size_t i = 0; i < SYMBOLS; i++)
            if (strcmp(symbols[i].group, titles[t].group) == 0 && !symbols[i].target)
                print_row(&symbols[i]);
    }
    printf("\n**Left alone**\n\n| symbol | why |\n|---|---|\n");
    for (size_t i = 0; i < LEFT_ALONE; i++)
        printf("| `%s` | %s |\n", left[i].name, left[i].reason);
    putchar('\n');
    return 0;
}

int main(int argc, char *argv[]) {
    static const struct {
        const char *what;
        int (*print)(void);
    } outputs[] = {{"version-script", print_version_script},
                   {"symbols", print_symbols},
                   {"left", print_left},
                   {"markdown", print_markdown}};
    for (size_t i = 0; argc == 2 && i < sizeof outputs / sizeof *outputs; i++)
        if (strcmp(argv[1], outputs[i].what) == 0)
            return outputs[i].print();
    fprintf(stderr, "usage: %s version-script | symbols | left | markdown\n", argv[0]);
    return 1;
}
