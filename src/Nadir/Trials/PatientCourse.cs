using Nadir.Endpoints;
using Nadir.Numerics;
using Nadir.Populations;
using Nadir.Protocols;
using Nadir.Solvers;
using Nadir.Units;

namespace Nadir.Trials;

/// <summary>
/// A patient from infusion to the end of follow-up: visits, what is decided on what they show, remission, relapse and death. Decisions
/// use observed values only. After relapse or non-response the cells are no longer followed, only survival.
/// </summary>
sealed class PatientCourse
{
    /// <summary>B cells count as back only after this day; before it the lymphodepletion keeps them away.</summary>
    const double AplasiaFollowedFrom = 28;

    /// <summary>The visit whose MRD helps to tell causes of relapse apart.</summary>
    const double FirstAssessment = 28;

    /// <summary>Stands for the day of a visit that was not planned.</summary>
    const double Unscheduled = double.NaN;

    readonly TrialPlan _plan;
    readonly ArmPlan _arm;
    readonly Trajectory _trajectory;
    readonly BedsideReadings _readings;
    readonly long _patient;
    readonly List<Observation> _observations = [];
    readonly List<string> _happenings = [];
    readonly Decisions _decisions;
    readonly TreatedParameters _parameters;
    readonly KeptVisit[] _visits;
    readonly ResponseCriteria _criteria;
    readonly double _nonResponseDay;
    int _nextVisit;
    double _deathDay = double.PositiveInfinity;
    DeathCause _deathCause;
    double? _morphologicRemission;
    double? _remission;
    double? _nonResponse;
    double? _mrdRelapse;
    double? _relapse;
    Phenotype? _phenotype;
    RelapseCause? _cause;
    CauseGroup? _guess;
    double? _transplant;
    double? _bCellRecovery;
    bool? _mrdOnDay28;
    double? _failed;
    Salvage? _salvage;
    bool _grafted;
    bool _ended;

    public PatientCourse(TrialPlan plan, ArmPlan arm, Trajectory trajectory, BedsideReadings readings, VirtualPatient patient)
    {
        (_plan, _arm, _trajectory, _readings, _patient) = (plan, arm, trajectory, readings, patient.Number);
        _decisions = new Decisions(plan, arm, patient.Covariates);
        _parameters = new TreatedParameters(trajectory);
        _criteria = new ResponseCriteria(plan.Assays);
        _visits = KeptVisits.Of(plan, patient.Number);

        // An assessment that is kept late still counts.
        _nonResponseDay = _visits.Where(v => plan.RemissionDays.Contains(v.Planned)).Select(v => v.Day).Append(plan.NonResponseDay).Max();
    }

    public IReadOnlyList<Observation> Observations => _observations;

    /// <summary>True after relapse or non-response.</summary>
    public bool HasFailed => _relapse is not null || _nonResponse is not null;

    /// <summary>Told the day on which CAR-T cells, or cells that activate them, are given after day 0.</summary>
    public required Action<double> CellsGiven { private get; init; }

    /// <summary>Every endpoint is followed for the whole horizon from its own origin, so a patient in remission is followed a little longer.</summary>
    double End => (_remission ?? 0) + _plan.HorizonDays;

    /// <summary>A death that lies beyond a failure of the simulation was not reached.</summary>
    bool Died => _failed is null && _deathDay <= End;

    bool AwaitsResponse => _remission is null && _nonResponse is null;

    bool InRemission => _remission is not null && _relapse is null;

    /// <summary>The day of the next thing to do.</summary>
    public double NextDay
    {
        get
        {
            double next = Math.Min(End, _deathDay);
            next = AwaitsResponse ? Math.Min(next, _nonResponseDay) : next;
            next = _nextVisit < _visits.Length ? Math.Min(next, _visits[_nextVisit].Day) : next;
            next = Math.Min(next, _salvage?.NextDay ?? next);
            return Math.Min(next, Math.Min(_decisions.NextDay, _parameters.NextEnd));
        }
    }

    /// <summary>The examination before the infusion, where a strategy decides on it, and what is done at once.</summary>
    public void Begin()
    {
        if (Decisions.StartsBeforeInfusion(_arm))
        {
            Observation[] seen = Visit(0);
            _decisions.Decide(new KeptVisit(0, 0), seen, _observations, Holds);
            TreatUntil(0);
        }
    }

