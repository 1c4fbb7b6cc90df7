using Nadir.Numerics;

namespace Nadir.Solvers;

/// <summary>The methods for ordinary differential equations by name.</summary>
public static class SolverCatalogue
{
    /// <summary>Explicit, order 5; <c>tsit5</c>.</summary>
    public static Solver Tsit5 { get; } = new("tsit5", "explicit, order 5", (system, t, absolute, nonNegative) => new Tsit5(system, t, absolute, nonNegative), LaneMethods.Tsit5);

    /// <summary>Explicit, order 8, for tight tolerances; <c>dop853</c>.</summary>
    public static Solver DormandPrince853 { get; } =
        new("dop853", "explicit, order 8, for tight tolerances", (system, t, absolute, nonNegative) => new DormandPrince853(system, t, absolute, nonNegative), LaneMethods.DormandPrince853);

    /// <summary>Implicit, order 5, for stiff equations; <c>rodas5p</c>.</summary>
    public static Solver Rodas5P { get; } =
        new("rodas5p", "implicit, order 5, for stiff equations", (system, t, absolute, nonNegative) => new Rodas5P(system, t, absolute, nonNegative), LaneMethods.Rodas5P);

    /// <summary>Implicit, order 3, for stiff equations at loose tolerances; <c>rodas3p</c>.</summary>
    public static Solver Rodas3P { get; } =
        new("rodas3p", "implicit, order 3, for stiff equations at loose tolerances", (system, t, absolute, nonNegative) => new Rodas3P(system, t, absolute, nonNegative), LaneMethods.Rodas3P);

    /// <summary>Changes between <c>tsit5</c> and <c>rodas5p</c> as the equations ask for it; <c>auto</c>.</summary>
    public static Solver Auto { get; } =
        new("auto", "tsit5, and rodas5p where the equations are stiff", (system, t, absolute, nonNegative) => new AutoSwitch(system, t, absolute, nonNegative), LaneMethods.Auto);

    /// <summary>All methods.</summary>
    public static IReadOnlyList<Solver> All { get; } = [Auto, Tsit5, DormandPrince853, Rodas5P, Rodas3P];
}

/// <summary>A method for ordinary differential equations.</summary>
public sealed class Solver
{
    readonly Func<IOdeSystem, Tolerances, double[], bool[], OdeStepper> _create;

    internal Solver(string name, string description, Func<IOdeSystem, Tolerances, double[], bool[], OdeStepper> create, LaneMethods? lanes = null) =>
        (Name, Description, _create, Lanes) = (name, description, create, lanes);

    /// <summary>Name by which a user chooses it.</summary>
    public string Name { get; }

    /// <summary>What it is, in a few words.</summary>
    public string Description { get; }

    /// <summary>Whether it moves several patients at once.</summary>
    public bool HasLanes => Lanes is not null;

    /// <summary>The same method on lanes; null where there is none.</summary>
    internal LaneMethods? Lanes { get; }

    internal TrajectoryGroup CreateGroup<T>(HybridPlan plan, HybridOptions options)
        where T : struct, ILanes<T> =>
        (Lanes ?? throw new InvalidOperationException($"found {Name} on lanes; expected a method that has them")).CreateGroup<T>(plan, options);

    /// <summary>Creates a stepper.</summary>
    /// <param name="system">The equations; implicit methods use <see cref="IOdeJacobian"/> where the system is one.</param>
    /// <param name="tolerances">Accuracy and limits.</param>
    /// <param name="absolute">Absolute tolerance of each component; none: the one of <paramref name="tolerances"/> for all.</param>
    /// <param name="nonNegative">Components that stand for populations; none by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A tolerance is out of its range.</exception>
    public OdeStepper Create(IOdeSystem system, Tolerances tolerances, double[]? absolute = null, bool[]? nonNegative = null) =>
        _create(system, tolerances, absolute ?? [], nonNegative ?? []);
}

/// <summary>A method for any width of vector.</summary>
abstract class LaneMethods
{
    public static LaneStepping Tsit5 { get; } = new Tsit5Lanes();

    public static LaneStepping DormandPrince853 { get; } = new DormandPrince853Lanes();

    public static LaneStepping Rodas5P { get; } = new RosenbrockLanes(Solvers.Rodas5P.Tableau);

    public static LaneStepping Rodas3P { get; } = new RosenbrockLanes(Solvers.Rodas3P.Tableau);

    public static LaneMethods Auto { get; } = new AutoLanes();

    /// <summary>Makes a workspace for patients of a plan.</summary>
    public abstract TrajectoryGroup CreateGroup<T>(HybridPlan plan, HybridOptions options)
        where T : struct, ILanes<T>;

    sealed class Tsit5Lanes : LaneStepping
    {
        public override LaneStepper Create<T>(ILaneSystem system, Tolerances tolerances, double[] absolute, bool[] nonNegative) =>
            new LaneTsit5<T>(system, tolerances, absolute, nonNegative);
    }

    sealed class AutoLanes : LaneMethods
    {
        public override TrajectoryGroup CreateGroup<T>(HybridPlan plan, HybridOptions options) => new LaneAutoGroup<T>(plan, options);
    }

    sealed class DormandPrince853Lanes : LaneStepping
    {
        public override LaneStepper Create<T>(ILaneSystem system, Tolerances tolerances, double[] absolute, bool[] nonNegative) =>
            new LaneDormandPrince853<T>(system, tolerances, absolute, nonNegative);
    }

    sealed class RosenbrockLanes(RosenbrockTableau tableau) : LaneStepping
    {
        public override LaneStepper Create<T>(ILaneSystem system, Tolerances tolerances, double[] absolute, bool[] nonNegative) =>
            new LaneRosenbrock<T>(tableau, system, tolerances, absolute, nonNegative);
    }
}

/// <summary>One method for all steps.</summary>
abstract class LaneStepping : LaneMethods
{
    /// <summary>Makes the method for a system of equations.</summary>
    public abstract LaneStepper Create<T>(ILaneSystem system, Tolerances tolerances, double[] absolute, bool[] nonNegative)
        where T : struct, ILanes<T>;

    public sealed override TrajectoryGroup CreateGroup<T>(HybridPlan plan, HybridOptions options) => new LaneGroup<T>(plan, options, this);
}
