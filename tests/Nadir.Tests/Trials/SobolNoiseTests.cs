using Nadir.Endpoints;
using Nadir.Numerics;
using Nadir.Solvers;
using Nadir.Trials;

namespace Nadir.Tests.Trials;

/// <summary>Shares of the variance of an endpoint that is estimated from few patients, where the truth is known.</summary>
public class SobolNoiseTests
{
    const int Rows = 3000;
    static readonly TrialEndpoint _endpoint = TrialEndpoint.Parse("os12")!;
    static readonly uint _purpose = RandomStream.Purpose("test");

    /// <summary>A patient dies within the year if the patient's own uniform number is below the probability.</summary>
    static PatientFate Patient(bool dies) => PatientFate.Of(new PatientOutcome
    {
        Patient = 0,
        Status = LaneStatus.Completed,
        HorizonDays = 730.5,
        NonResponseDay = 90,
        DeathDay = dies ? 100 : null,
        DeathCause = dies ? DeathCause.Disease : null,
    });

    static (SobolIndices Corrected, SobolIndices Raw) Indices(int patients)
    {
        // The probability of death is 0.3 + 0.3 (x - 0.5) + 0.15 (y - 0.5); z does nothing to it, but decides which patients die.
        SobolPoints points = new(6, new RandomStream(1, 0, _purpose));
        List<SobolRow> corrected = [];
        List<SobolRow> raw = [];
        for (int row = 0; row < Rows; row++)
        {
            double[] all = points.Point((uint)row);
            double[] a = all[..3];
            double[] b = all[3..];
            EndpointSample[] samples = [Sample(a, row), Sample(b, row), .. Enumerable.Range(0, 3).Select(f => Sample([.. a.Select((x, i) => i == f ? b[i] : x)], row))];
            SobolRowReader reader = new(5);
            foreach (EndpointSample sample in samples)
            {
                reader.Add(sample);
            }

            corrected.Add(reader.Rows.ShouldHaveSingleItem());
            raw.Add(SobolRow.Exact(samples[0].Value, samples[1].Value, [.. samples.Skip(2).Select(s => s.Value)]));
        }

        return (SobolIndices.Of(corrected, new RandomStream(1, 1, _purpose), 200), SobolIndices.Of(raw, new RandomStream(1, 1, _purpose), 200));

        EndpointSample Sample(double[] x, int row)
        {
            double p = 0.3 + (0.3 * (x[0] - 0.5)) + (0.15 * (x[1] - 0.5));
            RandomStream stream = new(2, (ulong)row, _purpose);
            PatientFate[] fates = new PatientFate[patients];
            for (int i = 0; i < patients; i++)
            {
                double u = stream.NextUniform() + x[2];
                fates[i] = Patient((u >= 1 ? u - 1 : u) < p);
            }

            return EndpointSample.Of(_endpoint, fates);
        }
    }

    [Fact]
    public void Chance_among_few_patients_is_taken_out()
    {
        (SobolIndices corrected, SobolIndices raw) = Indices(patients: 20);

        // Variances 0.09/12 and 0.0225/12: 80% and 20%, without interactions; the third factor only moves luck about.
        double variance = (0.09 + 0.0225) / 12;
        raw.Variance.Value.ShouldBeGreaterThan(1.5 * variance, "20 patients add about 0.2/20 to a variance of 0.0094");
        raw.Total[2].Value.ShouldBeGreaterThan(0.3);

        corrected.Variance.Value.ShouldBe(variance, 0.12 * variance);
        corrected.Total.Select(t => t.Value).ShouldBe([0.8, 0.2, 0], 0.08);
        corrected.First.Select(t => t.Value).ShouldBe([0.8, 0.2, 0], 0.12);
        (corrected.Total[2].Lower <= 0 && corrected.Total[2].Upper >= 0).ShouldBeTrue();
    }
}
