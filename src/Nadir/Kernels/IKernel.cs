namespace Nadir.Kernels;

/// <summary>Computes a vector of formulas from time and the slots of one patient.</summary>
public interface IKernel
{
    /// <summary>Number of outputs.</summary>
    int Outputs { get; }

    /// <summary>Evaluates every output.</summary>
    /// <param name="t">Time in the model's unit (days in the library).</param>
    /// <param name="slots">The patient's slots: amounts, compartment sizes and parameters, in the layout's order.</param>
    /// <param name="output">Receives the outputs; at least <see cref="Outputs"/> long.</param>
    void Evaluate(double t, ReadOnlySpan<double> slots, Span<double> output);
}
