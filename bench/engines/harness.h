// Reads a job (patients, output times), runs an engine over it at each tolerance and prints one line a tolerance:
// engine,rtol,atol,patients,cpu_seconds,steps,rejected,evaluations,failed
// Only the reference, which is not timed, is compiled for several threads. The amounts go to <job>/<engine>_<rtol>_<atol>.bin: double [patient][time][state], NaN from a failure on.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifndef real
#define real double
#endif
#include "model.h"

typedef struct {
    long steps, rejected, evaluations;
} counts;

typedef struct {
    int patients, times;
    double *slots, *days;
} job;

// Integrates one patient from day 0; returns 0, or another number where it failed.
static int solve(const double *y0, const real *p, const job *j, double rtol, double atol, double *out, counts *c);

static double cpu_seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

static FILE *open_in(const char *folder, const char *name, const char *mode) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, mode);
    if (!f) {
        fprintf(stderr, "cannot open %s\n", path);
        exit(1);
    }
    return f;
}

static job read_job(const char *folder) {
    job j = {0};
    int slots, states;
    FILE *f = open_in(folder, "job.txt", "r");
    if (fscanf(f, "%d %d %d %d", &j.patients, &slots, &states, &j.times) != 4 || slots != SLOTS || states != STATES) {
        fprintf(stderr, "%s/job.txt does not fit the model\n", folder);
        exit(1);
    }
    j.days = malloc(j.times * sizeof(double));
    for (int i = 0; i < j.times; i++)
        if (fscanf(f, "%lf", &j.days[i]) != 1) exit(1);
    fclose(f);
    f = open_in(folder, "slots.bin", "rb");
    j.slots = malloc((size_t)j.patients * SLOTS * sizeof(double));
    if (fread(j.slots, SLOTS * sizeof(double), j.patients, f) != (size_t)j.patients) exit(1);
    fclose(f);
    return j;
}

static void run(const char *engine, const char *folder, const job *j, const char *tolerance) {
    char rtol[64], name[256];
    const char *atol = strchr(tolerance, ':') + 1;
    snprintf(rtol, sizeof rtol, "%.*s", (int)(atol - tolerance - 1), tolerance);
    size_t row = (size_t)j->times * STATES;
    double *out = malloc(j->patients * row * sizeof(double));
    for (size_t i = 0; i < j->patients * row; i++) out[i] = NAN;
    int failed = 0;
    double start = cpu_seconds();
    long steps = 0, rejected = 0, evaluations = 0;
#pragma omp parallel for schedule(dynamic) reduction(+ : failed, steps, rejected, evaluations)
    for (int i = 0; i < j->patients; i++) {
        const double *s = j->slots + (size_t)i * SLOTS;
        counts c = {0};
        real p[SLOTS - STATES];
        for (int k = STATES; k < SLOTS; k++) p[k - STATES] = s[k];
        failed += solve(s, p, j, atof(rtol), atof(atol), out + i * row, &c) != 0;
        steps += c.steps, rejected += c.rejected, evaluations += c.evaluations;
    }
    double used = cpu_seconds() - start;
    printf("%s,%s,%s,%d,%.6f,%ld,%ld,%ld,%d\n", engine, rtol, atol, j->patients, used, steps, rejected, evaluations, failed);
    fflush(stdout);
    snprintf(name, sizeof name, "%s_%s_%s.bin", engine, rtol, atol);
    FILE *f = open_in(folder, name, "wb");
    fwrite(out, sizeof(double), j->patients * row, f);
    fclose(f);
    free(out);
}

int main(int argc, char **argv) {
    if (argc < 4) {
        fprintf(stderr, "usage: %s ENGINE JOB RTOL:ATOL...\n", argv[0]);
        return 64;
    }
    job j = read_job(argv[2]);
    for (int i = 3; i < argc; i++) run(argv[1], argv[2], &j, argv[i]);
    return 0;
}
