// The yardstick: an epoll server in C that parses nothing but the end of a request and answers fixed bytes.
// `server PORT`: 13 bytes at /health, 900 bytes everywhere else, keep-alive, two loops that share the port.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { loops = 2, connections = 65536, capacity = 4096 };

struct connection {
    size_t used;
    char bytes[capacity];
};

static struct connection *table[connections];
static char small[512], large[2048];
static size_t small_size, large_size;
static int port;

static size_t answer(char *out, const char *type, const char *body, size_t size) {
    int head = sprintf(out,
                       "HTTP/1.1 200 OK\r\ncontent-type: %s\r\ncontent-length: %zu\r\n\r\n", type, size);
    memcpy(out + head, body, size);
    return (size_t)head + size;
}

static int listener(void) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) || listen(fd, 1024)) {
        perror("listen");
        exit(1);
    }
    return fd;
}

static void drop(int fd) {
    free(table[fd]);
    table[fd] = NULL;
    close(fd);
}

// Answers every whole request in the buffer with one write. False when the connection is over.
static int serve(int fd, struct connection *c) {
    ssize_t count = read(fd, c->bytes + c->used, capacity - 1 - c->used);
    if (count <= 0) return count < 0 && errno == EAGAIN;
    c->used += (size_t)count;
    c->bytes[c->used] = 0;
    static __thread char out[64 * 1024];
    size_t size = 0;
    char *start = c->bytes, *end;
    while ((end = memmem(start, (size_t)(c->bytes + c->used - start), "\r\n\r\n", 4)) != NULL) {
        int is_health = strncmp(start, "GET /health ", 12) == 0;
        size_t next = is_health ? small_size : large_size;
        if (size + next > sizeof out) return 0;
        memcpy(out + size, is_health ? small : large, next);
        size += next;
        start = end + 4;
    }
    c->used = (size_t)(c->bytes + c->used - start);
    memmove(c->bytes, start, c->used);
    if (c->used == capacity - 1) return 0;
    return size == 0 || write(fd, out, size) == (ssize_t)size;
}

static void *loop(void *unused) {
    (void)unused;
    int gate = listener(), poll = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = gate}, ready[256];
    epoll_ctl(poll, EPOLL_CTL_ADD, gate, &event);
    for (;;) {
        int count = epoll_wait(poll, ready, 256, -1);
        for (int i = 0; i < count; i++) {
            int fd = ready[i].data.fd;
            if (fd != gate) {
                if (!serve(fd, table[fd])) drop(fd);
                continue;
            }
            while ((fd = accept4(gate, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
                int on = 1;
                if (fd >= connections || !(table[fd] = calloc(1, sizeof *table[fd]))) {
                    close(fd);
                    continue;
                }
                setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
                event = (struct epoll_event){.events = EPOLLIN, .data.fd = fd};
                epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event);
            }
        }
    }
    return NULL;
}

int main(int count, char **arguments) {
    if (count != 2) return 2;
    port = atoi(arguments[1]);
    signal(SIGPIPE, SIG_IGN);
    char body[900];
    memset(body, 'x', sizeof body);
    small_size = answer(small, "text/plain", "Hello, World!", 13);
    large_size = answer(large, "application/json", body, sizeof body);
    pthread_t threads[loops];
    for (int i = 0; i < loops; i++) pthread_create(&threads[i], NULL, loop, NULL);
    for (int i = 0; i < loops; i++) pthread_join(threads[i], NULL);
    return 0;
}
