using Nadir.Faults;
using Nadir.Kernels;

namespace Nadir.Solvers;

/// <summary>The methods of exact stochastic simulation by name. All draw from the same law; they differ in speed and in the draws they make.</summary>
public static class ExactCatalogue
{
    /// <summary>All rates at each firing; for networks of a few reactions; <c>direct</c>.</summary>
    public static ExactMethod Direct { get; } = new("direct", "all rates at each firing", DirectTrajectory.Exact);

    /// <summary>Only the rates that a firing changes; for networks of many reactions, and where rates change in time; <c>next-reaction</c>.</summary>
    public static ExactMethod NextReaction { get; } = new("next-reaction", "only the rates that a firing changes", NextReactionTrajectory.Exact);

    /// <summary>All methods.</summary>
    public static IReadOnlyList<ExactMethod> All { get; } = [Direct, NextReaction];
}

/// <summary>A method of exact stochastic simulation: every species a whole number, every reaction by itself.</summary>
public sealed class ExactMethod
{
    readonly Func<Network, HybridOptions, Checked<Trajectory>> _create;

    internal ExactMethod(string name, string description, Func<Network, HybridOptions, Checked<Trajectory>> create) =>
        (Name, Description, _create) = (name, description, create);

    /// <summary>Name by which a user chooses it.</summary>
    public string Name { get; }

    /// <summary>What it is, in a few words.</summary>
    public string Description { get; }

    /// <summary>Prepares a workspace for one network; on one network all workspaces share their compiled kernels.</summary>
    /// <param name="network">The network.</param>
    /// <param name="options">Limits and the watched condition; discrete species are not looked at, since every species is one.</param>
    /// <returns>The workspace, or the issues that forbid exact simulation (reversible reactions, fractional stoichiometry).</returns>
    public Checked<Trajectory> Create(Network network, HybridOptions options) => _create(network, options);
}
