#include "guard.h"

stowage_glpk_call stowage_glpk_scale(stowage_glpk *handle) {
  GUARD(stowage_glpk_admit(handle));
  glp_scale_prob(handle->problem, GLP_SF_AUTO);
  return stowage_glpk_leave();
}

stowage_glpk_call stowage_glpk_standard_basis(stowage_glpk *handle) {
  GUARD(stowage_glpk_admit(handle));
  glp_std_basis(handle->problem);
  return stowage_glpk_leave();
}

stowage_glpk_call stowage_glpk_advanced_basis(stowage_glpk *handle) {
  GUARD(stowage_glpk_admit(handle));
  glp_adv_basis(handle->problem, 0);
  return stowage_glpk_leave();
}

typedef int solve_routine(glp_prob *problem, const glp_smcp *options);

static stowage_glpk_call solve(stowage_glpk *handle, const glp_smcp *options,
                               stowage_glpk_relaxation *out, solve_routine *routine) {
  GUARD(stowage_glpk_admit(handle));
  glp_prob *problem = handle->problem;
  /* The count is an int that only grows: start it afresh for each call. */
  glp_set_it_cnt(problem, 0);
  out->code = routine(problem, options);
  out->status = glp_get_status(problem);
  out->primal_status = glp_get_prim_stat(problem);
  out->dual_status = glp_get_dual_stat(problem);
  out->objective = glp_get_obj_val(problem);
  out->iterations = glp_get_it_cnt(problem);
  return stowage_glpk_leave();
}

stowage_glpk_call stowage_glpk_simplex(stowage_glpk *handle, const glp_smcp *options,
                                       stowage_glpk_relaxation *out) {
  return solve(handle, options, out, glp_simplex);
}

stowage_glpk_call stowage_glpk_exact(stowage_glpk *handle, const glp_smcp *options,
                                     stowage_glpk_relaxation *out) {
  return solve(handle, options, out, glp_exact);
}

stowage_glpk_call stowage_glpk_read_basic(stowage_glpk *handle, double *column_values,
                                          double *row_duals, double *reduced_costs) {
  GUARD(stowage_glpk_admit(handle));
  glp_prob *problem = handle->problem;
  int rows = glp_get_num_rows(problem), columns = glp_get_num_cols(problem);
  for (int i = 1; i <= rows && row_duals != NULL; i++)
    row_duals[i] = glp_get_row_dual(problem, i);
  for (int j = 1; j <= columns && column_values != NULL; j++)
    column_values[j] = glp_get_col_prim(problem, j);
  for (int j = 1; j <= columns && reduced_costs != NULL; j++)
    reduced_costs[j] = glp_get_col_dual(problem, j);
  return stowage_glpk_leave();
}
