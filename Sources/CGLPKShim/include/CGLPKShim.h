#ifndef STOWAGE_CGLPK_SHIM_H
#define STOWAGE_CGLPK_SHIM_H
#include <glpk.h>
#endif
