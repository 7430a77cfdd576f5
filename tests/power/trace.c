/* What a program asks of the disk, in order: loaded before libc, it writes every change below $POWER_DIR
 * to $POWER_LOG, for cut.py, which makes of any beginning of that list what a disk could hold after the
 * power failed there. With $POWER_KILL_AT=n the program is killed before its n-th change.
 *
 * A record is: kind (1 byte), length of the path and of the second path (4 + 4), offset, length of the
 * data (8 + 8), the paths, the data; numbers in the machine's own order. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static const char *folder;
static int to = -1;
static long changes, kill_at;

__attribute__((constructor)) static void begin(void) {
  const char *log = getenv("POWER_LOG"), *at = getenv("POWER_KILL_AT");
  folder = getenv("POWER_DIR");
  kill_at = at ? atol(at) : 0;
  if (log) to = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* The index of the log is memory that happens to have a name. */
static int ours(const char *path) {
  size_t length = path ? strlen(path) : 0;
  return folder && length > 4 && !strncmp(path, folder, strlen(folder)) && strcmp(path + length - 4, "-shm");
}

static int path_of(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, 4095);
  if (length <= 0) return 0;
  path[length] = 0;
  return ours(path) && !strstr(path, " (deleted)");
}

static void absolute(const char *path, char *whole) {
  if (path[0] == '/' || !getcwd(whole, 2048)) { snprintf(whole, 4096, "%s", path); return; }
  size_t length = strlen(whole);
  snprintf(whole + length, 4096 - length, "/%s", path);
}

static void all(const void *bytes, size_t length) {
  const char *from = bytes;
  while (length) {
    ssize_t done = syscall(SYS_write, to, from, length);
    if (done <= 0) return;
    from += done;
    length -= (size_t)done;
  }
}

/* Called with the lock held, before the change is made. */
static void about_to(void) {
  if (++changes == kill_at) { kill(getpid(), SIGKILL); for (;;) pause(); }
}

static void note(char kind, const char *path, const char *second, uint64_t offset, const void *data, uint64_t length) {
  if (to < 0) return;
  uint32_t one = (uint32_t)strlen(path), two = second ? (uint32_t)strlen(second) : 0;
  uint64_t stored = data ? length : 0;
  all(&kind, 1); all(&one, 4); all(&two, 4); all(&offset, 8); all(&stored, 8);
  all(path, one);
  if (two) all(second, two);
  if (stored) all(data, stored);
}

#define LOCK pthread_mutex_lock(&one_at_a_time)
#define UNLOCK pthread_mutex_unlock(&one_at_a_time)

static ssize_t wrote(int fd, const void *data, size_t length, off_t at, int placed) {
  char path[4096];
  if (fd < 3 || !path_of(fd, path))
    return placed ? syscall(SYS_pwrite64, fd, data, length, at) : syscall(SYS_write, fd, data, length);
  LOCK;
  about_to();
  if (!placed) at = lseek(fd, 0, SEEK_CUR);
  ssize_t done = placed ? syscall(SYS_pwrite64, fd, data, length, at) : syscall(SYS_write, fd, data, length);
  int error = errno;
  if (done > 0) note('W', path, 0, (uint64_t)at, data, (uint64_t)done);
  UNLOCK;
  errno = error;
  return done;
}
ssize_t write(int fd, const void *data, size_t length) { return wrote(fd, data, length, 0, 0); }
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) { return wrote(fd, data, length, at, 1); }
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) { return wrote(fd, data, length, at, 1); }

static int cut(int fd, off_t length) {
  char path[4096];
  if (!path_of(fd, path)) return (int)syscall(SYS_ftruncate, fd, length);
  LOCK;
  about_to();
  int done = (int)syscall(SYS_ftruncate, fd, length), error = errno;
  if (!done) note('T', path, 0, (uint64_t)length, 0, 0);
  UNLOCK;
  errno = error;
  return done;
}
int ftruncate(int fd, off_t length) { return cut(fd, length); }
int ftruncate64(int fd, off64_t length) { return cut(fd, length); }

static int forced(int fd, long call) {
  char path[4096];
  if (!path_of(fd, path)) return (int)syscall(call, fd);
  LOCK;
  about_to();
  /* The disk itself is not asked: what counts is that the program asked. */
  note('S', path, 0, 0, 0, 0);
  UNLOCK;
  return 0;
}
int fsync(int fd) { return forced(fd, SYS_fsync); }
int fdatasync(int fd) { return forced(fd, SYS_fdatasync); }

static int opened(int at, const char *path, int flags, mode_t mode) {
  char whole[4096];
  struct stat there;
  if (path) absolute(path, whole);
  if (!path || at != AT_FDCWD || !(flags & O_CREAT) || !ours(whole) || !lstat(path, &there))
    return (int)syscall(SYS_openat, at, path, flags, mode);
  LOCK;
  about_to();
  int fd = (int)syscall(SYS_openat, at, path, flags, mode), error = errno;
  if (fd >= 0) note('C', whole, 0, 0, 0, 0);
  UNLOCK;
  errno = error;
  return fd;
}
#define MODE va_list more; va_start(more, flags); mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0; va_end(more)
int open(const char *path, int flags, ...) { MODE; return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE; return opened(AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE; return opened(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE; return opened(at, path, flags, mode); }

#define NAMED(kind, path, second, call)                                   \
  char whole[4096];                                                       \
  absolute(path, whole);                                                  \
  if (!ours(whole)) return (int)(call);                                   \
  LOCK;                                                                   \
  about_to();                                                             \
  int done = (int)(call), error = errno;                                  \
  if (!done) note(kind, whole, second, 0, 0, 0);                          \
  UNLOCK;                                                                 \
  errno = error;                                                          \
  return done;
int mkdir(const char *path, mode_t mode) { NAMED('M', path, 0, syscall(SYS_mkdirat, AT_FDCWD, path, mode)) }
int unlink(const char *path) { NAMED('U', path, 0, syscall(SYS_unlinkat, AT_FDCWD, path, 0)) }
int rename(const char *path, const char *second) {
  char other[4096];
  absolute(second, other);
  NAMED('R', path, other, syscall(SYS_renameat2, AT_FDCWD, path, AT_FDCWD, second, 0))
}
