// A client that sends each request of a file once: `replay PORT CLIENTS FILE`. Every client has a connection, sends a
// request, waits for its answer and takes the next. Prints `SECONDS` and then `STATUS COUNT` lines.
// The file: for each request its length as a decimal line, then its bytes.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct request {
    const char *bytes;
    size_t size;
};

struct client {
    int fd;
    size_t used;
    char bytes[64 * 1024];
};

static struct request *requests;
static size_t total, next, answered;
static long statuses[600];

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void load(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) fail(path);
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = malloc((size_t)size + 1);
    if (fread(text, 1, (size_t)size, file) != (size_t)size) fail(path);
    text[size] = 0;
    for (char *at = text; at < text + size;) {
        char *line_end;
        size_t length = strtoul(at, &line_end, 10);
        requests = realloc(requests, (total + 1) * sizeof *requests);
        requests[total++] = (struct request){line_end + 1, length};
        at = line_end + 1 + length;
    }
    fclose(file);
}

// Sends the next request; false when there is none.
static int send_next(struct client *c) {
    if (next == total) return 0;
    struct request r = requests[next++];
    if (write(c->fd, r.bytes, r.size) != (ssize_t)r.size) fail("write");
    return 1;
}

// Reads; true when a whole answer has come.
static int receive(struct client *c) {
    ssize_t count = read(c->fd, c->bytes + c->used, sizeof c->bytes - 1 - c->used);
    if (count <= 0) fail("the server closed the connection");
    c->used += (size_t)count;
    c->bytes[c->used] = 0;
    char *end = strstr(c->bytes, "\r\n\r\n");
    if (!end) return 0;
    char *length = strcasestr(c->bytes, "\r\ncontent-length:");
    size_t body = length && length < end ? strtoul(length + 17, NULL, 10) : 0;
    if (c->used < (size_t)(end + 4 - c->bytes) + body) return 0;
    int status = atoi(c->bytes + 9);
    if (status < 0 || status >= 600) fail("status");
    statuses[status]++;
    answered++;
    c->used = 0;
    return 1;
}

int main(int count, char **arguments) {
    if (count != 4) return 2;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(arguments[1]))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int clients = atoi(arguments[2]), poll = epoll_create1(EPOLL_CLOEXEC);
    load(arguments[3]);
    struct client *all = calloc((size_t)clients, sizeof *all);
    for (int i = 0; i < clients; i++) {
        int on = 1;
        all[i].fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (connect(all[i].fd, (struct sockaddr *)&address, sizeof address)) fail("connect");
        setsockopt(all[i].fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &all[i]};
        epoll_ctl(poll, EPOLL_CTL_ADD, all[i].fd, &event);
    }
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (int i = 0; i < clients; i++) send_next(&all[i]);
    struct epoll_event ready[256];
    while (answered < total) {
        int found = epoll_wait(poll, ready, 256, -1);
        for (int i = 0; i < found; i++) {
            struct client *c = ready[i].data.ptr;
            if (receive(c)) send_next(c);
        }
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    printf("%.6f\n", (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9);
    for (int i = 0; i < 600; i++)
        if (statuses[i]) printf("%d %ld\n", i, statuses[i]);
    return 0;
}
