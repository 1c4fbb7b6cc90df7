// The core's multiply-add peak: independent chains of fused multiply-adds on the widest vectors the compiler has for this processor.
// Prints floating-point operations per second of processor time, two for each lane of a multiply-add; the best of many short runs.
#include <stdio.h>
#include <time.h>

#if defined(__AVX512F__)
#define BYTES 64
#elif defined(__AVX__)
#define BYTES 32
#else
#define BYTES 16
#endif
#define LANES (BYTES / 8)
#define CHAINS 24
typedef double vector __attribute__((vector_size(BYTES)));

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

int main(void) {
    const long rounds = 2000000;
    double best = 0;
    volatile double sink = 0;
    for (int attempt = 0; attempt < 20; attempt++) {
        vector x[CHAINS], a, b;
        for (int l = 0; l < LANES; l++) {
            a[l] = 0.999999 + sink * 0;
            b[l] = 1e-6 + sink * 0;
            for (int c = 0; c < CHAINS; c++) x[c][l] = c + l;
        }
        double start = now();
        for (long r = 0; r < rounds; r++)
#pragma GCC unroll 24
            for (int c = 0; c < CHAINS; c++) x[c] = x[c] * a + b;
        double rate = 2.0 * LANES * CHAINS * rounds / (now() - start);
        for (int c = 0; c < CHAINS; c++) sink += x[c][0];
        best = rate > best ? rate : best;
    }
    printf("%.6g\n", best);
    return 0;
}
