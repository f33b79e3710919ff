#include "office.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { PAGE = 8192, HEADER = 24, FIELD = 6 };

static struct frame last;

static void write_page(const struct office *office)
{
    static uint8_t page[PAGE];
    char path[128];
    uint32_t version = 1;
    memset(page, 0, sizeof page);
    memcpy(page, "AEGISPG1", 8);
    memcpy(page + 8, &version, 4);
    strcpy((char *)page + 24, "test");
    snprintf((char *)page + 56, 108, "%s/reporter.sock", office->directory);
    snprintf((char *)page + 256, 1024, "%s/home", office->directory);
    snprintf((char *)page + 1280, 1024, "%s", office->directory);
    snprintf((char *)page + 2304, 1024, "%s", library);
    snprintf((char *)page + 3328, 1024, "%s", gate_binary);
    strcpy((char *)page + 4352, "/nonexistent/distribution");
    snprintf(path, sizeof path, "%s/page", office->directory);
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    CHECK(write(fd, page, sizeof page) == sizeof page);
    close(fd);
}

static struct sockaddr_un address_of(const struct office *office)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s/reporter.sock", office->directory);
    return address;
}

void office_return(struct office *office)
{
    struct sockaddr_un address = address_of(office);
    office->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(bind(office->listener, (struct sockaddr *)&address, sizeof address) == 0);
    CHECK(listen(office->listener, 16) == 0);
}

void office_open(struct office *office)
{
    *office = (struct office){.listener = -1, .peer = -1};
    strcpy(office->directory, "/tmp/aegis-gate-XXXXXX");
    CHECK(mkdtemp(office->directory) != NULL);
    write_page(office);
    office_return(office);
}

void office_die(struct office *office)
{
    struct sockaddr_un address = address_of(office);
    unlink(address.sun_path);
    close(office->listener);
    close(office->peer);
    office->listener = office->peer = -1;
}

void office_close(struct office *office)
{
    char path[128];
    office_die(office);
    snprintf(path, sizeof path, "%s/page", office->directory);
    unlink(path);
    rmdir(office->directory);
}

static bool read_all(int fd, void *to, size_t size)
{
    for (size_t done = 0; done < size;) {
        ssize_t got = read(fd, (char *)to + done, size - done);
        if (got <= 0)
            return false;
        done += (size_t)got;
    }
    return true;
}

const struct frame *office_read(struct office *office)
{
    uint8_t header[HEADER];
    uint32_t length;
    last.type = 0;
    if (!read_all(office->peer, header, sizeof header))
        return &last;
    memcpy(&length, header, 4);
    CHECK(length >= HEADER && length <= sizeof last.fields && header[4] == 1);
    memcpy(&last.transaction, header + 8, 8);
    last.size = length - HEADER;
    CHECK(read_all(office->peer, last.fields, last.size));
    last.type = header[5];
    return &last;
}

uint64_t frame_number(const struct frame *frame, int tag)
{
    for (size_t at = 0; at + FIELD <= frame->size;) {
        uint32_t size;
        uint64_t number = 0;
        memcpy(&size, frame->fields + at + 2, 4);
        if (frame->fields[at] == tag) {
            CHECK(size <= 8);
            memcpy(&number, frame->fields + at + FIELD, size);
            return number;
        }
        at += FIELD + size;
    }
    CHECK(!"the field is there");
    return 0;
}

void office_accept(struct office *office)
{
    office->peer = accept4(office->listener, NULL, NULL, SOCK_CLOEXEC);
    CHECK(office->peer >= 0);
    const struct frame *hello = office_read(office);
    CHECK(hello->type == HELLO && frame_number(hello, TAG_FRONT) == 2);
}

void office_expect_attach(struct office *office, uint64_t request)
{
    const struct frame *attach = office_read(office);
    CHECK(attach->type == ATTACH && frame_number(attach, TAG_REQUEST) == request);
}

static size_t put(uint8_t *to, int tag, const void *data, uint32_t size)
{
    to[0] = (uint8_t)tag;
    to[1] = 0;
    memcpy(to + 2, &size, 4);
    memcpy(to + FIELD, data, size);
    return FIELD + size;
}

static void answer(struct office *office, int type, const uint8_t *fields, size_t size)
{
    uint8_t frame[4096] = {0};
    uint32_t length = (uint32_t)(HEADER + size);
    memcpy(frame, &length, 4);
    frame[4] = 1;
    frame[5] = (uint8_t)type;
    memcpy(frame + 8, &last.transaction, 8);
    memcpy(frame + HEADER, fields, size);
    CHECK(send(office->peer, frame, length, MSG_NOSIGNAL) == (ssize_t)length);
}

void office_decide(struct office *office, int verdict, uint64_t request, const char *rule, const char *reason)
{
    uint8_t fields[3000], byte = (uint8_t)verdict;
    size_t size = put(fields, TAG_VERDICT, &byte, 1);
    if (request)
        size += put(fields + size, TAG_REQUEST, &request, 8);
    if (rule)
        size += put(fields + size, TAG_RULE, rule, (uint32_t)strlen(rule));
    if (reason)
        size += put(fields + size, TAG_REASON, reason, (uint32_t)strlen(reason));
    answer(office, VERDICT, fields, size);
}

void office_hold(struct office *office, uint64_t request)
{
    uint8_t fields[64];
    answer(office, HELD, fields, put(fields, TAG_REQUEST, &request, 8));
}

void office_decide_unknown(struct office *office)
{
    uint8_t fields[64], deny = DENY;
    uint32_t error = ESRCH;
    size_t size = put(fields, TAG_VERDICT, &deny, 1);
    answer(office, VERDICT, fields, size + put(fields + size, TAG_ERRNO, &error, 4));
}
