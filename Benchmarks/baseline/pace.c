// Ordinary clients: `pace PORT PATH RATE SECONDS [HOST]` asks for PATH of HOST over 16 keep-alive connections, RATE times a
// second whether the answers come or not. Prints the number of answers and the median, the 99th percentile and the worst of their times in
// microseconds, each counted from when its request was due.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { clients = 16, timer = clients };

static int fds[clients];
static double due[clients];
// Taken in turn, so that none of them looks idle to the server.
static int idle[clients], idle_first, idle_count;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static int compare(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return left < right ? -1 : left > right;
}

int main(int count, char **arguments) {
    if (count != 5 && count != 6) return 2;
    int rate = atoi(arguments[3]), poll = epoll_create1(EPOLL_CLOEXEC);
    size_t total = (size_t)(rate * atof(arguments[4])), sent = 0, answered = 0;
    char request[512], bytes[64 * 1024];
    int length = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n", arguments[2],
                          count == 6 ? arguments[5] : "a");
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(arguments[1]))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int i = 0; i < clients; i++) {
        int on = 1;
        fds[i] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (connect(fds[i], (struct sockaddr *)&address, sizeof address)) fail("connect");
        setsockopt(fds[i], IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = (unsigned)i};
        epoll_ctl(poll, EPOLL_CTL_ADD, fds[i], &event);
        idle[idle_count++] = i;
    }
    int tick = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = timer};
    epoll_ctl(poll, EPOLL_CTL_ADD, tick, &event);
    double *times = malloc(total * sizeof *times), start = now() + 0.01;
    struct epoll_event ready[clients + 1];
    while (answered < total) {
        double next = start + (double)sent / rate;
        struct itimerspec at = {.it_value = {(time_t)next, (long)((next - (double)(time_t)next) * 1e9)}};
        // Where no connection is free there is nothing to wake up for but an answer.
        if (idle_count && sent < total) timerfd_settime(tick, TFD_TIMER_ABSTIME, &at, NULL);
        int found = epoll_wait(poll, ready, clients + 1, -1);
        for (int i = 0; i < found; i++) {
            unsigned which = ready[i].data.u32;
            if (which == timer) {
                uint64_t ticks;
                if (read(tick, &ticks, sizeof ticks) < 0) fail("timer");
                continue;
            }
            ssize_t size = read(fds[which], bytes, sizeof bytes);
            if (size <= 0) fail("the server closed the connection");
            if (memcmp(bytes, "HTTP/1.1 200", 12)) fail("another status than 200");
            times[answered++] = now() - due[which];
            idle[(idle_first + idle_count++) % clients] = (int)which;
        }
        for (; sent < total && idle_count && now() >= start + (double)sent / rate; sent++) {
            int which = idle[idle_first];
            idle_first = (idle_first + 1) % clients;
            idle_count--;
            due[which] = start + (double)sent / rate;
            if (write(fds[which], request, (size_t)length) != length) fail("write");
        }
    }
    qsort(times, total, sizeof *times, compare);
    printf("%zu %.0f %.0f %.0f\n", total, times[total / 2] * 1e6, times[total * 99 / 100] * 1e6, times[total - 1] * 1e6);
    return 0;
}
