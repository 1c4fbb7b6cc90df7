using Nadir.Models;

namespace Nadir.Tests.Solvers;

/// <summary>Models of the shipped library, with values changed.</summary>
static class LibraryModel
{
    public static Model With(string name, params (string Name, double Value)[] values)
    {
        Model model = ModelPackage.LoadShipped(name).OrThrow().Model;
        foreach ((string parameter, double value) in values)
        {
            (model.Parameters.Any(p => p.Name == parameter) || model.Species.Any(s => s.Name == parameter)).ShouldBeTrue(parameter);
            model = model with
            {
                Parameters = [.. model.Parameters.Select(p => p.Name == parameter ? p with { Value = value } : p)],
                Species = [.. model.Species.Select(s => s.Name == parameter ? s with { InitialAmount = value } : s)],
            };
        }

        return model;
    }
}
