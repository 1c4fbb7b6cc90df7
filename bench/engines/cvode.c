// CVODE (SUNDIALS): variable-order BDF, Newton with a dense LU and the exact Jacobian, one patient at a time in one reused workspace.
#include "harness.h"
#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>

static int f(realtype t, N_Vector y, N_Vector dy, void *p) {
    rhs(t, N_VGetArrayPointer(y), p, N_VGetArrayPointer(dy));
    return 0;
}

static int jac(realtype t, N_Vector y, N_Vector fy, SUNMatrix j, void *p, N_Vector a, N_Vector b, N_Vector c) {
    (void)fy, (void)a, (void)b, (void)c;
    double rows[STATES * STATES];
    jacobian(t, N_VGetArrayPointer(y), p, rows);
    for (int col = 0; col < STATES; col++) {
        realtype *column = SUNDenseMatrix_Column(j, col);
        for (int row = 0; row < STATES; row++) column[row] = rows[row * STATES + col];
    }
    return 0;
}

static void quiet(int code, const char *module, const char *function, char *message, void *data) {
    (void)code, (void)module, (void)function, (void)message, (void)data;
}

static int solve(const double *y0, const double *p, const job *j, double rtol, double atol, double *out, counts *c) {
    static SUNContext context;
    static N_Vector y;
    static void *memory;
    if (!memory) {
        SUNContext_Create(NULL, &context);
        y = N_VNew_Serial(STATES, context);
        memcpy(N_VGetArrayPointer(y), y0, STATES * sizeof(double));
        memory = CVodeCreate(CV_BDF, context);
        CVodeInit(memory, f, 0, y);
        SUNMatrix matrix = SUNDenseMatrix(STATES, STATES, context);
        CVodeSStolerances(memory, rtol, atol);
        CVodeSetLinearSolver(memory, SUNLinSol_Dense(y, matrix, context), matrix);
        CVodeSetJacFn(memory, jac);
        CVodeSetMaxNumSteps(memory, 100000);
        CVodeSetErrHandlerFn(memory, quiet, NULL);
    }
    memcpy(N_VGetArrayPointer(y), y0, STATES * sizeof(double));
    CVodeSetUserData(memory, (void *)p);
    CVodeReInit(memory, 0, y);
    CVodeSStolerances(memory, rtol, atol);
    int status = 0;
    for (int n = 0; n < j->times && status >= 0; n++) {
        realtype t;
        status = CVode(memory, j->days[n], y, &t, CV_NORMAL);
        if (status >= 0) memcpy(out + n * STATES, N_VGetArrayPointer(y), STATES * sizeof(double));
    }
    long steps, evaluations, failures;
    CVodeGetNumSteps(memory, &steps);
    CVodeGetNumRhsEvals(memory, &evaluations);
    CVodeGetNumErrTestFails(memory, &failures);
    c->steps += steps;
    c->evaluations += evaluations;
    c->rejected += failures;
    return status < 0;
}
