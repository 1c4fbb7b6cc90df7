// Steinebach 2023 (BIT Numer. Math. 63:27), Rosenbrock-Wanner, order 5(4), stiffly accurate, for an autonomous system, one patient at a
// time; exact Jacobian, LU with partial pivoting, the step control of tsit5.c.
// With -Dreal="long double" it is the reference of the stiff variant and checks the other one.
#include "harness.h"
#include <tgmath.h>

#define EACH for (int i = 0; i < STATES; i++)
#define STAGES 8

static const real gam = 0.21193756319429014;
static const real a[STAGES][STAGES] = {
    {0},
    {3.0},
    {2.849394379747939, 0.45842242204463923},
    {-6.954028509809101, 2.489845061869568, -10.358996098473584},
    {2.8029986275628964, 0.5072464736228206, -0.3988312541770524, -0.04721187230404641},
    {-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256, 0.030198172008377946},
    {-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256, 0.030198172008377946, 1},
    {-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256, 0.030198172008377946, 1, 1},
};
static const real g[STAGES][STAGES] = {
    {0},
    {-14.155112264123755},
    {-17.97296035885952, -2.859693295451294},
    {147.12150275711716, -1.41221402718213, 71.68940251302358},
    {165.43517024871676, -0.4592823456491126, 42.90938336958603, -5.961986721573306},
    {24.854864614690072, -3.0009227002832186, 47.4931110020768, 5.5814197821558125, -0.6610691825249471},
    {30.91273214028599, -3.1208243349937974, 77.79954646070892, 34.28646028294783, -19.097331116725623, -28.087943162872662},
    {37.80277123390563, -3.2571969029072276, 112.26918849496327, 66.9347231244047, -40.06618937091002, -54.66780262877968, -9.48861652309627},
};

static int factor(real m[STATES][STATES], int *pivot) {
    for (int k = 0; k < STATES; k++) {
        int best = k;
        for (int i = k + 1; i < STATES; i++) best = fabs(m[i][k]) > fabs(m[best][k]) ? i : best;
        pivot[k] = best;
        if (!(fabs(m[best][k]) > 0)) return 1;
        for (int c = 0; best != k && c < STATES; c++) {
            real x = m[k][c];
            m[k][c] = m[best][c];
            m[best][c] = x;
        }
        real inverse = 1 / m[k][k];
        for (int i = k + 1; i < STATES; i++) {
            real l = m[i][k] *= inverse;
            for (int c = k + 1; c < STATES; c++) m[i][c] -= l * m[k][c];
        }
        m[k][k] = inverse;
    }
    return 0;
}

static void back(real m[STATES][STATES], const int *pivot, real *x) {
    for (int k = 0; k < STATES; k++) {
        real v = x[pivot[k]];
        x[pivot[k]] = x[k];
        x[k] = v;
    }
    for (int i = 1; i < STATES; i++)
        for (int c = 0; c < i; c++) x[i] -= m[i][c] * x[c];
    for (int i = STATES - 1; i >= 0; i--) {
        for (int c = i + 1; c < STATES; c++) x[i] -= m[i][c] * x[c];
        x[i] *= m[i][i];
    }
}

static real scale(double rtol, double atol, real x, real y) {
    x = fabs(x), y = fabs(y);
    return atol + rtol * (x > y ? x : y);
}

static real first_step(const real *y, const real *k, double rtol, double atol, real left) {
    real d0 = 0, d1 = 0;
    EACH {
        real s = scale(rtol, atol, y[i], y[i]);
        d0 = fmax(d0, fabs(y[i]) / s);
        d1 = fmax(d1, fabs(k[i]) / s);
    }
    real h = d0 < 1e-5 || d1 < 1e-5 ? (real)1e-6 : d0 / d1 / 100;
    return fmin(fmax(h, (real)1e-10), left);
}

static int solve(const double *y0, const real *p, const job *j, double rtol, double atol, double *out, counts *c) {
    real y[STATES], z[STATES], f[STATES] = {0}, k[STAGES][STATES], jac[STATES * STATES], m[STATES][STATES];
    int pivot[STATES];
    EACH y[i] = y0[i];
    real t = 0, next = 0, previous = 1e-4L;
    int halvings = 0, fresh = 0;
    long tries = 0;
    for (int n = 0; n < j->times; n++) {
        real until = j->days[n];
        while (t < until) {
            if (!fresh) {
                rhs(t, y, p, f);
                jacobian(t, y, p, jac);
                c->evaluations++;
                fresh = 1;
            }
            if (next <= 0) next = first_step(y, f, rtol, atol, until - t);
            if (++tries > 10000000) return 1;
            int last = t + next * (1 + 1e-12L) >= until;
            real h = last ? until - t : next, over = 1 / h, diagonal = 1 / (h * gam);
            if (!(h > 4e-20L * t)) return 2;
            EACH {
                for (int q = 0; q < STATES; q++) m[i][q] = -jac[i * STATES + q];
                m[i][i] += diagonal;
            }
            real error = 0;
            int finite = !factor(m, pivot), negative = 0;
            for (int s = 0; finite && s < STAGES; s++) {
                EACH z[i] = y[i];
                for (int q = 0; q < s; q++) EACH z[i] += a[s][q] * k[q][i];
                if (s > 0) {
                    rhs(t, z, p, k[s]);
                    c->evaluations++;
                } else {
                    EACH k[0][i] = f[i];
                }
                for (int q = 0; q < s; q++) {
                    real w = g[s][q] * over;
                    EACH k[s][i] += w * k[q][i];
                }
                back(m, pivot, k[s]);
            }
            EACH {
                z[i] += k[STAGES - 1][i];
                real r = fabs(k[STAGES - 1][i]) / scale(rtol, atol, y[i], z[i]);
                error = r > error ? r : error;
                finite &= r < INFINITY;
                if (z[i] < 0 && z[i] >= -atol && y[i] >= 0) z[i] = 0;
                negative |= z[i] < 0 && y[i] >= 0;
            }
            if (!finite) {
                if (h < 1e-14L) return 3;
                next = h / 5;
                c->rejected++;
            } else if (error > 1) {
                next = h * fmax((real)0.2L, (real)0.9L * pow(error, (real)-0.2L));
                c->rejected++;
            } else if (negative && halvings++ < 24) {
                next = h / 2;
                c->rejected++;
            } else {
                real e = fmax(error, (real)1e-10);
                real size = h * fmin(fmax((real)0.9L * pow(e, (real)-0.14L) * pow(previous, (real)0.08L), (real)0.2L), (real)5);
                next = last && next > size ? next : size;
                previous = fmax(e, (real)1e-4L);
                t = last ? until : t + h;
                EACH y[i] = z[i];
                halvings = fresh = 0;
                c->steps++;
            }
        }
        EACH out[n * STATES + i] = (double)y[i];
    }
    return 0;
}
