using Nadir.Solvers;
using Nadir.Studies;
using Nadir.Trials;

namespace Nadir.Cli;

/// <summary>What <c>nadir trial</c> was asked to do; null means what the study file says.</summary>
sealed record TrialSettings
{
    /// <summary>A study file; null for the built-in study.</summary>
    public string? Study { get; init; }

    /// <summary>Patients in each arm.</summary>
    public int? Patients { get; init; }

    public ulong? Seed { get; init; }

    /// <summary>Worker threads; results do not depend on it.</summary>
    public required int Threads { get; init; }

    /// <summary>The folder to write; null for <c>nadir-out/&lt;study&gt;-&lt;seed&gt;</c>, or for none with <see cref="Json"/>.</summary>
    public string? Out { get; init; }

    /// <summary>Mechanisms to switch on.</summary>
    public IReadOnlyList<string> With { get; init; } = [];

    /// <summary>Mechanisms to switch off.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>A calibrated population; null for the numbers that ship.</summary>
    public string? Population { get; init; }

    /// <summary>Run the study again without each mechanism that is on.</summary>
    public bool KnockOut { get; init; }

    /// <summary>The endpoint whose sensitivity is asked for; null for none.</summary>
    public string? Sensitivity { get; init; }

    /// <summary>How much is simulated for it.</summary>
    public SensitivityOptions SensitivityOptions { get; init; } = new();

    /// <summary>Replicates over draws of parameters and patients; null for none.</summary>
    public int? Replicates { get; init; }

    /// <summary>A folder of the user's own library files; null for none.</summary>
    public string? Library { get; init; }

    /// <summary>Print one JSON document and nothing else.</summary>
    public bool Json { get; init; }

    /// <summary>Print every estimate instead of the short table and the curves.</summary>
    public bool Details { get; init; }

    /// <summary>Write all tables into one SQLite file too.</summary>
    public bool Sqlite { get; init; }

    /// <summary>Print the report as PDF too.</summary>
    public bool Pdf { get; init; }

    /// <summary>The part of the trial to simulate; null for all of it.</summary>
    public Shard? Shard { get; init; }

    /// <summary>Folders of the parts to put together instead of simulating; empty for a simulation.</summary>
    public IReadOnlyList<string> Join { get; init; } = [];

    /// <summary>Find the design's operating characteristics instead of running one trial; null for one trial.</summary>
    public PowerSettings? Power { get; init; }

    /// <summary>Accuracy and limits of the solver.</summary>
    public Tolerances Tolerances { get; init; } = TrialPlan.UsualTolerances;

    /// <summary>Method for the equations.</summary>
    public Solver Solver { get; init; } = SolverCatalogue.Tsit5;

    /// <summary>When to give up; null for never.</summary>
    public TimeLimit? TimeLimit { get; init; }

    /// <summary>Replace a result folder that holds something else.</summary>
    public bool Force { get; init; }
}
