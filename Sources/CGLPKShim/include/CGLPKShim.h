/* GLPK behind a guard.
 *
 * GLPK answers misuse, lack of memory and internal errors by printing a message and calling
 * abort(). Every function here enters GLPK through a guard that turns this into a return value.
 * A fault costs the thread its whole GLPK environment, hence all its problems; each handle
 * remembers which environment it was made in and refuses to be used after that one has gone.
 *
 * GLPK's environment is thread-local: a problem must be created, used and deleted on one
 * thread. Handles know their thread and refuse the others.
 *
 * Nothing is ever printed.
 *
 * Rows and columns count from 1, as in GLPK; entry 0 of an array is never read or written.
 */
#ifndef STOWAGE_CGLPK_SHIM_H
#define STOWAGE_CGLPK_SHIM_H

#include <glpk.h>

/* What became of a call. Anything but STOWAGE_GLPK_DONE means that nothing can be read. */
typedef enum {
  STOWAGE_GLPK_DONE,
  /* GLPK would have aborted. The thread's problems are gone; the thread itself may go on. */
  STOWAGE_GLPK_FAULT,
  /* An earlier fault took this problem away. */
  STOWAGE_GLPK_LOST,
  /* The problem belongs to another thread. */
  STOWAGE_GLPK_WRONG_THREAD,
  /* The thread is inside GLPK already: called from a progress function. */
  STOWAGE_GLPK_BUSY,
  /* A search was abandoned in the middle of a relaxation; see stop. As after a fault, the thread's problems are gone. */
  STOWAGE_GLPK_ABANDONED,
  /* No memory for the handle itself. */
  STOWAGE_GLPK_NO_MEMORY,
} stowage_glpk_call;

/* A problem, its thread and its environment. */
typedef struct stowage_glpk stowage_glpk;

/* What GLPK said during the last call of this thread; never NULL. */
const char *stowage_glpk_message(void);

/* Number of problems alive on this thread; for tests. */
int stowage_glpk_problem_count(void);

/* Seconds on the clock that deadlines refer to. */
double stowage_glpk_now(void);

/* --- Problems --------------------------------------------------------------------------- */

stowage_glpk_call stowage_glpk_create(stowage_glpk **out);

/* A copy, basis included, on the same thread. */
stowage_glpk_call stowage_glpk_copy(stowage_glpk *handle, stowage_glpk **out);

/* Frees the problem, and the thread's environment with its last problem. The handle is
 * gone whatever is returned, except for WRONG_THREAD and BUSY. */
stowage_glpk_call stowage_glpk_delete(stowage_glpk *handle);

/* Whether a fault took the problem away. */
int stowage_glpk_is_lost(const stowage_glpk *handle);

/* Rows or columns to append, with their coefficients in compressed form: those of item k,
 * from 1, are at starts[k] + 1 ... starts[k + 1] of indices and values. */
typedef struct {
  int count;
  const int *types;
  const double *low;
  const double *high;
  const int *starts;
  const int *indices;
  const double *values;
} stowage_glpk_block;

stowage_glpk_call stowage_glpk_add_rows(stowage_glpk *handle, const stowage_glpk_block *block);
stowage_glpk_call stowage_glpk_add_columns(stowage_glpk *handle, const stowage_glpk_block *block,
                                           const double *costs);
stowage_glpk_call stowage_glpk_set_row_bounds(stowage_glpk *handle, int row, int type, double low,
                                              double high);
stowage_glpk_call stowage_glpk_set_column_bounds(stowage_glpk *handle, int column, int type,
                                                 double low, double high);
/* Column 0 is the constant of the objective. */
stowage_glpk_call stowage_glpk_set_cost(stowage_glpk *handle, int column, double cost);
stowage_glpk_call stowage_glpk_set_direction(stowage_glpk *handle, int direction);
stowage_glpk_call stowage_glpk_set_kind(stowage_glpk *handle, int column, int kind);

/* --- Linear programs -------------------------------------------------------------------- */

stowage_glpk_call stowage_glpk_scale(stowage_glpk *handle);
stowage_glpk_call stowage_glpk_standard_basis(stowage_glpk *handle);
stowage_glpk_call stowage_glpk_advanced_basis(stowage_glpk *handle);

/* Where the simplex method ended. */
typedef struct {
  /* What the routine returned: 0 or a GLP_E... code. */
  int code;
  /* GLP_OPT, GLP_FEAS, GLP_INFEAS, GLP_NOFEAS, GLP_UNBND or GLP_UNDEF. */
  int status;
  int primal_status;
  int dual_status;
  double objective;
  /* Iterations of this call. */
  int iterations;
} stowage_glpk_relaxation;

stowage_glpk_call stowage_glpk_simplex(stowage_glpk *handle, const glp_smcp *options,
                                       stowage_glpk_relaxation *out);
stowage_glpk_call stowage_glpk_exact(stowage_glpk *handle, const glp_smcp *options,
                                     stowage_glpk_relaxation *out);
/* Reads the basic solution; each array may be NULL. */
stowage_glpk_call stowage_glpk_read_basic(stowage_glpk *handle, double *column_values,
                                          double *row_duals, double *reduced_costs);

/* --- Integer programs ------------------------------------------------------------------- */

/* Where a search stands. */
typedef struct {
  int has_incumbent;
  double incumbent;
  int has_bound;
  double bound;
  int nodes;
  int iterations;
} stowage_glpk_progress;

/* Why a search was stopped from its callback. */
typedef enum {
  STOWAGE_GLPK_NOT_STOPPED,
  STOWAGE_GLPK_DEADLINE,
  STOWAGE_GLPK_NODES,
  STOWAGE_GLPK_ITERATIONS,
  STOWAGE_GLPK_GAP,
  STOWAGE_GLPK_GOAL,
  STOWAGE_GLPK_CANCELLED,
  /* A relaxation went on far longer than any should: the simplex method runs in a circle. */
  STOWAGE_GLPK_STALLED,
} stowage_glpk_stop;

/* Limits and wishes of a search, and what it reports. */
typedef struct {
  /* On stowage_glpk_now(); INFINITY for none. */
  double deadline;
  /* Negative for none. */
  int node_limit;
  int iteration_limit;
  /* Iterations after which a single relaxation counts as stalled; negative for none. */
  int stall_limit;
  double absolute_gap;
  /* Stop once the incumbent is this good; infinite on the far side for never. */
  double goal;
  /* A first solution, one value for each column, or NULL. Needs presolve off. The caller has checked that it
   * is feasible, except that it may misuse columns fixed at zero to set a cut-off. */
  const double *start;
  /* Whether `start` is a solution, not a cut-off. */
  int start_is_solution;
  /* Returns non-zero to stop. May be NULL. Must not call anything declared here. */
  int (*progress)(void *context, const stowage_glpk_progress *state);
  void *context;

  /* Room for one value for each column; receives the best solution so far, even if a fault follows. */
  double *values;
  stowage_glpk_progress state;
  stowage_glpk_stop stop;
  /* What glp_intopt returned, and the status of the integer solution after it. */
  int code;
  int status;
} stowage_glpk_search;

stowage_glpk_call stowage_glpk_intopt(stowage_glpk *handle, const glp_iocp *options,
                                      stowage_glpk_search *search);

#endif
