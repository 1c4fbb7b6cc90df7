"""SciPy's LSODA (odeint, its fastest way in), right-hand side in Python as SciPy's users write it; usage and output as in harness.h.

SCIPY_PATIENTS limits it to the first patients of the job, for it is slow."""
import os
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy
from scipy.integrate import odeint

engine, job = sys.argv[1:3]
sys.path.insert(0, os.path.dirname(os.path.abspath(job)))
import model  # noqa: E402

head = open(os.path.join(job, "job.txt")).read().split()
patients, slots, states = (int(x) for x in head[:3])
times = numpy.array([0.0] + [float(x) for x in head[4:]])
values = numpy.fromfile(os.path.join(job, "slots.bin")).reshape(patients, slots)
patients = min(patients, int(os.environ.get("SCIPY_PATIENTS", patients)))
for tolerance in sys.argv[3:]:
    rtol, atol = tolerance.split(":")
    out = numpy.full((patients, len(times) - 1, states), numpy.nan)
    steps = evaluations = failed = 0
    start = time.process_time()
    for i in range(patients):
        y, info = odeint(model.rhs, values[i, :states], times, args=tuple(values[i, states:].tolist()), rtol=float(rtol), atol=float(atol),
                         mxstep=10**5, full_output=True)
        if info["message"].startswith("Integration successful"):
            out[i] = y[1:]
        else:
            failed += 1
        steps += int(info["nst"][-1])
        evaluations += int(info["nfe"][-1])
    used = time.process_time() - start
    print(f"{engine},{rtol},{atol},{patients},{used:.6f},{steps},0,{evaluations},{failed}", flush=True)
    out.tofile(os.path.join(job, f"{engine}_{rtol}_{atol}.bin"))
