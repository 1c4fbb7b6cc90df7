using System.Globalization;

namespace Nadir.Trials;

/// <summary>Identifiers of virtual subjects.</summary>
public static class Subjects
{
    /// <summary>The identifier of a patient: the number that decides the random draws, counted from 1, with at least six digits.</summary>
    /// <param name="patient">The patient's number, from 0.</param>
    public static string Identifier(long patient) => string.Create(CultureInfo.InvariantCulture, $"V{patient + 1:D6}");
}
