using Nadir.Endpoints;
using Nadir.Survival;
using Nadir.Tests.Studies;
using Nadir.Trials;

namespace Nadir.Tests.Trials;

public class EndpointSampleTests
{
    static readonly TrialPlan _plan = Trial.Job(Trial.Small, patients: 150).Plan;
    static readonly IReadOnlyList<PatientRecord> _records = _plan.Records();
    static readonly PatientFate[][] _fates = [.. _plan.Arms.Select((_, i) => _records.Where(r => r.Arm == i).Select(r => PatientFate.Of(r.Outcome)).ToArray())];
    static readonly ArmResult[] _arms = [.. _plan.Arms.Select((arm, i) => ArmEstimates.Of(arm, Trial.Tally(_records.Where(r => r.Arm == i).Select(r => r.Outcome))))];

    [Theory]
    [InlineData("remission")]
    [InlineData("efs12")]
    [InlineData("os6")]
    [InlineData("rfs12")]
    [InlineData("relapse6")]
    [InlineData("relapse-cd19-negative-12")]
    [InlineData("aplasia6")]
    [InlineData("morphologic-remission")]
    [InlineData("dor12")]
    [InlineData("death-in-remission12")]
    [InlineData("b-cells-back9")]
    [InlineData("transplant")]
    [InlineData("mrd-relapse12")]
    [InlineData("cytokine-release")]
    [InlineData("severe-cytokine-release")]
    [InlineData("relapse-by-lost-persistence-12")]
    public void It_is_the_estimate_of_the_trials_own_curves(string name)
    {
        TrialEndpoint endpoint = TrialEndpoint.Parse(name)!;
        endpoint.Name.ShouldBe(name);
        for (int arm = 0; arm < _arms.Length; arm++)
        {
            EndpointSample.Of(endpoint, _fates[arm]).Value.ShouldBe(FromCurve(endpoint, _arms[arm]), 1e-12);
        }
    }

    static double FromCurve(TrialEndpoint endpoint, ArmResult arm) => endpoint.Kind switch
    {
        EndpointKind.Remission => arm.Remission3Months.Value,
        EndpointKind.EventFree => arm.EventFreeSurvival.At(endpoint.Days).Value,
        EndpointKind.Overall => arm.OverallSurvival.At(endpoint.Days).Value,
        EndpointKind.RelapseFree => arm.RelapseFreeSurvival.At(endpoint.Days).Value,
        EndpointKind.MorphologicRemission => arm.MorphologicRemission3Months.Value,
        EndpointKind.DurationOfResponse => FromTimes(arm, endpoint),
        EndpointKind.DeathInRemission => arm.DeathInRemission.At(endpoint.Days).Value,
        EndpointKind.BCellRecovery => arm.BCellRecovery!.At(endpoint.Days).Value,
        EndpointKind.Transplanted => arm.Transplanted / (double)(arm.Patients - arm.FailedPatients),
        EndpointKind.MrdRelapse => arm.MrdRelapses / (double)arm.RelapseFreeSurvival.Patients,
        EndpointKind.CytokineRelease => arm.CytokineRelease!.Any.Value,
        EndpointKind.SevereCytokineRelease => arm.CytokineRelease!.Severe.Value,
        _ when endpoint.Mechanism is { } mechanism => arm.CauseIncidence.SingleOrDefault(c => c.Mechanism == mechanism)?.Curve.At(endpoint.Days).Value ?? 0,
        EndpointKind.Aplasia => arm.BCellAplasia.At(endpoint.Days).Value,
        _ when endpoint.Phenotype is { } phenotype => arm.Relapse[(int)phenotype].Curve.At(endpoint.Days).Value,
        _ => arm.Relapse.Sum(r => r.Curve.At(endpoint.Days).Value),
    };

    static double FromTimes(ArmResult arm, TrialEndpoint endpoint) => KaplanMeier.Estimate(
        [.. _records.Where(r => _plan.Arms[r.Arm].Name == arm.Name && r.Outcome.RemissionDay is not null).Select(r => TimeToEvent.DurationOfResponse(r.Outcome, r.Outcome.RemissionDay!.Value)).Select(t => new SurvivalTime(t.Days, t.Censor == 0))])
        .At(endpoint.Days).Value;

