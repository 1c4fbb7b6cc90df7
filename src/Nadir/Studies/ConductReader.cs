using System.Globalization;
using Nadir.Designs;
using Nadir.Documents;
using Nadir.Units;

namespace Nadir.Studies;

/// <summary>Reads <c>conduct</c> of a study file: accrual, drop-out, cut-off, strata and the time before the infusion.</summary>
static class ConductReader
{
    public static (TrialConduct Conduct, IReadOnlyList<StudyStratum> Strata, StudyBeforeInfusion? Before, ConductPlaces At) Read(MappingReader map)
    {
        Accrual? accrual = map.Optional("accrual")?.Mapping(ReadAccrual);
        ValueReader? cutOff = map.Optional("cut-off");
        double cutOffDay = cutOff is null ? double.PositiveInfinity : Duration.Read(cutOff);
        if (cutOffDay <= 0 || cutOffDay <= accrual?.OverDays)
        {
            string expected = accrual is null ? "a time above 0" : string.Create(CultureInfo.InvariantCulture, $"more than {accrual.OverDays:0.#} days, so that all patients have come");
            cutOff!.Error("ND0541", "the data cut-off comes too early", Excerpt.Of(cutOff.Text()), expected, "it counts from the opening of the trial");
        }

        ValueReader? before = map.Optional("before-infusion");
        TrialConduct conduct = new()
        {
            Accrual = accrual,
            CutOffDay = cutOffDay,
            DropOutPerYear = map.Optional("drop-out") is { } lost ? DropOut(lost) : 0,
            BlockRepeats = map.Optional("block-rounds")?.WholeNumber(1, 50) ?? 2,
        };
        return (conduct, map.Optional("stratify-by")?.List(ReadStratum) ?? [], before?.Mapping(ReadBefore), new ConductPlaces(cutOff?.At, before?.At));
    }

    static Accrual ReadAccrual(MappingReader map)
    {
        (ValueReader? rate, ValueReader? over) = (map.Optional("per-month"), map.Optional("over"));
        if (rate is null == over is null)
        {
            map.Issues.Error("ND0542", map.At, "accrual says once how fast patients come", rate is null ? "neither" : "both", "per-month: patients over all arms, or over: a time within which all come");
        }

        double days = over is null ? double.NaN : Duration.Read(over);
        if (days <= 0)
        {
            over!.Error("ND0542", "patients cannot come within no time", Excerpt.Of(over.Text()), "a time above 0");
        }

        return new Accrual(rate is null ? double.NaN : rate.Number(NumberRange.Positive) / Duration.DaysPerMonth, days);
    }

    static double DropOut(ValueReader value)
    {
        double share = value.Number(NumberRange.Probability);
        if (share == 1)
        {
            value.Error("ND0543", "nobody would be followed", "a drop-out of 1 a year", "a share below 1");
        }

        return share;
    }

    static StudyBeforeInfusion ReadBefore(MappingReader map)
    {
        ValueReader dies = map.Required("dies");
        double share = dies.Number(NumberRange.Probability);
        if (share == 1)
        {
            dies.Error("ND0543", "nobody would be infused", "a probability of 1", "a probability below 1");
        }

        (ValueReader? days, ValueReader? spread) = (map.Optional("days"), map.Optional("spread"));
        if (spread is not null && days is null)
        {
            spread.Error("ND0553", "days that are not given cannot spread", Excerpt.Of(spread.Text()), "days beside the spread");
        }

        return new StudyBeforeInfusion(days is null ? null : Time(days, spread), share, map.Optional("too-ill")?.Number(NumberRange.Probability) ?? 0, map.Optional("within")?.Number(NumberRange.Positive));
    }

    /// <summary>Reads <c>vein-to-vein</c> of an arm: days, or a mapping of <c>days</c> and <c>spread</c>.</summary>
    public static VeinToVein ReadTime(ValueReader value) => value.IsMapping ? value.Mapping(m => Time(m.Required("days"), m.Optional("spread"))) : Time(value, null);

    static VeinToVein Time(ValueReader days, ValueReader? spread) => new(days.Number(NumberRange.Positive), spread?.Number(NumberRange.NotNegative) ?? 0);

    static StudyStratum ReadStratum(ValueReader value) => value.IsMapping
        ? value.Mapping(map =>
        {
            ValueReader at = map.Required("at");
            double[] cuts = [.. at.List(c => c.Number())];
            if (at.IsList && (cuts.Length == 0 || cuts.Zip(cuts.Skip(1)).Any(p => p.First >= p.Second)))
            {
                at.Error("ND0544", "the cuts do not make classes", cuts.Length == 0 ? "an empty list" : string.Join(", ", cuts.Select(c => c.ToString("R", CultureInfo.InvariantCulture))), "numbers in ascending order, each once");
            }

            return new StudyStratum(map.Required("covariate").Text(), cuts, value.At);
        })
        : new StudyStratum(value.Text(), [], value.At);
}
