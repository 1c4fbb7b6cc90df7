namespace Nadir.Solvers;

/// <summary>The components of the equations that may differ from zero in some lane; all others are left alone.</summary>
/// <param name="components">Their numbers, ascending.</param>
/// <param name="width">Number of lanes.</param>
sealed class LiveComponents(int[] components, int width)
{
    /// <summary>Their numbers.</summary>
    public int[] Components { get; } = components;

    /// <summary>Where each begins, in doubles.</summary>
    public int[] Offsets { get; } = [.. components.Select(i => i * width)];
}
