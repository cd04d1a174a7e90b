#include <stdlib.h>
#include <time.h>

#include "guard.h"

double stowage_glpk_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* The handle is written before the guard opens, so that a fault finds it in place. */
static stowage_glpk_call allocate(stowage_glpk **out) {
  *out = calloc(1, sizeof **out);
  return *out == NULL ? STOWAGE_GLPK_NO_MEMORY : STOWAGE_GLPK_DONE;
}

static stowage_glpk_call create_guarded(stowage_glpk *handle, glp_prob *source) {
  GUARD(stowage_glpk_admit_thread());
  glp_prob *problem = glp_create_prob();
  if (source != NULL) glp_copy_prob(problem, source, GLP_OFF);
  stowage_glpk_adopt(handle, problem);
  return stowage_glpk_leave();
}

static stowage_glpk_call create(stowage_glpk **out, glp_prob *source) {
  stowage_glpk_call call = allocate(out);
  if (call != STOWAGE_GLPK_DONE) return call;
  call = create_guarded(*out, source);
  if (call != STOWAGE_GLPK_DONE) {
    free(*out);
    *out = NULL;
  }
  return call;
}

stowage_glpk_call stowage_glpk_create(stowage_glpk **out) { return create(out, NULL); }

stowage_glpk_call stowage_glpk_copy(stowage_glpk *handle, stowage_glpk **out) {
  *out = NULL;
  stowage_glpk_call refusal = stowage_glpk_admit(handle);
  return refusal == STOWAGE_GLPK_DONE ? create(out, handle->problem) : refusal;
}

static stowage_glpk_call delete_guarded(stowage_glpk *handle) {
  GUARD(stowage_glpk_admit(handle));
  glp_delete_prob(handle->problem);
  return stowage_glpk_leave();
}

stowage_glpk_call stowage_glpk_delete(stowage_glpk *handle) {
  stowage_glpk_call call = delete_guarded(handle);
  if (call == STOWAGE_GLPK_DONE) stowage_glpk_disown(handle);
  if (call == STOWAGE_GLPK_LOST || call == STOWAGE_GLPK_FAULT) free(handle);
  return call;
}

stowage_glpk_call stowage_glpk_add_rows(stowage_glpk *handle, const stowage_glpk_block *block) {
  if (block->count == 0) return STOWAGE_GLPK_DONE;
  GUARD(stowage_glpk_admit(handle));
  int before = glp_add_rows(handle->problem, block->count) - 1;
  for (int k = 1; k <= block->count; k++) {
    int start = block->starts[k];
    glp_set_row_bnds(handle->problem, before + k, block->types[k], block->low[k], block->high[k]);
    glp_set_mat_row(handle->problem, before + k, block->starts[k + 1] - start,
                    block->indices + start, block->values + start);
  }
  return stowage_glpk_leave();
}

stowage_glpk_call stowage_glpk_add_columns(stowage_glpk *handle, const stowage_glpk_block *block,
                                           const double *costs) {
  if (block->count == 0) return STOWAGE_GLPK_DONE;
  GUARD(stowage_glpk_admit(handle));
  int before = glp_add_cols(handle->problem, block->count) - 1;
  for (int k = 1; k <= block->count; k++) {
    int start = block->starts[k];
    glp_set_col_bnds(handle->problem, before + k, block->types[k], block->low[k], block->high[k]);
    glp_set_obj_coef(handle->problem, before + k, costs[k]);
    glp_set_mat_col(handle->problem, before + k, block->starts[k + 1] - start,
                    block->indices + start, block->values + start);
  }
  return stowage_glpk_leave();
}

stowage_glpk_call stowage_glpk_set_row_bounds(stowage_glpk *handle, int row, int type, double low,
                                              double high) {
  GUARD(stowage_glpk_admit(handle));
  glp_set_row_bnds(handle->problem, row, type, low, high);
  return stowage_glpk_leave();
}

stowage_glpk_call stowage_glpk_set_column_bounds(stowage_glpk *handle, int column, int type,
                                                 double low, double high) {
  GUARD(stowage_glpk_admit(handle));
  glp_set_col_bnds(handle->problem, column, type, low, high);
  return stowage_glpk_leave();
}

stowage_glpk_call stowage_glpk_set_cost(stowage_glpk *handle, int column, double cost) {
  GUARD(stowage_glpk_admit(handle));
  glp_set_obj_coef(handle->problem, column, cost);
  return stowage_glpk_leave();
}

stowage_glpk_call stowage_glpk_set_direction(stowage_glpk *handle, int direction) {
  GUARD(stowage_glpk_admit(handle));
  glp_set_obj_dir(handle->problem, direction);
  return stowage_glpk_leave();
}

stowage_glpk_call stowage_glpk_set_kind(stowage_glpk *handle, int column, int kind) {
  GUARD(stowage_glpk_admit(handle));
  glp_set_col_kind(handle->problem, column, kind);
  return stowage_glpk_leave();
}
