#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "guard.h"

/* A search under way. */
typedef struct {
  /* The problem passed to glp_intopt. GLPK stores every new solution here at once, also those
   * that it found for the presolved problem. */
  glp_prob *problem;
  stowage_glpk_search *search;
  /* Solutions that are not better than this are not solutions: the cut-off. */
  int has_cutoff;
  double cutoff;
} context;

static int better(glp_prob *problem, double a, double b) {
  return glp_get_obj_dir(problem) == GLP_MIN ? a < b : a > b;
}

/* Takes over the best solution if it is new; looked for at every event, because what GLPK's own
 * rounding heuristic finds is not announced. Returns whether it was. */
static int note_incumbent(context *at) {
  stowage_glpk_progress *state = &at->search->state;
  int status = glp_mip_status(at->problem);
  if (status != GLP_FEAS && status != GLP_OPT) return 0;
  double objective = glp_mip_obj_val(at->problem);
  if (state->has_incumbent && !better(at->problem, objective, state->incumbent)) return 0;
  if (at->has_cutoff && !better(at->problem, objective, at->cutoff)) return 0;
  int columns = glp_get_num_cols(at->problem);
  for (int j = 1; j <= columns; j++)
    at->search->values[j] = glp_mip_col_val(at->problem, j);
  state->incumbent = objective;
  state->has_incumbent = 1;
  return 1;
}

static void note_bound(context *at, glp_tree *tree) {
  int best = glp_ios_best_node(tree);
  if (best == 0) return;
  double bound = glp_ios_node_bound(tree, best);
  if (fabs(bound) == DBL_MAX) return;
  at->search->state.bound = bound;
  at->search->state.has_bound = 1;
}

/* Gives the first solution, or a column fixed at zero the value of the cut-off: GLPK takes its word
 * for feasibility, and prunes by the objective. A row for the cut-off would be dense and weak. */
static void begin(context *at, glp_tree *tree) {
  stowage_glpk_search *search = at->search;
  if (search->start == NULL || glp_ios_heur_sol(tree, search->start) != 0) return;
  if (search->start_is_solution) return;
  at->has_cutoff = 1;
  at->cutoff = glp_mip_obj_val(at->problem);
}

static stowage_glpk_stop limit_reached(const stowage_glpk_search *search, glp_prob *problem) {
  const stowage_glpk_progress *state = &search->state;
  if (state->has_incumbent && !better(problem, search->goal, state->incumbent))
    return STOWAGE_GLPK_GOAL;
  if (state->has_incumbent && state->has_bound
      && fabs(state->incumbent - state->bound) <= search->absolute_gap)
    return STOWAGE_GLPK_GAP;
  if (search->iteration_limit >= 0 && state->iterations >= search->iteration_limit)
    return STOWAGE_GLPK_ITERATIONS;
  if (stowage_glpk_now() >= search->deadline) return STOWAGE_GLPK_DEADLINE;
  return STOWAGE_GLPK_NOT_STOPPED;
}

/* Counts the nodes taken up. */
static stowage_glpk_stop select_node(context *at, glp_tree *tree) {
  stowage_glpk_search *search = at->search;
  if (search->state.nodes == 0) begin(at, tree);
  if (search->node_limit >= 0 && search->state.nodes >= search->node_limit)
    return STOWAGE_GLPK_NODES;
  search->state.nodes += 1;
  return STOWAGE_GLPK_NOT_STOPPED;
}

/* GLPK's callback. What it calls cannot fault: indices are in range and the tree is live. */
static void attend(glp_tree *tree, void *info) {
  context *at = info;
  stowage_glpk_search *search = at->search;
  int reason = glp_ios_reason(tree), node = glp_ios_curr_node(tree);
  int at_root = node != 0 && glp_ios_node_level(tree, node) == 0;
  search->state.iterations = glp_get_it_cnt(glp_ios_get_prob(tree));

  /* Finding the best bound walks over all open nodes, so not at every event. */
  if (reason == GLP_ISELECT || at_root) note_bound(at, tree);
  stowage_glpk_stop stop = reason == GLP_ISELECT ? select_node(at, tree) : STOWAGE_GLPK_NOT_STOPPED;
  int improved = note_incumbent(at);
  if (stop == STOWAGE_GLPK_NOT_STOPPED) stop = limit_reached(search, at->problem);
  if (stop == STOWAGE_GLPK_NOT_STOPPED && search->progress != NULL
      && (improved || reason == GLP_ISELECT)
      && search->progress(search->context, &search->state) != 0)
    stop = STOWAGE_GLPK_CANCELLED;
  if (stop == STOWAGE_GLPK_NOT_STOPPED) return;
  search->stop = stop;
  glp_ios_terminate(tree);
}

/* Reads a line such as "*  1234: obj = ...", which the simplex method prints now and then, and decides whether the
 * relaxation must be abandoned. GLPK's own limits do not reach into it: there is none for iterations, and without
 * a time limit a relaxation that runs in a circle would never end. */
static int judge_line(void *info, const char *line) {
  context *at = info;
  stowage_glpk_search *search = at->search;
  /* A plus begins the lines of the search itself, which attend() judges better. */
  if (line[0] == '\0' || line[0] == '+') return 0;
  char *end;
  long iterations = strtol(line + 1, &end, 10);
  if (end == line + 1 || *end != ':') return 0;
  if (search->stall_limit >= 0 && iterations - search->state.iterations > search->stall_limit)
    search->stop = STOWAGE_GLPK_STALLED;
  if (search->iteration_limit >= 0 && iterations >= search->iteration_limit)
    search->stop = STOWAGE_GLPK_ITERATIONS;
  if (search->stop == STOWAGE_GLPK_NOT_STOPPED) return 0;
  search->state.iterations = (int)iterations;
  return 1;
}

stowage_glpk_call stowage_glpk_intopt(stowage_glpk *handle, const glp_iocp *options,
                                      stowage_glpk_search *search) {
  context at = {.problem = handle->problem, .search = search};
  glp_iocp attended = *options;
  attended.cb_func = attend;
  attended.cb_info = &at;
  search->state = (stowage_glpk_progress){0};
  search->stop = STOWAGE_GLPK_NOT_STOPPED;
  search->code = GLP_ESTOP;
  search->status = GLP_UNDEF;

  /* The level at which relaxations report. */
  attended.msg_lev = GLP_MSG_ON;

  GUARD(stowage_glpk_admit(handle));
  stowage_glpk_watch(judge_line, &at);
  glp_set_it_cnt(handle->problem, 0);
  search->code = glp_intopt(handle->problem, &attended);
  note_incumbent(&at);
  search->status = glp_mip_status(handle->problem);
  search->state.iterations = glp_get_it_cnt(handle->problem);
  return stowage_glpk_leave();
}
