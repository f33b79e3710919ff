#define _GNU_SOURCE
#include "bypass.h"

const char *victim;
char *self;

static const struct attack *const subjects[] = {attacks_of_calls, attacks_of_signals, attacks_of_children, attacks_of_memory,
                                                attacks_of_programs, attacks_of_names, attacks_of_tracers};

static void each(void (*what)(const struct attack *, const char *), const char *word)
{
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++)
        for (const struct attack *attack = subjects[i]; attack->name; attack++)
            what(attack, word);
}

static void show(const struct attack *attack, const char *unused)
{
    (void)unused;
    puts(attack->name);
}

static void try(const struct attack *attack, const char *wanted)
{
    if (strcmp(attack->name, wanted) != 0)
        return;
    attack->run();
    exit(0);
}

int main(int argc, char **argv)
{
    self = realpath(argv[0], NULL);
    if (argc == 2 && strcmp(argv[1], "--list") == 0) {
        each(show, NULL);
        return 0;
    }
    if (argc == 3) {
        victim = argv[2];
        each(try, argv[1]);
    }
    return 2;
}