    /// <summary>The cells have been followed to <see cref="NextDay"/>, to overt disease, or to where the simulation failed.</summary>
    /// <returns>False when there is nothing more to follow.</returns>
    public bool Reached(StopReason reason)
    {
        switch (reason)
        {
            case StopReason.Failed:
                _failed = _trajectory.Time;
                _ended = true;
                break;
            case StopReason.Watch when _salvage is not null:
                _salvage.Overt(_trajectory.Time);
                SecondRelapse();
                break;
            case StopReason.Watch:
                Visit(Unscheduled);
                Relapse();
                break;
            case StopReason.Time:
                Arrive(NextDay);
                break;
            default:
                throw new InvalidOperationException("found an unknown reason to stop; expected time, watch or failure");
        }

        return !_ended;
    }

    public PatientOutcome Outcome() => new()
    {
        Patient = _patient,
        Status = _trajectory.Status,
        FailedDay = _failed,
        HorizonDays = _plan.HorizonDays,
        MorphologicRemissionDay = _morphologicRemission,
        RemissionDay = _remission,
        NonResponseDay = _nonResponse,
        MrdRelapseDay = _mrdRelapse,
        RelapseDay = _relapse,
        RelapsePhenotype = _phenotype,
        RelapseCause = _cause,
        GuessedCause = _guess,
        TransplantEligibleDay = _decisions.GraftDecided,
        TransplantDay = _transplant,
        BCellRecoveryDay = _bCellRecovery,
        DeathDay = Died ? _deathDay : null,
        DeathCause = Died ? _deathCause : null,
        SalvageDay = _salvage?.Treated,
        SecondMorphologicRemissionDay = _salvage?.MorphologicRemission,
        SecondRemissionDay = _salvage?.Remission,
        SecondRelapseDay = _salvage?.Relapse,
        Happenings = _happenings,
    };

    /// <summary>Death comes first, then the visit, then non-response, then what was decided for this day.</summary>
    void Arrive(double day)
    {
        if (day >= _deathDay)
        {
            _ended = true;
            return;
        }

        if (_nextVisit < _visits.Length && _visits[_nextVisit].Day <= day)
        {
            _nextVisit++;
            Scheduled(_visits[_nextVisit - 1].Planned, day);
        }

        if (AwaitsResponse && day >= _nonResponseDay)
        {
            _nonResponse = day;
            Fail(day);
        }

        if (_salvage?.NextDay <= day)
        {
            Examine(_salvage, day);
        }

        _parameters.End(day);
        TreatUntil(day);
        _ended |= day >= End || _salvage is { IsOver: true } || (_salvage is { Treated: null } && double.IsPositiveInfinity(_decisions.NextDay));
    }

    void Scheduled(double planned, double day)
    {
        Observation[] seen = Visit(planned);
        _mrdOnDay28 = planned == FirstAssessment ? !_criteria.IsMrdNegative(seen) : _mrdOnDay28;
        bool clear = _criteria.IsClear(seen);
        bool assesses = AwaitsResponse && clear && _plan.RemissionDays.Contains(planned);
        _morphologicRemission ??= assesses ? day : null;
        if (assesses && _criteria.IsRemission(seen))
        {
            Remission(day);
        }
        else if (InRemission && !clear)
        {
            Relapse();
        }
        else if (InRemission && _criteria.IsMrdAgain(seen))
        {
            _mrdRelapse ??= day;
        }

        RecordBCells(planned, day, seen[2]);
        if (!_ended)
        {
            _decisions.Decide(new KeptVisit(planned, day), seen, _observations, Holds);
        }
    }

    void Remission(double day)
    {
        _remission = day;
        _trajectory.Arm(true);
        double perYear = _arm.Population.Mortality.InRemissionPerYear;
        if (perYear > 0)
        {
            RandomStream stream = Stream("death-in-remission");
            double perDay = -Elementary.Log(1 - perYear) / Duration.DaysPerYear;
            ExpectDeath(day + (Draws.Exponential(ref stream) / perDay), DeathCause.NonRelapse);
        }
    }

    void RecordBCells(double planned, double day, Observation bCells)
    {
        bool followed = planned > AplasiaFollowedFrom && _relapse is null && _transplant is null;
        if (followed && !bCells.BelowLimit && bCells.Value >= _plan.Assays.BCells.Threshold("aplasia"))
        {
            _bCellRecovery ??= day;
        }
    }

