#include "guard.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { message_capacity = 1024 };

/* What a thread needs to know about its GLPK environment. */
static _Thread_local struct {
  uint64_t identity;
  uint64_t epoch;
  int problems;
  jmp_buf *landing;
  int (*judge)(void *context, const char *line);
  void *context;
  size_t length;
  char message[message_capacity];
} here;

static uint64_t identity(void) {
  static _Atomic uint64_t count = 0;
  if (here.identity == 0) here.identity = atomic_fetch_add(&count, 1) + 1;
  return here.identity;
}

static void keep(const char *text) {
  size_t room = message_capacity - 1 - here.length;
  size_t length = strnlen(text, room);
  memcpy(here.message + here.length, text, length);
  here.length += length;
  here.message[here.length] = '\0';
}

/* Takes what GLPK would print. Non-zero: it must not print it itself. */
static int hear(void *unused, const char *text) {
  (void)unused;
  if (here.judge == NULL || glp_at_error())
    keep(text);
  else if (here.judge(here.context, text) != 0)
    longjmp(*here.landing, LANDED_ABANDONED);
  return 1;
}

/* Called where GLPK is about to abort. */
static void fault(void *unused) {
  (void)unused;
  if (here.landing != NULL) longjmp(*here.landing, LANDED_FAULT);
}

stowage_glpk_call stowage_glpk_admit_thread(void) {
  return here.landing == NULL ? STOWAGE_GLPK_DONE : STOWAGE_GLPK_BUSY;
}

stowage_glpk_call stowage_glpk_admit(const stowage_glpk *handle) {
  if (handle->thread != identity()) return STOWAGE_GLPK_WRONG_THREAD;
  if (handle->epoch != here.epoch) return STOWAGE_GLPK_LOST;
  return stowage_glpk_admit_thread();
}

int stowage_glpk_is_lost(const stowage_glpk *handle) {
  return stowage_glpk_admit(handle) == STOWAGE_GLPK_LOST;
}

void stowage_glpk_enter(jmp_buf *landing) {
  here.landing = landing;
  here.length = 0;
  here.message[0] = '\0';
  /* Set each time, because the environment may be a new one. The two lines of a fault reach the
   * terminal hook even with terminal output off. */
  glp_term_hook(hear, NULL);
  glp_error_hook(fault, NULL);
  glp_term_out(GLP_OFF);
}

void stowage_glpk_watch(int (*judge)(void *context, const char *line), void *context) {
  here.judge = judge;
  here.context = context;
  glp_term_out(GLP_ON);
}

static void end(void) {
  here.landing = NULL;
  here.judge = NULL;
  here.context = NULL;
}

stowage_glpk_call stowage_glpk_leave(void) {
  end();
  return STOWAGE_GLPK_DONE;
}

stowage_glpk_call stowage_glpk_recover(int landed) {
  end();
  /* Frees all memory of the thread's problems, whatever state they are in. */
  glp_free_env();
  here.epoch += 1;
  here.problems = 0;
  return landed == LANDED_ABANDONED ? STOWAGE_GLPK_ABANDONED : STOWAGE_GLPK_FAULT;
}

void stowage_glpk_adopt(stowage_glpk *handle, glp_prob *problem) {
  handle->problem = problem;
  handle->thread = identity();
  handle->epoch = here.epoch;
  here.problems += 1;
}

void stowage_glpk_disown(stowage_glpk *handle) {
  free(handle);
  here.problems -= 1;
  if (here.problems == 0) glp_free_env();
}

const char *stowage_glpk_message(void) { return here.message; }

int stowage_glpk_problem_count(void) { return here.problems; }
