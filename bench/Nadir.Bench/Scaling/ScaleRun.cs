namespace Nadir.Bench.Scaling;

/// <summary>One timed run of <c>nadir trial</c> as its user starts it.</summary>
/// <param name="Patients">Patients in the one arm.</param>
/// <param name="Threads">Worker threads.</param>
/// <param name="Seconds">Seconds on the clock from the start of the process to its end, start-up included.</param>
/// <param name="PeakBytes">The largest resident memory of the process, bytes.</param>
/// <param name="Failed">Patients whose simulation failed, as the run reports them.</param>
/// <param name="Digest">SHA-256 of everything it printed.</param>
sealed record ScaleRun(int Patients, int Threads, double Seconds, long PeakBytes, int Failed, string Digest);
