using Nadir.Designs;
using Nadir.Endpoints;
using Nadir.Survival;

namespace Nadir.Tests.Designs;

public class TrialPowerTests
{
    static OperatingCharacteristics Run(CandidatePool pool, RandomisedDesign design, int perArm, int? events, int trials, ulong seed = 3) =>
        OperatingCharacteristics.Of(design, pool, new TrialSeries(perArm, events, trials, seed, Threads: 2), default);

    static void ShouldBe(Simulated found, double expected, double errors = 3, double furtherError = 0)
    {
        double error = Math.Sqrt((expected * (1 - expected) / 10_000) + (furtherError * furtherError));
        TestContext.Current.TestOutputHelper?.WriteLine($"found {found.Value:0.0000}, expected {expected:0.0000}, error {found.StandardError:0.0000}");
        found.Value.ShouldBe(expected, errors * Math.Max(error, found.StandardError));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Ten_thousand_randomised_null_trials_err_in_one_of_twenty()
    {
        TrialConduct conduct = new() { Accrual = new Accrual(0.5, double.NaN), DropOutPerYear = 0.1, CutOffDay = 900 };
        OperatingCharacteristics found = Run(MadeUpPool.Exponential(20_000, 0.6).Null(0), MadeUpPool.Design(conduct: conduct), 100, null, 10_000);

        ShouldBe(found.Rejects, 0.05);
        found.Rejects.StandardError.ShouldBe(Math.Sqrt(found.Rejects.Value * (1 - found.Rejects.Value) / 10_000), 1e-12);
    }

    [Theory]
    [InlineData(0.7, 247)]
    [InlineData(0.75, 300)]
    [Trait("Category", "Slow")]
    public void A_trial_drawn_from_a_pool_has_the_power_of_Schoenfeld(double hazardRatio, int events)
    {
        CandidatePool pool = MadeUpPool.Exponential(200_000, hazardRatio);
        RandomisedDesign design = MadeUpPool.Design(MadeUpPool.Analysis with { Events = events });
        OperatingCharacteristics found = Run(pool, design, 250, events, 4_000);

        double ofPool = PoolPrecision.Of(design, pool).Value.ErrorOf(found.Benefit.Value, events);
        ShouldBe(found.Benefit, MadeUpPool.Schoenfeld(events, hazardRatio), furtherError: ofPool);

        // A patient of the pool may come twice, and then two events come together.
        found.EventsSeen.Value.ShouldBe(events, 0.01);
    }

    [Theory]
    [InlineData(SpendingFunction.OBrienFleming)]
    [InlineData(SpendingFunction.Pocock)]
    [Trait("Category", "Slow")]
    public void Looks_keep_the_type_one_error(SpendingFunction spending)
    {
        PrimaryAnalysis analysis = MadeUpPool.Analysis with { Events = 150, Looks = [0.4, 0.7], Spending = spending };
        OperatingCharacteristics found = Run(MadeUpPool.Exponential(20_000, 1).Null(0), MadeUpPool.Design(analysis, new TrialConduct { Accrual = new Accrual(double.NaN, 300) }), 100, 150, 10_000);

        ShouldBe(found.Rejects, 0.05);
        IReadOnlyList<GroupSequentialLook> bounds = GroupSequential.Boundaries([0.4, 0.7, 1], spending, 0.05);
        ShouldBe(found.EndAtLook[0], bounds[0].Spent);
        ShouldBe(found.EndAtLook[1], bounds[1].Spent - bounds[0].Spent);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void A_trial_that_ends_before_its_events_keeps_the_type_one_error()
    {
        PrimaryAnalysis analysis = MadeUpPool.Analysis with { Events = 180, Looks = [0.5] };
        OperatingCharacteristics found = Run(MadeUpPool.Exponential(20_000, 1).Null(0), MadeUpPool.Design(analysis, new TrialConduct { CutOffDay = 500 }), 100, 180, 10_000);

        found.EventsSeen.Value.ShouldBeLessThan(170);
        ShouldBe(found.Rejects, 0.05);
    }

    /// <summary>Relapse with death competing: a third of the events, the same in both arms.</summary>
    [Theory]
    [InlineData(SpendingFunction.OBrienFleming)]
    [InlineData(SpendingFunction.Pocock)]
    [Trait("Category", "Slow")]
    public void Looks_keep_the_type_one_error_of_Grays_test(SpendingFunction spending)
    {
        PrimaryAnalysis analysis = MadeUpPool.Analysis with { Endpoint = new ProtocolEndpoint(Endpoint.Relapse, false), Test = PrimaryTest.Gray, Events = 100, Looks = [0.4, 0.7], Spending = spending };
        TrialConduct conduct = new() { Accrual = new Accrual(double.NaN, 300), DropOutPerYear = 0.1 };
        OperatingCharacteristics found = Run(MadeUpPool.Competing(20_000).Null(0), MadeUpPool.Design(analysis, conduct), 100, 100, 10_000);

        found.NotEstimable.Value.ShouldBe(0);
        ShouldBe(found.Rejects, 0.05);
        IReadOnlyList<GroupSequentialLook> bounds = GroupSequential.Boundaries([0.4, 0.7, 1], spending, 0.05);
        ShouldBe(found.EndAtLook[0], bounds[0].Spent);
        ShouldBe(found.EndAtLook[1], bounds[1].Spent - bounds[0].Spent);
    }

    /// <summary>Every trial has patients that no other one has: what a pool stands for.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public void A_finite_pool_does_not_bias_the_power()
    {
        const int trials = 4_000;
        const int perArm = 60;
        RandomisedDesign design = MadeUpPool.Design();
        int fresh = 0;
        for (int trial = 0; trial < trials; trial++)
        {
            CandidatePool own = MadeUpPool.Exponential(perArm, 0.6, seed: 1000 + (ulong)trial);
            EnrolledPatient[] patients = [.. Enumerable.Range(0, 2).SelectMany(a => own.Arms[a].Select(c => new EnrolledPatient(a, 0, double.PositiveInfinity, c)))];
            fresh += new TrialDecider(design.Conduct, design.Analysis, new LookBoundaries(design.Analysis)).Decide(patients, null).Verdict == TrialVerdict.Benefit ? 1 : 0;
        }

        CandidatePool[] pools = [.. Enumerable.Range(0, 20).Select(i => MadeUpPool.Exponential(4_000, 0.6, seed: (ulong)i))];
        double[] powers = [.. pools.Select((p, i) => Run(p, design, perArm, null, trials / 20, (ulong)i).Benefit.Value)];
        double error = Math.Sqrt((powers.Sum(p => Math.Pow(p - powers.Average(), 2)) / (19 * 20)) + (0.25 / trials));

        powers.Average().ShouldBe((double)fresh / trials, 3 * error);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void The_error_of_a_pool_is_what_pools_differ_by_and_smaller_where_arms_hold_the_same_patients()
    {
        RandomisedDesign design = MadeUpPool.Design();
        (double Told, double Found) independent = Errors(seed => MadeUpPool.Exponential(1_500, 0.7, seed));
        (double Told, double Found) paired = Errors(seed => MadeUpPool.Paired(1_500, 0.7, seed));

        independent.Told.ShouldBe(independent.Found, 0.3 * independent.Found);
        paired.Told.ShouldBeLessThan(0.5 * independent.Told);
        paired.Found.ShouldBeLessThan(0.6 * independent.Found);

        (double, double) Errors(Func<ulong, CandidatePool> make)
        {
            const int trials = 3_000;
            (double Power, double Told)[] pools = [.. Enumerable.Range(0, 40).Select(i =>
            {
                CandidatePool pool = make(100 + (ulong)i);
                OperatingCharacteristics found = Run(pool, design, 80, null, trials, (ulong)i);
                return (found.Benefit.Value, PoolPrecision.Of(design, pool).Value.ErrorOf(found.Benefit.Value, found.EventsSeen.Value));
            })];
            double mean = pools.Average(p => p.Power);
            double all = pools.Sum(p => (p.Power - mean) * (p.Power - mean)) / 39;
            return (pools.Average(p => p.Told), Math.Sqrt(Math.Max(0, all - (mean * (1 - mean) / trials))));
        }
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        CandidatePool pool = MadeUpPool.Exponential(500, 0.6);
        RandomisedDesign design = MadeUpPool.Design(MadeUpPool.Analysis with { Events = 40, Looks = [0.5] }, new TrialConduct { Accrual = new Accrual(0.5, double.NaN), DropOutPerYear = 0.1 });
        OperatingCharacteristics[] found = [.. new[] { 1, 3 }.Select(threads => OperatingCharacteristics.Of(design, pool, new TrialSeries(30, 40, 200, 1, threads), default))];

        (found[0] with { EndAtLook = [] }).ShouldBe(found[1] with { EndAtLook = found[0].EndAtLook } with { EndAtLook = [] });
    }

    [Fact]
    public void A_larger_trial_begins_with_the_patients_of_a_smaller_one()
    {
        CandidatePool pool = MadeUpPool.Exponential(500, 0.6);
        TrialDraw draw = new(new TrialConduct { Accrual = new Accrual(0.5, double.NaN), DropOutPerYear = 0.2 }, [1, 1], 4);

        draw.Draw(pool, 7, 200)[..80].ShouldBe(draw.Draw(pool, 7, 80));
    }

    [Fact]
    public void A_search_finds_the_size_of_Schoenfeld()
    {
        // Everybody has the event, so that events are patients: 4(z₁ + z₂)²/log² HR of them for a power of 80%.
        CandidatePool pool = MadeUpPool.Paired(20_000, 0.7);
        RandomisedDesign design = MadeUpPool.Design();
        PowerStudy study = new(design, pool, new TrialSeries(100, null, 1_000, 5, 2));
        (IReadOnlyList<PowerRow> tried, Estimable<NeededSize> needed) = study.Search(0.8, study.At(100, default), default);
        double schoenfeld = 4 * Math.Pow(1.959964 + 0.841621, 2) / Math.Pow(Math.Log(0.7), 2);
        NeededSize size = needed.Value;

        ((double)size.Patients).ShouldBe(schoenfeld, 0.1 * schoenfeld);
        tried.Select(t => t.Characteristics.Patients).ShouldBeInOrder();
        tried.Count(t => Math.Abs(t.Characteristics.Patients - size.Patients) < 0.15 * schoenfeld).ShouldBeGreaterThan(2);
        size.Patients.ShouldBe(2 * size.PatientsPerRound);
        (size.Trials.Upper - size.Trials.Lower).ShouldBeInRange(0.02 * schoenfeld, 0.2 * schoenfeld);
        size.PoolError.Value.ShouldBeInRange(0.001 * schoenfeld, 0.05 * schoenfeld);
    }

    /// <summary>Searches that differ by the seed of their trials only.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public void The_size_of_a_search_scatters_as_its_interval_says()
    {
        const int searches = 150;
        CandidatePool pool = MadeUpPool.Paired(20_000, 0.6);
        NeededSize[] sizes = [.. Enumerable.Range(0, searches).Select(i =>
        {
            PowerStudy study = new(MadeUpPool.Design(), pool, new TrialSeries(40, null, 300, 1000 + (ulong)i, 2));
            return study.Search(0.8, study.At(40, default), default).Needed.Value;
        })];
        double mean = sizes.Average(s => s.Trials.Value);
        double scatter = Math.Sqrt(sizes.Sum(s => Math.Pow(s.Trials.Value - mean, 2)) / (searches - 1));
        double told = sizes.Average(s => s.Trials.Upper - s.Trials.Lower) / (2 * 1.959964);

        // Three standard errors: of a standard deviation 1/√(2n), of a share of 95% the binomial one.
        scatter.ShouldBe(told, 3 / Math.Sqrt(2.0 * searches) * told);
        ((double)sizes.Count(s => s.Trials.Lower <= mean && mean <= s.Trials.Upper)).ShouldBe(0.95 * searches, 3 * Math.Sqrt(searches * 0.95 * 0.05));
    }

    /// <summary>Pools that differ by their patients; each has the size it needs itself, of which little is chance of the trials.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public void The_size_of_a_search_differs_between_pools_as_their_error_says()
    {
        const int pools = 40;
        NeededSize[] sizes = [.. Enumerable.Range(0, pools).Select(i =>
        {
            PowerStudy study = new(MadeUpPool.Design(), MadeUpPool.Exponential(1_000, 0.6, 500 + (ulong)i), new TrialSeries(60, null, 2_000, (ulong)i, 2));
            return study.Search(0.8, study.At(60, default), default).Needed.Value;
        })];
        double mean = sizes.Average(s => s.Trials.Value);
        double all = sizes.Sum(s => Math.Pow(s.Trials.Value - mean, 2)) / (pools - 1);
        double ofTrials = sizes.Average(s => Math.Pow((s.Trials.Upper - s.Trials.Lower) / (2 * 1.959964), 2));
        double told = Math.Sqrt(sizes.Average(s => s.PoolError.Value * s.PoolError.Value));

        Math.Sqrt(all - ofTrials).ShouldBe(told, 3 / Math.Sqrt(2.0 * pools) * told);
    }

    [Fact]
    public void A_power_of_one_does_not_make_the_pool_free_of_error()
    {
        CandidatePool pool = MadeUpPool.Exponential(1_500, 0.4);
        RandomisedDesign design = MadeUpPool.Design();
        PowerStudy study = new(design, pool, new TrialSeries(300, null, 400, 5, 2));
        PowerRow saturated = study.At(300, default);

        saturated.Characteristics.Benefit.Value.ShouldBe(1);
        saturated.PoolError.Value.ShouldBeGreaterThan(0.0005);

        // At the power aimed at the pool matters: there its error is φ(0.84) 2.80 / z, with z = 0.916 √(3000 / 4) of the whole pools, whose statistic has an error of 1.
        PowerStudy aimed = new(MadeUpPool.Design(MadeUpPool.Analysis with { TargetPower = 0.8 }), pool, new TrialSeries(300, null, 400, 5, 2));
        double error = 0.28 * 2.80 / (-Math.Log(0.4) * Math.Sqrt(3_000 / 4.0));
        double needed = 1_500 * Math.Pow(error / Math.Sqrt(0.16 / 2_000), 2);
        ((double)aimed.PoolFor(saturated, 2_000).Value).ShouldBe(needed, 0.6 * needed);
    }

    [Fact]
    public void A_search_stops_where_further_patients_would_come_after_the_cut_off()
    {
        // A patient a day: 400 patients come within 500 days, 800 do not.
        RandomisedDesign design = MadeUpPool.Design(conduct: new TrialConduct { Accrual = new Accrual(1, double.NaN), CutOffDay = 500 });
        PowerStudy study = new(design, MadeUpPool.Exponential(2_000, 1), new TrialSeries(100, null, 20, 5, 2));

        (IReadOnlyList<PowerRow> tried, Estimable<NeededSize> needed) = study.Search(0.9, study.At(100, default), default);

        tried.Max(t => t.Characteristics.PatientsPerRound).ShouldBe(200);
        needed.Reason.ShouldNotBeNull().ShouldContain("400 patients do not give a power of 0.9, and twice as many would not all have come by the data cut-off");
    }

    [Fact]
    public void A_size_that_cannot_be_reached_is_a_reason()
    {
        PowerStudy study = new(MadeUpPool.Design(), MadeUpPool.Paired(300, 1), new TrialSeries(2_000, null, 10, 5, 2));

        study.Search(0.9, study.At(2_000, default), default).Needed.Reason.ShouldNotBeNull().ShouldContain("patients do not give a power of 0.9");
    }
}
