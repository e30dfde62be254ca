#ifndef PORTICO_CLINUX_SHIM_H
#define PORTICO_CLINUX_SHIM_H
#include <crypt.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

// `_GNU_SOURCE` stays undefined: it changes the fields of `fd_set`, and Swift refuses two definitions of one type. The
// calls that hide behind it are declared here.
extern int accept4(int descriptor, struct sockaddr *restrict address, socklen_t *restrict length, int flags);
extern int pthread_setname_np(pthread_t thread, const char *name);
extern int mkostemp(char *template_name, int flags);

// Swift imports neither transparent unions (`__SOCKADDR_ARG`) nor packed unions comfortably, so the calls that need
// them are wrapped here, and the enumerators come back as plain integers.

static const uint32_t CLINUX_EPOLLIN = EPOLLIN;
static const uint32_t CLINUX_EPOLLOUT = EPOLLOUT;
static const uint32_t CLINUX_EPOLLRDHUP = EPOLLRDHUP;
static const uint32_t CLINUX_EPOLLERR = EPOLLERR;
static const uint32_t CLINUX_EPOLLHUP = EPOLLHUP;

static const int32_t CLINUX_TCP_NOTSENT_LOWAT = TCP_NOTSENT_LOWAT;

/// A non-blocking, close-on-exec epoll descriptor, or -1 with errno.
static inline int clinux_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

/// epoll_ctl with a 64-bit token; `operation` is EPOLL_CTL_ADD, EPOLL_CTL_MOD or EPOLL_CTL_DEL.
static inline int clinux_epoll_control(int poller, int operation, int descriptor, uint32_t events, uint64_t token) {
    struct epoll_event event;
    event.events = events;
    event.data.u64 = token;
    return epoll_ctl(poller, operation, descriptor, &event);
}

static inline uint64_t clinux_event_token(const struct epoll_event *event) { return event->data.u64; }
static inline uint32_t clinux_event_flags(const struct epoll_event *event) { return event->events; }

/// A non-blocking, close-on-exec counter to wake a poller with, or -1 with errno.
static inline int clinux_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

/// accept4 into a non-blocking, close-on-exec socket, with the peer's address.
static inline int clinux_accept(int listener, struct sockaddr_storage *peer) {
    socklen_t length = sizeof *peer;
    return accept4(listener, (struct sockaddr *)peer, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

/// A non-blocking, close-on-exec stream socket of the family (AF_INET or AF_INET6), or -1 with errno.
static inline int clinux_stream_socket(int family) { return socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0); }

static inline int clinux_bind(int descriptor, const struct sockaddr_storage *address, socklen_t length) {
    return bind(descriptor, (const struct sockaddr *)address, length);
}

static inline int clinux_connect(int descriptor, const struct sockaddr_storage *address, socklen_t length) {
    return connect(descriptor, (const struct sockaddr *)address, length);
}

static inline int clinux_local_address(int descriptor, struct sockaddr_storage *address) {
    socklen_t length = sizeof *address;
    return getsockname(descriptor, (struct sockaddr *)address, &length);
}

/// sendmsg of several parts that never raises SIGPIPE.
static inline ssize_t clinux_send_parts(int descriptor, struct iovec *parts, int count) {
    struct msghdr message;
    memset(&message, 0, sizeof message);
    message.msg_iov = parts;
    message.msg_iovlen = (size_t)count;
    return sendmsg(descriptor, &message, MSG_NOSIGNAL);
}

/// send that never raises SIGPIPE.
static inline ssize_t clinux_send(int descriptor, const void *bytes, size_t count) {
    return send(descriptor, bytes, count, MSG_NOSIGNAL);
}

/// Names the calling thread for debuggers and /proc (at most 15 bytes).
static inline int clinux_name_thread(const char *name) { return pthread_setname_np(pthread_self(), name); }

/// A file without a name on the file system of a folder, for this user only, or -1 with errno.
static inline int clinux_open_unnamed(const char *folder) {
    return open(folder, __O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
}

/// A new file named by the template, whose last six characters are X, for this user only, or -1 with errno.
static inline int clinux_make_temporary(char *template_name) { return mkostemp(template_name, O_CLOEXEC); }

#endif
