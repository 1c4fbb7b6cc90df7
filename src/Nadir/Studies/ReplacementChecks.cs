using Nadir.Documents;
using Nadir.Faults;
using Nadir.Protocols;

namespace Nadir.Studies;

/// <summary>
/// Whether a product that a strategy gives instead of the arm's own leaves what the arm asks for. A product is one file, so whatever sets the arm's own apart is lost with it:
/// a strategy is refused (ND0518) where it changes nothing, where its products to replace are others, and, where it names none, where the arm would bind fewer antigens.
/// </summary>
sealed class ReplacementChecks(Library library, IssueList issues)
{
    public void Check(StudyArm arm, IReadOnlyList<Strategy> strategies)
    {
        IReadOnlyList<string> known = library.Names("library/products");
        foreach (Strategy strategy in strategies.Where(s => s.Instead is not null))
        {
            string[] unknown = [.. strategy.InPlaceOf.Where(p => !known.Contains(p))];
            foreach (string product in unknown)
            {
                issues.Error("ND0527", strategy.At, $"\"{strategy.Name}\" replaces a product that is not there", product, "the name of a product", NearestName.Hint(product, known));
            }

            if (unknown.Length == 0 && known.Contains(strategy.Instead!))
            {
                Check(arm, strategy, arm.Products[0]);
            }
        }
    }

    void Check(StudyArm arm, Strategy strategy, string replaced)
    {
        SourceLocation at = arm.StrategiesAt[Math.Max(0, arm.Strategies.ToList().IndexOf(strategy.Name))];
        string of = $"\"{strategy.Name}\" of the arm \"{arm.Name}\"";
        string itself = $"for the product itself write product: {strategy.Instead}";
        if (replaced == strategy.Instead)
        {
            issues.Error("ND0518", at, $"{of} changes nothing: the arm gives that product already", replaced, "another product, or the arm without the strategy");
        }
        else if (strategy.InPlaceOf.Count > 0)
        {
            if (!strategy.InPlaceOf.Contains(replaced))
            {
                issues.Error("ND0518", at, $"{of} would replace \"{replaced}\", and what sets that product apart would be lost", replaced, $"product: {string.Join(" or ", strategy.InPlaceOf)}",
                    arm.Products.Skip(1).FirstOrDefault(strategy.InPlaceOf.Contains) is { } later ? $"the first product is replaced: write {later} first" : itself);
            }
        }
        else if (Targets([replaced]).Except(Targets([strategy.Instead!, .. arm.Products.Skip(1)])).ToArray() is { Length: > 0 } lost)
        {
            issues.Error("ND0518", at, $"{of} would replace \"{replaced}\" by a product that does not bind {string.Join(" and ", lost)}", strategy.Instead, $"a product that binds {string.Join(" and ", Targets([replaced]))}",
                $"{itself}; in-place-of: [{replaced}] in the strategy says that this is meant");
        }
    }

    IEnumerable<string> Targets(IEnumerable<string> products) => products.SelectMany(p => Product.Load(library, p).Value?.Targets ?? []).Distinct();
}
