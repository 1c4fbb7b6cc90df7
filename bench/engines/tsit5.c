// Tsitouras 2011 (Comput. Math. Appl. 62:770), order 5(4), one patient at a time, step by step as Nadir takes them: proportional-integral
// control, largest component error in units of its tolerance, exact stops at output times, first step after Hairer, Norsett and Wanner,
// a step that turns a population negative tried again at half its size.
// With -Dreal="long double" it is the reference: tolerance 1e-12, rounding of 80-bit numbers.
#include "harness.h"
#include <tgmath.h>

#define EACH for (int i = 0; i < STATES; i++)

static const real c2 = 0.161, c3 = 0.327, c4 = 0.9, c5 = 0.9800255409045097L;
static const real a21 = 0.161L;
static const real a31 = -0.008480655492356988544426874250230774675121177393430391537369234245294192976164141156943L;
static const real a32 = 0.3354806554923569885444268742502307746751211773934303915373692342452941929761641411569L;
static const real a41 = 2.897153057105493432130432594192938764924887287701866490314866693455023795137503079289L;
static const real a42 = -6.359448489975074843148159912383825625952700647415626703305928850207288721235210244366L;
static const real a43 = 4.362295432869581411017727318190886861027813359713760212991062156752264926097707165077L;
static const real a51 = 5.325864828439256604428877920840511317836476253097040101202360397727981648835607691791L;
static const real a52 = -11.74888356406282787774717033978577296188744178259862899288666928009020615663593781589L;
static const real a53 = 7.495539342889836208304604784564358155658679161518186721010132816213648793440552049753L;
static const real a54 = -0.09249506636175524925650207933207191611349983406029535244034750452930469056411389539635L;
static const real a61 = 5.861455442946420028659251486982647890394337666164814434818157239052507339770711679748L;
static const real a62 = -12.92096931784710929170611868178335939541780751955743459166312250439928519268343184452L;
static const real a63 = 8.159367898576158643180400794539253485181918321135053305748355423955009222648673734986L;
static const real a64 = -0.07158497328140099722453054252582973869127213147363544882721139659546372402303777878835L;
static const real a65 = -0.02826905039406838290900305721271224146717633626879770007617876201276764571291579142206L;
static const real a71 = 0.09646076681806522951816731316512876333711995238157997181903319145764851595234062815396L;
static const real a72 = 0.01L;
static const real a73 = 0.4798896504144995747752495322905965199130404621990332488332634944254542060153074523509L;
static const real a74 = 1.379008574103741893192274821856872770756462643091360525934940067397245698027561293331L;
static const real a75 = -3.290069515436080679901047585711363850115683290894936158531296799594813811049925401677L;
static const real a76 = 2.324710524099773982415355918398765796109060233222962411944060046314465391054716027841L;
static const real e1 = -0.00178001105222577714L, e2 = -0.0008164344596567469L, e3 = 0.007880878010261995L, e4 = -0.1447110071732629L;
static const real e5 = 0.5823571654525552L, e6 = -0.45808210592918697L, e7 = 1 / 66.0L;

static real scale(double rtol, double atol, real a, real b) {
    real x = fabs(a), y = fabs(b);
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
    real y[STATES], z[STATES], k1[STATES], k2[STATES], k3[STATES], k4[STATES], k5[STATES], k6[STATES], k7[STATES];
    EACH y[i] = y0[i];
    real t = 0, next = 0, previous = 1e-4L;
    rhs(t, y, p, k1);
    c->evaluations++;
    int halvings = 0;
    long tries = 0;
    for (int n = 0; n < j->times; n++) {
        real until = j->days[n];
        while (t < until) {
            if (next <= 0) next = first_step(y, k1, rtol, atol, until - t);
            if (++tries > 10000000) return 1;
            int last = t + next * (1 + 1e-12L) >= until;
            real h = last ? until - t : next;
            if (!(h > 4e-20L * t)) return 2;
            EACH z[i] = y[i] + h * (a21 * k1[i]);
            rhs(t + c2 * h, z, p, k2);
            EACH z[i] = y[i] + h * (a31 * k1[i] + a32 * k2[i]);
            rhs(t + c3 * h, z, p, k3);
            EACH z[i] = y[i] + h * (a41 * k1[i] + a42 * k2[i] + a43 * k3[i]);
            rhs(t + c4 * h, z, p, k4);
            EACH z[i] = y[i] + h * (a51 * k1[i] + a52 * k2[i] + a53 * k3[i] + a54 * k4[i]);
            rhs(t + c5 * h, z, p, k5);
            EACH z[i] = y[i] + h * (a61 * k1[i] + a62 * k2[i] + a63 * k3[i] + a64 * k4[i] + a65 * k5[i]);
            rhs(t + h, z, p, k6);
            EACH z[i] = y[i] + h * (a71 * k1[i] + a72 * k2[i] + a73 * k3[i] + a74 * k4[i] + a75 * k5[i] + a76 * k6[i]);
            rhs(t + h, z, p, k7);
            c->evaluations += 6;
            real error = 0;
            int negative = 0, finite = 1;
            EACH {
                real e = h * (e1 * k1[i] + e2 * k2[i] + e3 * k3[i] + e4 * k4[i] + e5 * k5[i] + e6 * k6[i] + e7 * k7[i]);
                real r = fabs(e) / scale(rtol, atol, y[i], z[i]);
                error = r > error ? r : error;
                finite &= r < INFINITY;
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
                real factor = (real)0.9L * pow(e, (real)-0.14L) * pow(previous, (real)0.08L);
                real size = h * fmin(fmax(factor, (real)0.2L), (real)5);
                next = last && next > size ? next : size;
                previous = fmax(e, (real)1e-4L);
                t = last ? until : t + h;
                EACH y[i] = z[i];
                EACH k1[i] = k7[i];
                halvings = 0;
                c->steps++;
            }
        }
        EACH out[n * STATES + i] = (double)y[i];
    }
    return 0;
}
