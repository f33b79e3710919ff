/* A program of another libc, into which the library is loaded all the same. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

int main(void) {
    int fd = open("/dev/null", O_RDWR), status;
    FILE *stream = fopen("/dev/null", "r"), *pipe = popen("echo from a shell", "r");
    char text[50] = "";
    if (fd < 0 || !stream || !pipe || !fgets(text, sizeof text, pipe) || pclose(pipe) != 0 || fclose(stream) != 0 || close(fd) != 0)
        return 1;
    pid_t child = fork();
    if (child == 0)
        execlp("true", "true", (char *)0), _exit(9);
    if (waitpid(child, &status, 0) != child || status != 0)
        return 2;
    char *const argv[] = {"true", NULL};
    if (posix_spawnp(&child, "true", NULL, NULL, argv, environ) != 0 || waitpid(child, &status, 0) != child || status != 0)
        return 3;
    return system("exit 5") == 5 << 8 ? 0 : 4;
}
