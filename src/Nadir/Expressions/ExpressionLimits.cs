namespace Nadir.Expressions;

/// <summary>How large a formula may be. Every walk over a tree recurses, so its height is bounded where trees are made from text.</summary>
static class ExpressionLimits
{
    /// <summary>Parentheses, calls and prefix operators within each other.</summary>
    public const int Nesting = 250;

    /// <summary>Height of the tree; a sum of n terms has height n.</summary>
    public const int Height = 1500;

    /// <summary>Nodes of the tree.</summary>
    public const int Nodes = 100_000;
}
