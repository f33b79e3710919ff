/*
 * A path of the program, resolved to the object: pinned by descriptors, named by the kernel.
 *
 * What is judged is what these descriptors are, and what is done is done to them: names that change
 * in between do not matter.
 */
#ifndef AEGIS_PLACE_H
#define AEGIS_PLACE_H

#include "base.h"
#include "gate.h"
#include "state.h"

struct core_place {
    int parent;        /* O_PATH, or -1 */
    int object;        /* O_PATH, or -1 when there is none */
    const char *leaf;  /* name in parent, with its trailing slashes; in the copy of the path */
    bool slashed;      /* leaf has trailing slashes */
    const char *path;  /* absolute and resolved, or what the kernel calls it ("pipe:[7]") */
    const char *spelled; /* our copy of the path, relative to base */
    int base;
    struct aegis_identity identity; /* of object */
    uint64_t mount, device;         /* of object, else of parent */
    uint32_t rdev_major, rdev_minor;
};

/* Not an error: the last name is "", "." or "..", or the path is "/": the kernel refuses to act on it. */
#define CORE_UNNAMED 1

void core_place_begin(struct core_place *place);
void core_place_end(struct core_place *place);

/* Pin the object that path leads to. flags: O_NOFOLLOW, O_DIRECTORY. 0 or -errno. */
long core_pin_object(struct core_place *place, int dirfd, const char *path, int flags);

/* Learn what an open descriptor is; the place holds it, and does not close it, as its object. 0 or -errno. */
long core_place_identify(struct core_place *place, int fd);

/* Pin the object that a descriptor of the program is: 0 or -errno, -EBADF when it is none. */
long core_pin_descriptor(struct core_place *place, int fd);

/*
 * Pin the parent of the last name of path and, when it exists, what it names, a symbolic link not followed.
 * path is a copy that the core may change for a moment. 0, CORE_UNNAMED or -errno.
 */
long core_pin_name(struct core_place *place, int dirfd, char *path);

/* The same with the RESOLVE_ flags of openat2 on the way to the parent. */
long core_pin_name_within(struct core_place *place, int dirfd, char *path, uint64_t resolve);

/* Find place->path, into room for CORE_PATH + 64. 0 or -errno. */
long core_name_place(struct core_place *place, char *room);

/* True when the last name still names the object that was pinned, or still nothing. */
bool core_still_there(const struct core_place *place);

/* Would the kernel refuse (R_OK, W_OK, X_OK) on fd? It is to say so before anybody is asked. 0 or -errno. */
long core_check_access(int fd, int wanted);

/* "/proc/self/fd/N" into 32 bytes: how an O_PATH descriptor is opened again. */
void core_descriptor_path(char *to, int fd);

/* The same for calls that take a directory descriptor, which is returned: it is found where /proc has gone, too. */
int core_descriptor_link(char *to, int fd);

/* Hold /proc before names change their meaning: in the new root of a sandbox there may be none. */
void core_keep_proc(void);

/* What the kernel calls fd, NUL-terminated: length or -errno. */
long core_name_of(int fd, char *to, size_t room);

/* The device number as libc's makedev composes it. */
uint64_t core_device(uint32_t major, uint32_t minor);

#endif
