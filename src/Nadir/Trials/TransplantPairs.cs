using Nadir.Endpoints;

namespace Nadir.Trials;

/// <summary>
/// Sets each patient of an arm with a transplant beside itself in the arm that is the same but for it. It remembers eight bytes a patient of these arms, for as many
/// patients as <see cref="MostPatients"/>.
/// </summary>
sealed class TransplantPairs
{
    /// <summary>The first patients of an arm that are set beside themselves; chance is small among so many.</summary>
    public const int MostPatients = 100_000;

    const ushort Failed = ushort.MaxValue;

    readonly TrialPlan _plan;
    readonly Dictionary<int, Days[]> _kept = [];
    readonly (int Arm, int Without)[] _pairs;

    public TransplantPairs(TrialPlan plan, PatientBlock block)
    {
        _plan = plan;
        _pairs = plan.Design == TrialDesign.Counterfactual && plan.HorizonDays < Failed
            ? [.. plan.Arms.Index().Where(a => a.Item.WithoutTransplant is not null).Select(a => (a.Index, a.Item.WithoutTransplant!.Value))]
            : [];
        int kept = Math.Clamp(MostPatients - block.First, 0, block.Count);
        foreach (int arm in _pairs.SelectMany(p => new[] { p.Arm, p.Without }).Distinct())
        {
            _kept[arm] = new Days[kept];
        }
    }

    /// <summary>Takes a patient; patients come arm by arm.</summary>
    /// <param name="arm">Index of the arm.</param>
    /// <param name="place">The patient's place in the block, from 0.</param>
    /// <param name="outcome">What happened.</param>
    /// <param name="tallies">One an arm.</param>
    public void Add(int arm, int place, PatientOutcome outcome, IReadOnlyList<ArmTally> tallies)
    {
        if (!_kept.TryGetValue(arm, out Days[]? mine) || place >= mine.Length)
        {
            return;
        }

        mine[place] = Code(outcome);
        foreach ((int with, int without) in _pairs.Where(p => Math.Max(p.Arm, p.Without) == arm))
        {
            (Days a, Days b) = (_kept[with][place], _kept[without][place]);
            if (a.Remission is not (0 or Failed) && b.Remission != Failed)
            {
                tallies[with].Transplants.Add(new TransplantCourse(a.Remission, a.Eligible, a.Transplant, a.Event, b.Event), 1);
            }
        }
    }

    // What happens on a day is known at its end, and what is done on a day is done at its start.
    Days Code(PatientOutcome o) => !o.IsEvaluable
        ? new Days(Failed, 0, 0, 0)
        : new Days(Floor(o.RemissionDay), Floor(o.TransplantEligibleDay), Floor(o.TransplantDay), Ended(o));

    ushort Ended(PatientOutcome o)
    {
        double day = Math.Min(o.RelapseDay ?? double.PositiveInfinity, o.DeathDay ?? double.PositiveInfinity);
        return day <= _plan.HorizonDays ? (ushort)Math.Ceiling(day) : (ushort)0;
    }

    // On the last day there is no follow-up left to compare.
    ushort Floor(double? day) => day is { } d && d < _plan.HorizonDays ? (ushort)Math.Max(1, Math.Floor(d)) : (ushort)0;

    readonly record struct Days(ushort Remission, ushort Eligible, ushort Transplant, ushort Event);
}
