/*
 * Our code in the exempt range, written there once: a gate for our own calls, the way back from the handler, and one
 * stub per call site of the guest.
 *
 * A stub makes the call with the guest's own registers and stack and jumps back. It is claimed for its site
 * by one compare-and-swap and never given back: nothing to lock or free, however many threads wait in it.
 */
#include "trap.h"

#include <sys/mman.h>

#include "../core/line.h"

#define PAGE 4096UL
#define HEAD 64
#define SITE 8
#define CLONE_SITE 32
#define MOST_SITES 4096
#define MOST_CLONE_SITES 16
#define PROBES 64

enum { GATE = 0, RESTORER = 16, UNMAP_EXIT = 32, LINE = AEGIS_LINE_OFFSET };

extern unsigned long aegis_syscall_gate;

/* Entered by the stub of a clone in the new thread or process, with the guest's return address in rcx. */
extern const char aegis_child_entry[];
static const void *child_entry = NULL;

struct sites {
    unsigned long start; /* of its stubs */
    unsigned count, size;
    unsigned long *back; /* where each returns to; 0: free */
};

unsigned long aegis_stubs_start, aegis_stubs_size; /* read by entry.S */
static unsigned long back_to[MOST_SITES], back_to_clone[MOST_CLONE_SITES];
static struct sites plain = {.size = SITE, .back = back_to};
static struct sites cloning = {.size = CLONE_SITE, .back = back_to_clone};

static uint8_t *write_bytes(uint8_t *to, const void *bytes, size_t size) {
    memcpy(to, bytes, size);
    return to + size;
}

/* The operand of an instruction that ends after these four bytes and refers to target. */
static uint8_t *write_distance(uint8_t *to, const void *target) {
    int32_t distance = (int32_t)((const uint8_t *)target - (to + 4));
    return write_bytes(to, &distance, sizeof distance);
}

static bool in_reach(const void *from, const void *to) {
    long distance = (const char *)to - (const char *)from;
    return distance > -0x7f000000L && distance < 0x7f000000L;
}

static void write_head(uint8_t *code) {
    static const uint8_t gate[] = {0x0f, 0x05, 0xc3};                                     /* syscall; ret */
    static const uint8_t restorer[] = {0x48, 0xc7, 0xc0, 0x0f, 0, 0, 0, 0x0f, 0x05, 0xf4}; /* rt_sigreturn, as unwinders know it */
    static const uint8_t unmap_exit[] = {0x0f, 0x05, 0x31, 0xff, 0xb8, 0x3c, 0, 0, 0, 0x0f, 0x05, 0xf4};
    memset(code, 0xf4, HEAD); /* hlt */
    write_bytes(code + GATE, gate, sizeof gate);
    write_bytes(code + LINE, gate, sizeof gate);
    write_bytes(code + RESTORER, restorer, sizeof restorer);
    write_bytes(code + UNMAP_EXIT, unmap_exit, sizeof unmap_exit);
}

/* syscall; jmp *back */
static uint8_t *write_site(uint8_t *to, const unsigned long *back) {
    static const uint8_t code[] = {0x0f, 0x05, 0xff, 0x25};
    return write_distance(write_bytes(to, code, sizeof code), back);
}

/* syscall; test %rax, %rax; je 1f; jmp *back; 1: mov back, %rcx; jmp *child_entry */
static uint8_t *write_clone_site(uint8_t *to, const unsigned long *back) {
    static const uint8_t call[] = {0x0f, 0x05, 0x48, 0x85, 0xc0, 0x74, 0x06, 0xff, 0x25};
    static const uint8_t load[] = {0x48, 0x8b, 0x0d}, jump[] = {0xff, 0x25};
    uint8_t *end = to + CLONE_SITE;
    to = write_distance(write_bytes(to, call, sizeof call), back);
    to = write_distance(write_bytes(to, load, sizeof load), back);
    to = write_distance(write_bytes(to, jump, sizeof jump), &child_entry);
    memset(to, 0xf4, (size_t)(end - to));
    return end;
}

static void write_all(uint8_t *code, size_t size) {
    write_head(code);
    uint8_t *at = code + HEAD, *end = code + size;
    cloning.start = (unsigned long)at;
    cloning.count = MOST_CLONE_SITES;
    for (unsigned i = 0; i < cloning.count; i++)
        at = write_clone_site(at, &back_to_clone[i]);
    plain.start = (unsigned long)at;
    for (plain.count = 0; plain.count < MOST_SITES && at + SITE <= end; plain.count++)
        at = write_site(at, &back_to[plain.count]);
}

long aegis_dispatch_place(void *code, size_t size) {
    if (size < AEGIS_DISPATCH_LEAST)
        return -ENOSPC;
    if (!in_reach(code, back_to) || !in_reach(code, &child_entry))
        return -ERANGE;
    unsigned long first = (unsigned long)code & ~(PAGE - 1), last = ((unsigned long)code + size + PAGE - 1) & ~(PAGE - 1);
    long error = SYS3(__NR_mprotect, first, last - first, PROT_READ | PROT_WRITE);
    if (error)
        return error;
    write_all(code, size);
    error = SYS3(__NR_mprotect, first, last - first, PROT_READ | PROT_EXEC);
    if (error)
        return error;
    child_entry = aegis_child_entry;
    aegis_stubs_start = (unsigned long)code;
    aegis_stubs_size = plain.start + plain.count * SITE - aegis_stubs_start;
    aegis_syscall_gate = aegis_stubs_start + GATE;
    aegis_line_gate = aegis_stubs_start + LINE;
    return 0;
}

/* The stub of the site whose call returns to ip, or 0. */
static unsigned long find(struct sites *sites, unsigned long ip) {
    unsigned at = (unsigned)(((ip * 0x9E3779B97F4A7C15UL >> 32) * sites->count) >> 32);
    for (unsigned probe = 0; probe < PROBES && probe < sites->count; probe++) {
        unsigned long owner = __atomic_load_n(&sites->back[at], __ATOMIC_RELAXED);
        if (owner == ip || (!owner && __atomic_compare_exchange_n(&sites->back[at], &owner, ip, false, __ATOMIC_RELAXED,
                                                                  __ATOMIC_RELAXED)) || owner == ip)
            return sites->start + (unsigned long)at * sites->size;
        at = at + 1 == sites->count ? 0 : at + 1;
    }
    return 0;
}

static bool enter(struct sites *sites, struct aegis_trap *trap) {
    unsigned long stub = find(sites, (unsigned long)trap->at[REG_RIP]);
    if (!stub)
        return false;
    trap->at[REG_RIP] = (greg_t)stub;
    return true;
}

bool aegis_stub_enter(struct aegis_trap *trap) {
    return enter(&plain, trap);
}

bool aegis_stub_enter_clone(struct aegis_trap *trap) {
    return enter(&cloning, trap);
}

void aegis_stub_enter_unmap_exit(struct aegis_trap *trap) {
    trap->at[REG_RIP] = (greg_t)(aegis_stubs_start + UNMAP_EXIT);
}

void *aegis_stub_restorer(void) {
    return (void *)(aegis_stubs_start + RESTORER);
}

unsigned long aegis_stub_shown(unsigned long ip, unsigned long result) {
    const struct sites *sites = ip >= plain.start ? &plain : &cloning;
    unsigned long offset = ip - sites->start;
    if (ip < sites->start || offset >= (unsigned long)sites->count * sites->size)
        return 0;
    unsigned long back = sites->back[offset / sites->size];
    if (offset % sites->size == 0)
        return back - 2;
    /* A child must not get past the place where it is armed. */
    return sites == &cloning && !result ? 0 : back;
}
