using System.Diagnostics.CodeAnalysis;

namespace Nadir.Survival;

/// <summary>A result, or the reason why the data do not give one. Too few events make a reason, never a number and never an exception.</summary>
/// <typeparam name="T">The result.</typeparam>
public sealed record Estimable<T>
    where T : notnull
{
    readonly T? _value;

    Estimable(T? value, string? reason)
    {
        _value = value;
        Reason = reason;
    }

    /// <summary>Why there is no result, as a sentence without its full stop; null where there is one.</summary>
    public string? Reason { get; }

    /// <summary>Whether there is a result.</summary>
    public bool IsEstimable => Reason is null;

    /// <summary>The result.</summary>
    /// <exception cref="InvalidOperationException">There is none; the message says why.</exception>
    public T Value => Reason is null ? _value! : throw new InvalidOperationException($"Found no result: {Reason}. Ask IsEstimable first.");

    /// <summary>A result.</summary>
    public static Estimable<T> Of(T value) => new(value, null);

    /// <summary>No result.</summary>
    /// <param name="reason">Why, as a sentence without its full stop.</param>
    public static Estimable<T> Not(string reason) => new(default, reason);

    /// <summary>The result, where there is one.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value)
    {
        value = _value;
        return IsEstimable;
    }

    /// <summary>Another result made from this one; the reason is kept where there is none.</summary>
    public Estimable<TOther> Then<TOther>(Func<T, Estimable<TOther>> next)
        where TOther : notnull => TryGet(out T? value) ? next(value) : Estimable<TOther>.Not(Reason!);
}