    void TreatUntil(double day)
    {
        foreach (Decision due in _decisions.Take(day))
        {
            // A graft takes the place of the patient's own cells: there is no second one, and no CAR-T cells of the patient after it.
            bool late = _grafted && (due.IsGraft || due.Rule.Infuses);
            if (!_ended && !late && Holds(due.Rule.Still) && IsGiven(due))
            {
                Treat(due);
            }
        }
    }

    /// <summary>Once found for a patient, a donor or a place is there each time.</summary>
    bool IsGiven(Decision due) => due.Rule.Share == 1 || IsLikely(due.Rule.Share, $"share:{due.Strategy.Name}");

    bool Holds(PatientStatus status) => status switch
    {
        PatientStatus.Remission => InRemission,
        PatientStatus.WithoutRelapse => _relapse is null && _nonResponse is null,
        PatientStatus.Failed => _salvage is { InRemission: false, Relapse: null },
        PatientStatus.SecondRemission => _salvage is { InRemission: true },
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "expected a known status"),
    };

    void Treat(Decision due)
    {
        Strategy strategy = due.Strategy;
        _grafted |= due.IsGraft;
        _transplant ??= due.IsGraft && _salvage is null ? _trajectory.Time : null;
        // Rules of one strategy have chances of their own.
        int rule = strategy.Rules.ToList().IndexOf(due.Rule);
        string again = (rule <= 0 ? "" : $":rule-{rule + 1}") + (due.Before == 0 ? "" : $":{due.Before + 1}");
        foreach (StrategyAction action in due.Rule.Actions)
        {
            if (action is StrategyAction.Infuse infuse && IsLikely(infuse.Fails ?? _arm.Dose(infuse.Product).Fails, $"manufacture:{strategy.Name}{again}"))
            {
                _happenings.Add($"{strategy.Name}: product not made");
                return;
            }

            Do(action, strategy, again);
        }

        _happenings.Add($"{strategy.Name}: done");
        _salvage?.Treat(_trajectory.Time);
    }

    void Do(StrategyAction action, Strategy strategy, string again)
    {
        double now = _trajectory.Time;
        switch (action)
        {
            case StrategyAction.ScaleSpecies scale:
                Scale(scale);
                break;
            case StrategyAction.SetParameter set:
                _parameters.Set(_readings.SlotOf(set.Parameter), set.Value);
                break;
            case StrategyAction.MultiplyParameter { ForDays: { } days } pulse:
                _parameters.Change(_readings.SlotOf(pulse.Parameter), new(now + days, pulse.Factor, 0));
                break;
            case StrategyAction.AddToParameter add:
                _parameters.Change(_readings.SlotOf(add.Parameter), new(now + add.ForDays, 1, add.Amount));
                break;
            case StrategyAction.GiveCells give:
                int joined = _readings.SlotOf(give.Species);
                _trajectory.Set(joined, _trajectory.Slots[joined] + give.Cells);
                CellsGiven(now);
                break;
            case StrategyAction.MultiplyParameter multiply:
                _parameters.Multiply(_readings.SlotOf(multiply.Parameter), multiply.Factor);
                break;
            case StrategyAction.Infuse infuse:
                ProductDose dose = _arm.Dose(infuse.Product);
                int into = _readings.InfusionSlot(dose.Into);
                _trajectory.Set(into, _trajectory.Slots[into] + (infuse.Share * dose.Cells));
                CellsGiven(now);
                break;
            case StrategyAction.Toxicity toxicity:
                if (IsLikely(toxicity.Probability, $"toxicity:{strategy.Name}:{toxicity.Name}{again}"))
                {
                    _happenings.Add($"{strategy.Name}: {toxicity.Name}");
                }

                break;
            case StrategyAction.Mortality mortality:
                RandomStream stream = Stream($"mortality:{strategy.Name}{again}");
                if (mortality.DayOfDeath(stream.NextUniform()) is { } day)
                {
                    ExpectDeath(now + day, strategy.IsTransplant ? DeathCause.Transplant : DeathCause.NonRelapse);
                }

                break;
            default:
                throw new InvalidOperationException($"found the action {action.GetType().Name}; expected one the trial can do");
        }
    }

    bool IsLikely(double probability, string purpose)
    {
        RandomStream stream = Stream(purpose);
        return probability > 0 && stream.NextUniform() < probability;
    }

    void Scale(StrategyAction.ScaleSpecies scale)
    {
        foreach (int slot in _readings.SlotsOf(scale.Species))
        {
            if (scale.Factor <= 1)
            {
                _trajectory.Thin(slot, scale.Factor);
            }
            else
            {
                _trajectory.Set(slot, _trajectory.Slots[slot] * scale.Factor);
            }
        }
    }

    void Relapse()
    {
        _relapse = _trajectory.Time;
        PhenotypeSeen seen = _readings.PhenotypeSeen(_trajectory, _patient);
        _phenotype = seen.Phenotype;
        _cause = _readings.CauseAt(_trajectory);
        _guess = _cause is null ? null : Guess(seen);
        Fail(_trajectory.Time);
    }

    /// <summary>What the examination at relapse makes one think of its cause.</summary>
    CauseGroup Guess(PhenotypeSeen phenotype)
    {
        Observation[] transgene = [.. _observations.Where(o => o.Assay == _plan.Assays.Transgene.Name).TakeLast(2)];
        Observation bCells = _observations.Last(o => o.Assay == _plan.Assays.BCells.Name);
        bool back = _bCellRecovery is not null || (!bCells.BelowLimit && bCells.Value >= _plan.Assays.BCells.Threshold("aplasia"));
        double before = transgene.Length > 1 ? transgene[0].Value : double.NaN;
        return BedsideRule.Guess(new RelapseExamination(phenotype, _trajectory.Time)
        {
            BCellsBack = back,
            Transgene = transgene[^1].Value,
            TransgeneBefore = before,
            TransgeneLimit = _plan.Assays.Transgene.Limit,
            MrdOnDay28 = _mrdOnDay28,
        });
    }

    /// <summary>After relapse or non-response survival is exponential, shorter after a switch of lineage; what threatened the patient in remission no longer counts. Cells are followed on only where a strategy treats then.</summary>
    void Fail(double day)
    {
        DieOfDisease(day, "death-after-failure");
        _ended = !_decisions.ActsAfterFailure;
        if (_ended)
        {
            return;
        }

        _salvage = new Salvage(_plan, _arm, _criteria, _trajectory, _patient);
        _trajectory.Arm(false);
        _nextVisit = _visits.Length;
        Observation[] seen = _nonResponse is null ? [.. _observations.TakeLast(_plan.Assays.All.Count)] : Visit(Unscheduled);
        _decisions.DecideAt(StrategyMoment.Failure, day, seen, _observations);
        _ended = double.IsPositiveInfinity(_decisions.NextDay);
    }

    /// <summary>Second remission takes the place of death after failure; a second relapse brings it back.</summary>
    void Examine(Salvage salvage, double day)
    {
        Observation[] seen = Visit(salvage.NextVisit);
        if (salvage.Examined(day, seen))
        {
            _deathDay = double.PositiveInfinity;
            ExpectDeath(day + salvage.DaysInRemission(), DeathCause.NonRelapse);
            _decisions.DecideAt(StrategyMoment.SecondRemission, day, seen, _observations);
        }
        else if (salvage.Relapse is not null)
        {
            SecondRelapse();
        }
    }

    void SecondRelapse()
    {
        DieOfDisease(_trajectory.Time, "death-after-second-failure");
        _ended = true;
    }

    void DieOfDisease(double day, string purpose)
    {
        RandomStream stream = Stream(purpose);
        BackgroundMortality mortality = _arm.Population.Mortality;
        double median = _phenotype == Phenotype.LineageSwitch ? mortality.AfterSwitchMedianMonths : mortality.AfterFailureMedianMonths;
        double mean = median * Duration.DaysPerMonth / Elementary.Log(2);
        _deathDay = double.PositiveInfinity;
        ExpectDeath(day + (mean * Draws.Exponential(ref stream)), DeathCause.Disease);
    }

    void ExpectDeath(double day, DeathCause cause)
    {
        if (day < _deathDay)
        {
            (_deathDay, _deathCause) = (day, cause);
        }
    }

    Observation[] Visit(double day)
    {
        Observation[] seen = _readings.Observe(_trajectory, _patient, day);
        _observations.AddRange(seen);
        return seen;
    }

    RandomStream Stream(string purpose) => new(_plan.Seed, (ulong)_patient, RandomStream.Purpose(purpose));
}
