using Nadir.Endpoints;
using Nadir.Kernels;
using Nadir.Models;
using Nadir.Monitoring;
using Nadir.Solvers;

namespace Nadir.Trials;

/// <summary>
/// Simulates patients of the first arm again that between them show how patients fare, with their cells recorded. A
/// patient alone is the same patient, so what is drawn is what was counted.
/// </summary>
static class SamplePatients
{
    const int MostPoints = 500;

    public static IReadOnlyList<SamplePatient> Of(TrialPlan plan, FateExamples examples)
    {
        PatientSimulator simulator = new(plan);
        return [.. examples.Choose().Select(index => Record(plan, simulator, index))];
    }

    static SamplePatient Record(TrialPlan plan, PatientSimulator simulator, int index)
    {
        Readouts readouts = plan.Package.Parameters!.Readouts;
        Recorder recorder = new(simulator.Network, [.. readouts.Panels.SelectMany(p => p.Species)]);
        PatientRecord record = simulator.Simulate(0, index, recorder);
        PatientOutcome o = record.Outcome;
        int[] kept = recorder.Thinned();
        int series = 0;
        return new SamplePatient
        {
            Subject = Subjects.Identifier(o.Patient),
            Outcome = Describe(o),
            Days = [.. kept.Select(i => recorder.Days[i])],
            Series = [.. readouts.Panels.SelectMany(p => p.Species.Select(s => (p.Name, Species: s)))
                .Select(s => new TrajectorySeries(DisplayName(plan.Package.Model, s.Species), s.Name, recorder.Values(series++, kept)))],
            Infusions = [0],
            Visits = [.. record.Observations.Select(v => v.Day).Distinct()],
            Transplant = o.TransplantDay,
            Relapse = o.RelapseDay,
            Limits = Limits(plan, simulator.Network),
        };
    }

    static string DisplayName(Model model, string species) => model.Species.First(s => s.Name == species).DisplayName ?? species;

    static string Describe(PatientOutcome o)
    {
        string fate = o.RelapsePhenotype is { } phenotype ? $"{PhenotypeNames.LabelOf(phenotype)} relapse, day {o.RelapseDay:F0}"
            : o.NonResponseDay is not null ? "no remission"
            : o.DeathDay is not null ? $"death in remission, day {o.DeathDay:F0}"
            : "in remission at the end";
        return o.BCellRecoveryDay is { } day ? $"{fate}; B cells back by day {day:F0}" : fate;
    }

    /// <summary>Assay limits as cells: MRD on the leukaemia panel, aplasia on the B-cell panel. An assay is proportional to cells at its limit.</summary>
    static List<DetectionLimit> Limits(TrialPlan plan, Network network)
    {
        Readouts readouts = plan.Package.Parameters!.Readouts;
        List<DetectionLimit> limits = [];
        if (readouts.Clones.Count > 0)
        {
            AddLimit(limits, network, "flow MRD limit", "leukaemia", plan.Assays.Mrd, plan.Assays.Mrd.Limit, readouts.Clones[0].Species);
        }

        if (readouts.Find("normal-b-cells") is { } bCells)
        {
            AddLimit(limits, network, "B-cell aplasia", "b-cells", plan.Assays.BCells, plan.Assays.BCells.Threshold("aplasia"), bCells);
        }

        return limits;

        void AddLimit(List<DetectionLimit> list, Network net, string name, string panel, Assay assay, double value, string species) =>
            list.Add(new DetectionLimit(name, panel, CellsAt(plan, net, assay, value, species)));
    }

    /// <summary>The number of cells of one species alone at which the assay reads a value, found by bisection on the typical patient.</summary>
    static double CellsAt(TrialPlan plan, Network network, Assay assay, double value, string species)
    {
        IKernel kernel = network.Kernel([new Expressions.SymbolExpr(TrialModel.Symbol(plan.Package.Parameters!, assay.Reads))]);
        InitialState start = new(network);
        double[] slots = new double[start.Count];
        start.Fill(slots);
        slots.AsSpan(0, network.DynamicCount).Clear();
        double[] reading = new double[1];
        double log = Numerics.Bisection.FirstTrue(0, 40, x =>
        {
            slots[network.SlotOf(species)] = Numerics.Elementary.Exp(x);
            kernel.Evaluate(0, slots, reading);
            return reading[0] >= value;
        });
        return Numerics.Elementary.Exp(log);
    }

    /// <summary>Keeps the species' cells after each step.</summary>
    sealed class Recorder(Network network, IReadOnlyList<string> species) : IStepObserver
    {
        readonly int[] _slots = [.. species.Select(network.SlotOf)];
        readonly List<double[]> _cells = [];

        public List<double> Days { get; } = [];

        public void Stepped(Trajectory trajectory)
        {
            double[] inside = new double[network.SlotNames.Count];
            if (Days.Count == 0)
            {
                Days.Add(trajectory.Inside(0, inside));
                _cells.Add([.. _slots.Select(s => inside[s])]);
            }

            Days.Add(trajectory.Time);
            double[] cells = new double[_slots.Length];
            for (int i = 0; i < cells.Length; i++)
            {
                cells[i] = trajectory.Slots[_slots[i]];
            }

            _cells.Add(cells);
        }

        /// <summary>At most about 500 points, early days denser.</summary>
        public int[] Thinned()
        {
            double end = Days.Count == 0 ? 0 : Days[^1];
            double gap = end / MostPoints;
            List<int> kept = [];
            for (int i = 0; i < Days.Count; i++)
            {
                double least = Math.Min(gap, 0.02 * Days[i]);
                if (kept.Count == 0 || i == Days.Count - 1 || Days[i] - Days[kept[^1]] >= least)
                {
                    kept.Add(i);
                }
            }

            return [.. kept];
        }

        public IReadOnlyList<double> Values(int series, int[] kept) => [.. kept.Select(i => _cells[i][series])];
    }
}
