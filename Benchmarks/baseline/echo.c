// A WebSocket client that waits for its own words: `echo PORT COUNT BYTES SECONDS`. Opens COUNT WebSockets at /ws, sends a
// message of BYTES bytes (at most 125) on each, and the next one when it has come back. Prints how many came back.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { most = 4096 };

static int missing[most];

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void shake_hands(int fd) {
    const char *request = "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    char answer[4096];
    size_t size = 0;
    if (send(fd, request, strlen(request), MSG_NOSIGNAL) != (ssize_t)strlen(request)) fail("send");
    // A byte at a time: what follows is no part of it.
    while (size < 4 || memcmp(answer + size - 4, "\r\n\r\n", 4))
        if (size == sizeof answer || recv(fd, answer + size++, 1, 0) != 1) fail("handshake");
    if (strncmp(answer, "HTTP/1.1 101", 12)) fail("no WebSocket");
}

int main(int count, char **arguments) {
    if (count != 5) return 2;
    int clients = atoi(arguments[2]), bytes = atoi(arguments[3]), poll = epoll_create1(EPOLL_CLOEXEC), fds[most];
    if (clients < 1 || clients > most || bytes < 0 || bytes > 125) return 2;
    unsigned char frame[6 + 125] = {0x82, (unsigned char)(0x80 | bytes), 1, 2, 3, 4}, answer[64 * 1024];
    size_t length = 6 + (size_t)bytes;
    long answered = 0;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(arguments[1]))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int i = 0; i < clients; i++) {
        int on = 1;
        fds[i] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (connect(fds[i], (struct sockaddr *)&address, sizeof address)) fail("connect");
        setsockopt(fds[i], IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        shake_hands(fds[i]);
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = (unsigned)i};
        epoll_ctl(poll, EPOLL_CTL_ADD, fds[i], &event);
    }
    double end = now() + atof(arguments[4]);
    for (int i = 0; i < clients; i++) {
        missing[i] = 2 + bytes;
        if (send(fds[i], frame, length, MSG_NOSIGNAL) != (ssize_t)length) fail("send");
    }
    struct epoll_event ready[256];
    while (now() < end) {
        int found = epoll_wait(poll, ready, 256, 100);
        for (int e = 0; e < found; e++) {
            int i = (int)ready[e].data.u32;
            ssize_t size = recv(fds[i], answer, sizeof answer, 0);
            if (size <= 0) fail("recv");
            missing[i] -= (int)size;
            if (missing[i] > 0) continue;
            if (missing[i] < 0) fail("too much came back");
            answered++;
            missing[i] = 2 + bytes;
            if (send(fds[i], frame, length, MSG_NOSIGNAL) != (ssize_t)length) fail("send");
        }
    }
    printf("%ld\n", answered);
    return 0;
}
