using System.Globalization;
using Nadir.Endpoints;
using Nadir.Kernels;
using Nadir.Models;
using Nadir.Monitoring;
using Nadir.Numerics;
using Nadir.Solvers;

namespace Nadir.Trials;

/// <summary>What assays show of a patient, and the blasts that flow sees at relapse.</summary>
sealed class BedsideReadings
{
    readonly IReadOnlyList<Assay> _assays;
    readonly IKernel _kernel;
    readonly double[] _values;
    readonly (int Slot, LeukaemiaClone Clone)[] _clones;
    readonly Dictionary<string, int[]> _groups;
    readonly Network _network;
    readonly Dictionary<double, uint[]> _purposes = [];
    readonly (Assay Cd19, Assay Negative, Assay Lineage, Assay Cd22)? _phenotyping;
    readonly ulong _seed;
    readonly TrialModel _model;
    readonly HiddenState _hidden;
    readonly AntigenGate _gate;

    public BedsideReadings(TrialModel model)
    {
        (TrialPlan plan, Network network) = (model.Plan, model.Network);
        _model = model;
        _assays = plan.Assays.All;
        _phenotyping = plan.Assays.Phenotyping;
        _seed = plan.Seed;
        _network = network;
        Readouts readouts = plan.Package.Parameters!.Readouts;
        _kernel = network.Kernel(_assays.Select(a => TrialModel.Reading(plan.Package.Parameters, a.Reads)));
        _values = new double[_assays.Count];
        _gate = new AntigenGate(readouts, network);
        _hidden = new HiddenState(readouts, network, _gate);
        _clones = [.. readouts.Clones.Select(c => (network.SlotOf(c.Species), c))];
        _groups = Readouts.Groups.ToDictionary(g => g, g => readouts.Group(g).Select(network.SlotOf).ToArray(), StringComparer.Ordinal);
    }

    /// <summary>Does every assay, with its noise. Each assay of each visit has its own random number, so arms stay aligned.</summary>
    /// <param name="trajectory">The patient.</param>
    /// <param name="patient">The patient's number.</param>
    /// <param name="visit">Day of a scheduled visit; NaN for one that was not planned.</param>
    public Observation[] Observe(Trajectory trajectory, long patient, double visit)
    {
        uint[] purposes = Purposes(visit);
        _kernel.Evaluate(trajectory.Time, trajectory.Slots, _values);
        Observation[] results = new Observation[_assays.Count];
        for (int i = 0; i < results.Length; i++)
        {
            Assay assay = _assays[i];
            RandomStream stream = new(_seed, (ulong)patient, purposes[i]);
            double value = assay.Observe(_values[i], Readouts.BlastShares.Contains(assay.Reads) ? _values[0] : null, ref stream);
            bool below = !(value >= assay.Limit);
            results[i] = new Observation(trajectory.Time, assay.Name, below ? assay.Limit : value, below);
        }

        return results;
    }

    uint[] Purposes(double visit)
    {
        if (!_purposes.TryGetValue(visit, out uint[]? purposes))
        {
            string name = double.IsNaN(visit) ? "unscheduled" : visit.ToString("R", CultureInfo.InvariantCulture);
            purposes = [.. _assays.Select(a => RandomStream.Purpose($"assay:{a.Name}:{name}"))];
            _purposes.Add(visit, purposes);
        }

        return purposes;
    }

    /// <summary>Why a relapse came, which nobody at the bedside can see.</summary>
    public RelapseCause? CauseAt(Trajectory trajectory) => _hidden.CauseAt(trajectory);

    /// <summary>The phenotype of the blasts as flow cytometry shows it.</summary>
    public PhenotypeSeen PhenotypeSeen(Trajectory trajectory, long patient)
    {
        BlastComposition blasts = Blasts(trajectory);
        if (_phenotyping is not { } assays || blasts.Total <= 0)
        {
            return blasts.Seen;
        }

        _kernel.Evaluate(trajectory.Time, trajectory.Slots, _values);
        double Seen(Assay assay, double share)
        {
            RandomStream stream = new(_seed, (ulong)patient, RandomStream.Purpose($"phenotype:{assay.Name}"));
            return assay.Observe(share, _values[0], ref stream);
        }

        double cd22 = Seen(assays.Cd22, blasts.SecondLowShare);
        return new PhenotypeSeen(
            Seen(assays.Lineage, blasts.Switched / blasts.Total) > assays.Lineage.Threshold("switched") ? Phenotype.LineageSwitch
                : Seen(assays.Cd19, blasts.BelowGateShare) > assays.Cd19.Threshold("below-gate") ? Phenotype.Cd19NegativeOrLow
                : Phenotype.Cd19Positive,
            Seen(assays.Negative, blasts.NegativeShare) > assays.Negative.Threshold("negative"),
            double.IsNaN(cd22) ? null : cd22 > assays.Cd22.Threshold("low"));
    }

    public BlastComposition Blasts(Trajectory trajectory)
    {
        double[] cells = new double[4];
        double secondLow = 0;
        foreach ((int slot, LeukaemiaClone clone) in _clones)
        {
            cells[(int)_gate.Shown(clone, trajectory)] += trajectory.Slots[slot];
            secondLow += clone.IsSecondAntigenLow ? trajectory.Slots[slot] : 0;
        }

        return new BlastComposition(
            cells[(int)ClonePhenotype.Cd19Positive], cells[(int)ClonePhenotype.Cd19Dim],
            cells[(int)ClonePhenotype.Cd19Negative], cells[(int)ClonePhenotype.LineageSwitched])
        {
            SecondLow = secondLow,
        };
    }

    /// <summary>Slots of a named group of species, or of one species.</summary>
    public IReadOnlyList<int> SlotsOf(string species) => _groups.TryGetValue(species, out int[]? slots) ? slots : [_network.SlotOf(species)];

    public int SlotOf(string parameter) => _network.SlotOf(parameter);

    /// <summary>The slot that an infusion fills.</summary>
    public int InfusionSlot(string role) => _model.InfusionSlot(role);
}
