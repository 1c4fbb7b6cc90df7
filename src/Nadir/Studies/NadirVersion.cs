using System.Reflection;

namespace Nadir.Studies;

/// <summary>The version the build stamped into the library.</summary>
public static class NadirVersion
{
    /// <summary>For example <c>0.1.0</c>; build metadata after <c>+</c> is left out.</summary>
    public static string Text { get; } = typeof(NadirVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
