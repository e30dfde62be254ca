// Clients that mean harm, or only stay: `siege KIND PORT COUNT SECONDS`. Holds COUNT connections open, from many addresses
// of the loopback so that no limit for one address spares the server, and opens another wherever one is cut. KIND:
//   idle    one request each, then silence
//   sockets a WebSocket each, then silence
//   silent  nothing is ever sent
//   heads   a byte of a head each second
//   bodies  a head with the length of a large body, then a byte of it each second
//   unread  a request for 50 MB, of which nothing is ever read
// Prints `ready` once all are open (idle and sockets: answered), and at the end how many were cut by the server.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { per_address = 500, steps = 100 };

struct client {
    int fd;
    int is_open;
};

static struct client *clients;
static int count, poll_fd, port;
static long cut, opened;
static const char *kind, *opening;
// Whether a connection counts only when it is answered.
static int awaits_answer;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void begin(int index) {
    struct client *c = &clients[index];
    int on = 1, small = 4096;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (c->fd < 0) fail("socket");
    if (!strcmp(kind, "unread")) setsockopt(c->fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    // The port is chosen when connecting, for the pair of addresses; choosing it here would run out of them.
    setsockopt(c->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    struct sockaddr_in own = {.sin_family = AF_INET}, server = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    own.sin_addr.s_addr = htonl(0x7f000100u + (unsigned)(index / per_address));
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(c->fd, (struct sockaddr *)&own, sizeof own)) fail("bind");
    if (connect(c->fd, (struct sockaddr *)&server, sizeof server) && errno != EINPROGRESS) fail("connect");
    c->is_open = 0;
    struct epoll_event event = {.events = EPOLLOUT | EPOLLRDHUP, .data.u32 = (unsigned)index};
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, c->fd, &event);
}

static void again(int index) {
    close(clients[index].fd);
    cut++;
    begin(index);
}

static void handle(struct epoll_event *event) {
    int index = (int)event->data.u32;
    struct client *c = &clients[index];
    char bytes[4096];
    if (event->events & (EPOLLERR | EPOLLHUP)) return again(index);
    if (!c->is_open && event->events & EPOLLOUT) {
        c->is_open = 1;
        if (*opening && send(c->fd, opening, strlen(opening), MSG_NOSIGNAL) < 0) return again(index);
        if (!awaits_answer) opened++;
        // Whoever never reads does not want to hear of what there is to read either.
        event->events = !strcmp(kind, "unread") ? 0 : EPOLLIN | EPOLLRDHUP;
        epoll_ctl(poll_fd, EPOLL_CTL_MOD, c->fd, event);
        return;
    }
    if (event->events & (EPOLLIN | EPOLLRDHUP)) {
        ssize_t size = recv(c->fd, bytes, sizeof bytes, 0);
        if (size <= 0 && errno != EAGAIN) return again(index);
        if (size > 0 && awaits_answer) opened++;
    }
}

int main(int argument_count, char **arguments) {
    if (argument_count != 5) return 2;
    kind = arguments[1];
    port = atoi(arguments[2]);
    count = atoi(arguments[3]);
    double seconds = atof(arguments[4]);
    int drips = !strcmp(kind, "heads") || !strcmp(kind, "bodies");
    awaits_answer = !strcmp(kind, "idle") || !strcmp(kind, "sockets");
    opening = !strcmp(kind, "sockets")  ? "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
              : !strcmp(kind, "idle")   ? "GET /health HTTP/1.1\r\nHost: a\r\n\r\n"
              : !strcmp(kind, "heads")  ? "GET /health HTTP/1.1\r\nHost: a\r\nX: "
              : !strcmp(kind, "bodies") ? "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n"
              : !strcmp(kind, "unread") ? "GET /bytes/50000000 HTTP/1.1\r\nHost: a\r\n\r\n"
                                        : "";
    errno = 0;
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    signal(SIGPIPE, SIG_IGN);
    // Who attacks has processors of their own and does not take the server's; here they share them.
    if (nice(10) < 0 && errno) perror("nice");
    poll_fd = epoll_create1(EPOLL_CLOEXEC);
    clients = calloc((size_t)count, sizeof *clients);
    struct epoll_event ready[256];
    int begun = 0, is_ready = 0, step = 0;
    double next_step = now() + 1.0 / steps, end = 0;
    while (!end || now() < end) {
        // A few at a time, as much as a backlog takes.
        for (int i = 0; i < 64 && begun < count && begun < opened + 512; i++) begin(begun++);
        int found = epoll_wait(poll_fd, ready, 256, begun < count ? 1 : 5);
        for (int i = 0; i < found; i++) handle(&ready[i]);
        if (!is_ready && opened >= count) {
            is_ready = 1;
            cut = 0;
            end = now() + seconds;
            printf("ready\n");
            fflush(stdout);
        }
        for (; drips && now() >= next_step; next_step += 1.0 / steps, step = (step + 1) % steps)
            for (int i = step; i < begun; i += steps)
                if (clients[i].is_open) send(clients[i].fd, "x", 1, MSG_NOSIGNAL);
    }
    printf("%ld\n", cut);
    return 0;
}
