/* The guard around calls to GLPK; see CGLPKShim.h. */
#ifndef STOWAGE_CGLPK_GUARD_H
#define STOWAGE_CGLPK_GUARD_H

#include <setjmp.h>
#include <stdint.h>

#include "CGLPKShim.h"

struct stowage_glpk {
  glp_prob *problem;
  /* Of the thread; never used again for another one, as a kernel's thread number may be. */
  uint64_t thread;
  /* Of the thread's environment. */
  uint64_t epoch;
};

/* What setjmp returns the second time. */
enum { LANDED_FAULT = 1, LANDED_ABANDONED = 2 };

/* Why `handle` cannot be used now, or DONE. */
stowage_glpk_call stowage_glpk_admit(const stowage_glpk *handle);
/* The same for a call that needs no problem yet. */
stowage_glpk_call stowage_glpk_admit_thread(void);
/* Makes `landing` the place where faults of this thread land. */
void stowage_glpk_enter(jmp_buf *landing);
/* Has `judge` called with each line that GLPK would print during the guarded call; where it
 * returns non-zero, the call is abandoned. */
void stowage_glpk_watch(int (*judge)(void *context, const char *line), void *context);
/* Ends a call that went well. */
stowage_glpk_call stowage_glpk_leave(void);
/* Ends a call that faulted or was abandoned: resets the thread's environment. */
stowage_glpk_call stowage_glpk_recover(int landed);
/* Counts a new problem of this thread. */
void stowage_glpk_adopt(stowage_glpk *handle, glp_prob *problem);
/* Forgets a problem of this thread, whose glp_prob is gone already. */
void stowage_glpk_disown(stowage_glpk *handle);

/* Opens a guarded section: what follows may call GLPK until stowage_glpk_leave(). Locals changed after this line
 * have no defined value after a fault, so nothing but the return is done then. */
#define GUARD(admission)                                  \
  do {                                                    \
    stowage_glpk_call refusal = (admission);              \
    if (refusal != STOWAGE_GLPK_DONE) return refusal;     \
  } while (0);                                            \
  jmp_buf landing;                                        \
  switch (setjmp(landing)) {                              \
    case 0: break;                                        \
    case LANDED_ABANDONED: return stowage_glpk_recover(LANDED_ABANDONED); \
    default: return stowage_glpk_recover(LANDED_FAULT);   \
  }                                                       \
  stowage_glpk_enter(&landing)

#endif
