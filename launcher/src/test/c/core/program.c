/* What the tests execute: says how it was started, one line each, and ends with the status in its last argument. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

int main(int argc, char *argv[]) {
    for (int i = 0; i < argc; i++)
        printf("arg %s\n", argv[i]);
    for (char **variable = environ; *variable; variable++)
        printf("env %s\n", *variable);
    fflush(stdout);
    return argc > 1 && !strncmp(argv[argc - 1], "exit=", 5) ? atoi(argv[argc - 1] + 5) : 0;
}
