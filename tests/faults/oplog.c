/* Records what a process asks the disk to do, so that a power cut can be replayed at any point.
 *
 * LD_PRELOAD this, with OPLOG_ROOT naming the folder to watch and OPLOG_FILE the log to append to. A record is
 * one byte (C create, W write, T truncate, S flush, U unlink, N rename), two 32-bit path lengths, a 64-bit
 * offset, a 64-bit data length, both paths and the data, in the machine's byte order. Writes outside the root
 * pass unseen.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define FDS 65536
#define REAL(name)                         \
    static __typeof__(name) *real_##name;  \
    if (!real_##name) real_##name = dlsym(RTLD_NEXT, #name)

static int log_fd = -1; /* -1 not looked, -2 not wanted */
static char root[512];
static size_t root_length;
static char *paths[FDS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void start(void) {
    if (log_fd != -1) return;
    const char *folder = getenv("OPLOG_ROOT"), *file = getenv("OPLOG_FILE");
    if (!folder || !file || strlen(folder) >= sizeof root) { log_fd = -2; return; }
    strcpy(root, folder);
    root_length = strlen(root);
    REAL(open);
    log_fd = real_open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void record(char op, const char *path, const char *other, int64_t offset, const void *data, int64_t size) {
    if (log_fd < 0) return;
    uint32_t first = path ? strlen(path) : 0, second = other ? strlen(other) : 0;
    char head[25];
    head[0] = op;
    memcpy(head + 1, &first, 4);
    memcpy(head + 5, &second, 4);
    memcpy(head + 9, &offset, 8);
    memcpy(head + 17, &size, 8);
    struct iovec parts[4] = {{head, sizeof head}, {(void *)path, first}, {(void *)other, second},
                             {(void *)data, data ? (size_t)size : 0}};
    pthread_mutex_lock(&lock);
    if (writev(log_fd, parts, 4) < 0) abort(); /* a log with a hole would prove nothing */
    pthread_mutex_unlock(&lock);
}

static int watched(const char *path) { return path && log_fd >= 0 && strncmp(path, root, root_length) == 0; }

static char *path_of(int fd) { return fd >= 0 && fd < FDS ? paths[fd] : NULL; }

static int opened(int fd, const char *path, int flags, int existed) {
    if (fd < 0 || fd >= FDS) return fd;
    free(paths[fd]);
    paths[fd] = watched(path) ? strdup(path) : NULL;
    if (!paths[fd]) return fd;
    if (!existed) record('C', path, NULL, 0, NULL, 0);
    else if (flags & O_TRUNC) record('T', path, NULL, 0, NULL, 0);
    return fd;
}

#define MODE_OF(flags)                  \
    mode_t mode = 0;                    \
    if ((flags) & O_CREAT) {            \
        va_list rest;                   \
        va_start(rest, flags);          \
        mode = va_arg(rest, mode_t);    \
        va_end(rest);                   \
    }

int open(const char *path, int flags, ...) {
    start(); REAL(open); MODE_OF(flags)
    int existed = access(path, F_OK) == 0;
    return opened(real_open(path, flags, mode), path, flags, existed);
}

int open64(const char *path, int flags, ...) {
    start(); REAL(open64); MODE_OF(flags)
    int existed = access(path, F_OK) == 0;
    return opened(real_open64(path, flags, mode), path, flags, existed);
}

int openat(int folder, const char *path, int flags, ...) {
    start(); REAL(openat); MODE_OF(flags)
    int existed = access(path, F_OK) == 0;
    return opened(real_openat(folder, path, flags, mode), path, flags, existed);
}

int close(int fd) {
    REAL(close);
    if (path_of(fd)) { free(paths[fd]); paths[fd] = NULL; }
    return real_close(fd);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) {
    REAL(pwrite);
    ssize_t done = real_pwrite(fd, data, size, offset);
    if (path_of(fd) && done > 0) record('W', paths[fd], NULL, offset, data, done);
    return done;
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) {
    REAL(pwrite64);
    ssize_t done = real_pwrite64(fd, data, size, offset);
    if (path_of(fd) && done > 0) record('W', paths[fd], NULL, offset, data, done);
    return done;
}

ssize_t write(int fd, const void *data, size_t size) {
    REAL(write);
    if (!path_of(fd)) return real_write(fd, data, size);
    off_t offset = lseek(fd, 0, SEEK_CUR);
    struct stat now;
    if ((fcntl(fd, F_GETFL) & O_APPEND) && fstat(fd, &now) == 0) offset = now.st_size;
    ssize_t done = real_write(fd, data, size);
    if (done > 0) record('W', paths[fd], NULL, offset, data, done);
    return done;
}

int ftruncate(int fd, off_t size) {
    REAL(ftruncate);
    int result = real_ftruncate(fd, size);
    if (!result && path_of(fd)) record('T', paths[fd], NULL, size, NULL, 0);
    return result;
}

int ftruncate64(int fd, off64_t size) {
    REAL(ftruncate64);
    int result = real_ftruncate64(fd, size);
    if (!result && path_of(fd)) record('T', paths[fd], NULL, size, NULL, 0);
    return result;
}

int fsync(int fd) {
    REAL(fsync);
    int result = real_fsync(fd);
    if (path_of(fd)) record('S', paths[fd], NULL, 0, NULL, 0);
    return result;
}

int fdatasync(int fd) {
    REAL(fdatasync);
    int result = real_fdatasync(fd);
    if (path_of(fd)) record('S', paths[fd], NULL, 0, NULL, 0);
    return result;
}

int unlink(const char *path) {
    start(); REAL(unlink);
    int result = real_unlink(path);
    if (!result && watched(path)) record('U', path, NULL, 0, NULL, 0);
    return result;
}

int rename(const char *from, const char *to) {
    start(); REAL(rename);
    int result = real_rename(from, to);
    if (!result && watched(to)) record('N', from, to, 0, NULL, 0);
    return result;
}
