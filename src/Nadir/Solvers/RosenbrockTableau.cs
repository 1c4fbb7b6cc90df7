namespace Nadir.Solvers;

/// <summary>The numbers of a stiffly accurate Rosenbrock-Wanner method without products by the Jacobian (Hairer and Wanner 1996, equation IV.7.25).</summary>
sealed class RosenbrockTableau
{
    public required int Order { get; init; }

    public required double Gamma { get; init; }

    /// <summary>Time of each stage, in steps.</summary>
    public required double[] C { get; init; }

    /// <summary>Weight of ∂f/∂t in each stage, in steps.</summary>
    public required double[] D { get; init; }

    /// <summary>Weights of earlier stages in the argument of a stage, one row a stage; the solution is the argument of the last stage and that stage.</summary>
    public required double[] A { get; init; }

    /// <summary>Weights of earlier stages on the right-hand side of a stage, times the step; one row a stage.</summary>
    public required double[] G { get; init; }

    /// <summary>Weights of the stages in the difference between the solution and the embedded one.</summary>
    public required double[] E { get; init; }

    /// <summary>Weights of the stages in the coefficients of the interpolant, one row a coefficient.</summary>
    public required double[] H { get; init; }

    public int Stages => C.Length;

    public int Coefficients => H.Length / C.Length;

    /// <summary>Whether a stage has the argument of the first, and so needs no new right-hand side.</summary>
    public bool IsAtStart(int stage) => C[stage] == 0 && !Argument(stage).ContainsAnyExcept(0.0);

    /// <summary>Whether a stage has the argument of the one before it.</summary>
    public bool IsRepeated(int stage) =>
        stage > 0 && C[stage] == C[stage - 1] && A.AsSpan(stage * Stages, Stages).SequenceEqual(A.AsSpan((stage - 1) * Stages, Stages));

    public ReadOnlySpan<double> Argument(int stage) => A.AsSpan(stage * Stages, stage);

    public ReadOnlySpan<double> Earlier(int stage) => G.AsSpan(stage * Stages, stage);

    public ReadOnlySpan<double> Dense(int coefficient) => H.AsSpan(coefficient * Stages, Stages);

    /// <summary>The interpolant: a line between both ends, and what bends it.</summary>
    public static double Between(double theta, double start, double end, double bend)
    {
        double rest = 1 - theta;
        return Math.FusedMultiplyAdd(rest, start, theta * Math.FusedMultiplyAdd(rest, bend, end));
    }
}
