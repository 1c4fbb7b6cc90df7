// The compiled right-hand side and Jacobian for deSolve's interface to native code.
#define real double
#include <math.h>
#include "model.h"

static double parameters[SLOTS - STATES];

void initmod(void (*give)(int *, double *)) {
    int n = SLOTS - STATES;
    give(&n, parameters);
}

void derivs(int *n, double *t, double *y, double *dy, double *yout, int *ip) {
    (void)n, (void)yout, (void)ip;
    rhs(*t, y, parameters, dy);
}

void jacobian_full(int *n, double *t, double *y, int *ml, int *mu, double *pd, int *rows, double *yout, int *ip) {
    (void)n, (void)ml, (void)mu, (void)yout, (void)ip;
    double j[STATES * STATES];
    jacobian(*t, y, parameters, j);
    for (int row = 0; row < STATES; row++)
        for (int column = 0; column < STATES; column++) pd[column * *rows + row] = j[row * STATES + column];
}
