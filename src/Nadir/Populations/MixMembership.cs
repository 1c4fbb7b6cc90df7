namespace Nadir.Populations;

/// <summary>Which groups a patient belongs to, found by drawing no more of the patient than that takes.</summary>
sealed class MixMembership(PatientSampler sampler, IReadOnlyList<MixGroup> groups)
{
    readonly PatientSampler.Part _part = sampler.PartFor(groups.Select(g => g.Covariate).OfType<Covariate>(), groups.Select(g => g.Trait).Where(t => t >= 0));

    /// <summary>Whether a trait has a part in who belongs to a group.</summary>
    public bool DependsOn(int trait) => _part.Traits.Contains(trait);

    /// <summary>The groups of a patient, a bit each, the first the lowest.</summary>
    public uint Of(ulong seed, long patient, PatientSampler.Workspace room)
    {
        sampler.Draw(seed, patient, _part, room);
        uint cell = 0;
        for (int g = 0; g < groups.Count; g++)
        {
            cell |= groups[g].Has(room) ? 1u << g : 0;
        }

        return cell;
    }
}
