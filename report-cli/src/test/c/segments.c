// SPDX-License-Identifier: Apache-2.0
// Makes System V segments for SharedMemoryIT, in an IPC namespace of its own.
//
//   segments hold          attaches to one, prints its id, and keeps it until its input ends
//   segments map FILE      the same with a file
//   segments zombie        leaves one behind by a child that it does not wait for
//   segments churn SEED    creates, attaches, detaches and removes segments, and looks after each step
//                          whether all that live are there, until a line comes; then prints what is left:
//                          "orphan ID" for each segment of a child that has ended, "live ID" for its own
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 16, ATTACHED_MOST = 3 };

static struct {
  int id;  // -1 for none
  int count;
  void *at[ATTACHED_MOST];
} live[MOST];

static void fail(const char *what, int id) {
  printf("LOST %s %d: %s\n", what, id, strerror(errno));
  fflush(stdout);
  _exit(1);
}

static int input_waits(int milliseconds) {
  struct pollfd in = {.fd = 0, .events = POLLIN};
  return poll(&in, 1, milliseconds) > 0;
}

static void read_line(void) {
  char c;
  while (read(0, &c, 1) == 1 && c != '\n') {
  }
}

// Gone, or marked to go by somebody else's IPC_RMID.
static void check(void) {
  for (int i = 0; i < MOST; i++) {
    struct shmid_ds facts;
    if (live[i].id >= 0) {
      if (shmctl(live[i].id, IPC_STAT, &facts) != 0) fail("segment", live[i].id);
      if (facts.shm_perm.mode & SHM_DEST) fail("marked segment", live[i].id);
      if ((int)facts.shm_nattch < live[i].count) fail("attachment", live[i].id);
    }
  }
}

// A segment of a process that ends at once.
static int orphan(void) {
  int ids[2], id = -1;
  if (pipe(ids) != 0) fail("pipe", 0);
  pid_t child = fork();
  if (child == 0) {
    id = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
    if (id >= 0 && rand() % 2) shmdt(shmat(id, NULL, 0));
    _exit(write(ids[1], &id, sizeof id) != sizeof id);
  }
  close(ids[1]);
  if (child < 0 || read(ids[0], &id, sizeof id) != sizeof id || id < 0) fail("child", child);
  close(ids[0]);
  return id;
}

// A segment whose creator ends while this process is attached, so that only its last user lives.
static int adopted(void **at) {
  int up[2], down[2], id = -1;
  if (pipe(up) != 0 || pipe(down) != 0) fail("pipe", 0);
  pid_t child = fork();
  if (child == 0) {
    id = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
    char c;
    close(down[1]);
    _exit(write(up[1], &id, sizeof id) != sizeof id || read(down[0], &c, 1) < 0);
  }
  close(up[1]);
  close(down[0]);
  if (child < 0 || read(up[0], &id, sizeof id) != sizeof id || id < 0) fail("child", child);
  *at = shmat(id, NULL, 0);
  if (*at == (void *)-1) fail("adopted segment", id);
  close(down[1]);
  close(up[0]);
  waitpid(child, NULL, 0);
  return id;
}

static void step(void) {
  int i = rand() % MOST;
  if (live[i].id < 0) {
    live[i].count = 0;
    if (rand() % 8 == 0) {
      live[i].id = adopted(&live[i].at[0]);
      live[i].count = 1;
    } else {
      live[i].id = shmget(IPC_PRIVATE, 1 + rand() % 10000, IPC_CREAT | 0600);
      if (live[i].id < 0) fail("shmget", i);
    }
    return;
  }
  switch (rand() % 4) {
    case 0:
    case 1:
      if (live[i].count < ATTACHED_MOST) {
        void *at = shmat(live[i].id, NULL, 0);
        if (at == (void *)-1) fail("segment to attach", live[i].id);
        live[i].at[live[i].count++] = at;
      }
      break;
    case 2:
      if (live[i].count > 0 && shmdt(live[i].at[--live[i].count]) != 0) fail("shmdt", live[i].id);
      break;
    default:
      if (rand() % 4 == 0) {
        if (shmctl(live[i].id, IPC_RMID, NULL) != 0) fail("segment to remove", live[i].id);
        while (live[i].count > 0) shmdt(live[i].at[--live[i].count]);
        live[i].id = -1;
      }
  }
}

static int churn(unsigned seed) {
  long steps = 0;
  srand(seed);
  for (int i = 0; i < MOST; i++) live[i].id = -1;
  while (!input_waits(0)) {
    step();
    check();
    if (++steps % 200 == 0) {
      printf("orphan %d\n", orphan());
      // Every other one stays a zombie for a while.
      if (steps % 400 == 0) while (waitpid(-1, NULL, WNOHANG) > 0) {
      }
    }
    usleep(100);
  }
  read_line();
  check();
  for (int i = 0; i < MOST; i++) {
    if (live[i].id >= 0) printf("live %d\n", live[i].id);
  }
  printf("steps %ld\n", steps);
  fflush(stdout);
  read_line();
  check();
  return 0;
}

static int until_told(void) {
  fflush(stdout);
  read_line();
  return 0;
}

int main(int count, char **words) {
  const char *what = count > 1 ? words[1] : "";
  if (!strcmp(what, "hold")) {
    int id = shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
    if (id < 0 || shmat(id, NULL, 0) == (void *)-1) fail("hold", id);
    printf("%d\n", id);
    return until_told();
  }
  if (!strcmp(what, "map") && count > 2) {
    int file = open(words[2], O_RDWR | O_CREAT, 0600);
    if (file < 0 || ftruncate(file, 8192) != 0 ||
        mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0) == MAP_FAILED)
      fail("map", file);
    close(file);
    printf("mapped\n");
    return until_told();
  }
  if (!strcmp(what, "zombie")) {
    printf("%d\n", orphan());
    return until_told();
  }
  if (!strcmp(what, "churn") && count > 2) return churn((unsigned)atoi(words[2]));
  return 2;
}
