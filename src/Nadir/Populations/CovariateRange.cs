using System.Globalization;

namespace Nadir.Populations;

/// <summary>Values of a covariate that are asked for.</summary>
/// <param name="Covariate">The covariate.</param>
/// <param name="AtLeast">The smallest; 0.5 for the yes of one that is yes or no, negative infinity for no bound.</param>
/// <param name="Below">What lies above them; positive infinity for no bound.</param>
sealed record CovariateRange(Covariate Covariate, double AtLeast, double Below)
{
    /// <summary>Patients among whom <see cref="Occur"/> seeks one.</summary>
    public const int Sought = 1 << 18;

    const ulong Seed = 0x4e61_6469_7252_616e;

    /// <summary>The range for people.</summary>
    public string Words => (Covariate.IsYesNo, double.IsFinite(AtLeast), double.IsFinite(Below)) switch
    {
        (true, _, true) => $"no {Covariate.Name}",
        (true, _, _) => Covariate.Name,
        (_, true, true) => string.Create(CultureInfo.InvariantCulture, $"{Covariate.Name} from {AtLeast} to below {Below}"),
        (_, true, false) => string.Create(CultureInfo.InvariantCulture, $"{Covariate.Name} at least {AtLeast}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Covariate.Name} below {Below}"),
    };

    /// <summary>Whether a patient is within all of some ranges, sought among <see cref="Sought"/> patients that belong to no run.</summary>
    public static bool Occur(PatientSampler sampler, IReadOnlyList<CovariateRange> ranges)
    {
        PatientSampler.Part part = sampler.PartFor(ranges.Select(r => r.Covariate), []);
        PatientSampler.Workspace room = new(sampler);
        for (int patient = 0; patient < Sought; patient++)
        {
            sampler.Draw(Seed, patient, part, room);
            if (ranges.All(r => PatientSampler.ValueOf(r.Covariate, room) is double value && value >= r.AtLeast && value < r.Below))
            {
                return true;
            }
        }

        return false;
    }
}