    [Theory]
    [InlineData("relapse12")]
    [InlineData("aplasia6")]
    [InlineData("dor12")]
    [InlineData("efs12")]
    public void The_pulls_are_what_the_estimate_moves_by_when_a_patient_is_left_out(string name)
    {
        TrialEndpoint endpoint = TrialEndpoint.Parse(name)!;
        PatientFate[] all = _fates[0];
        EndpointSample sample = EndpointSample.Of(endpoint, all);

        sample.Pulls.Sum().ShouldBe(0, 1e-9);

        // The jackknife: leaving out one of n moves the estimate by the pull over n - 1, but for terms of the order 1/n^2.
        for (int i = 0; i < all.Length; i++)
        {
            double without = EndpointSample.Of(endpoint, [.. all.Where((_, j) => j != i)]).Value;
            ((sample.Value - without) * (all.Length - 1)).ShouldBe(sample.Pulls[i], 0.05 + (0.05 * Math.Abs(sample.Pulls[i])));
        }
    }

    [Fact]
    public void The_variance_of_kept_aplasia_is_greenwoods()
    {
        PatientFate[] fates = _fates[0];
        EndpointSample sample = EndpointSample.Of(TrialEndpoint.Parse("aplasia6")!, fates);
        EventTable table = new(1);
        foreach (PatientFate fate in fates.Where(f => f.InRemission))
        {
            table.Add(fate.Aplasia);
        }

        double greenwood = 0;
        int atRisk = table.Patients;
        foreach (EventRow row in table.Rows.Where(r => r.Days <= 6 * 30.4375))
        {
            greenwood += (double)row.Counts[1] / atRisk / (atRisk - row.Counts[1]);
            atRisk -= row.Counts.Sum();
        }

        (sample.Variance * (fates.Length - 1) / fates.Length).ShouldBe(sample.Value * sample.Value * greenwood, 1e-12);
    }

    [Fact]
    public void Patients_compared_with_themselves_have_the_paired_variance()
    {
        TrialEndpoint endpoint = TrialEndpoint.Parse("efs12")!;
        EndpointSample difference = EndpointSample.Difference(EndpointSample.Of(endpoint, _fates[1]), EndpointSample.Of(endpoint, _fates[0]));
        bool[] first = [.. _fates[0].Select(f => f.FirstEventBy(endpoint.Days) == FirstEvent.None)];
        bool[] second = [.. _fates[1].Select(f => f.FirstEventBy(endpoint.Days) == FirstEvent.None)];
        int n = first.Length;

        double[] own = [.. first.Zip(second, (a, b) => (b ? 1.0 : 0) - (a ? 1 : 0))];
        Nadir.Survival.Contrast paired = PairedDifference.OfMeans(own.Sum(), own.Sum(d => d * d), n).Value;

        difference.Value.ShouldBe(paired.Difference.Value, 1e-12);
        Math.Sqrt(difference.Variance).ShouldBe(paired.StandardError, 1e-12);
    }

    [Fact]
    public void A_product_is_the_mean_over_pairs_of_different_patients()
    {
        TrialEndpoint endpoint = TrialEndpoint.Parse("efs12")!;
        EndpointSample first = EndpointSample.Of(endpoint, _fates[0]);
        EndpointSample difference = EndpointSample.Difference(EndpointSample.Of(endpoint, _fates[1]), first);
        double[] x = [.. _fates[0].Select(Free)];
        double[] d = [.. _fates[0].Zip(_fates[1], (a, b) => Free(b) - Free(a))];

        difference.UnbiasedSquare.ShouldBe(Pairs(d, d), 1e-12);
        first.UnbiasedProduct(difference).ShouldBe(Pairs(x, d), 1e-12);

        double Free(PatientFate fate) => fate.FirstEventBy(endpoint.Days) == FirstEvent.None ? 1 : 0;

        static double Pairs(double[] a, double[] b)
        {
            double sum = 0;
            for (int i = 0; i < a.Length; i++)
            {
                for (int j = 0; j < b.Length; j++)
                {
                    sum += i == j ? 0 : a[i] * b[j];
                }
            }

            return sum / a.Length / (a.Length - 1);
        }
    }

    [Theory]
    [InlineData("relapse")]
    [InlineData("relapse0")]
    [InlineData("remission3")]
    [InlineData("survival24")]
    [InlineData("24")]
    [InlineData("")]
    [InlineData("efs99999")]
    public void What_is_no_endpoint_is_not_read(string text) => TrialEndpoint.Parse(text).ShouldBeNull();
}
