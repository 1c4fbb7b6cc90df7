using Nadir.Expressions;
using Nadir.Faults;

namespace Nadir.Models;

/// <summary>
/// How large each formula is once rules and laws are put in the place of the names they define. A chain of rules doubles with every link
/// (<c>x1 := x0 + x0; x2 := x1 + x1; …</c>), so a short file can stand for a formula that no machine could walk through. Initial values are
/// computed one after another and do not add up.
/// </summary>
sealed class WrittenOutSizes
{
    const double MostParts = ExpressionLimits.Nodes;
    const double MostPartsOfModel = 20.0 * ExpressionLimits.Nodes;

    readonly SymbolTable _table;
    readonly Dictionary<string, string> _places;
    readonly Dictionary<string, Size> _known = new(StringComparer.Ordinal);

    WrittenOutSizes(SymbolTable table) => (_table, _places) = (table, Placement.Of(table));

    /// <summary>Reports the formulas that are too large, each where its own definition makes it so, not where it is used.</summary>
    public static void Check(SymbolTable table, IssueList issues)
    {
        WrittenOutSizes sizes = new(table);
        double total = 0;
        foreach (SymbolDraft symbol in table.Symbols)
        {
            sizes.Resolve(symbol.Name);
        }

        foreach (Formula formula in table.Formulas)
        {
            Size size = sizes.Of(formula.Tree);
            bool small = size.Parts <= MostParts && size.Height <= ExpressionLimits.Height;
            if (!small || (total <= MostPartsOfModel && total + size.Parts > MostPartsOfModel))
            {
                string subject = small ? "the formulas of the model are" : "the formula is";
                issues.Error("ND0249", formula.At, $"{subject} too large once the formulas behind names are put in",
                    expected: $"at most {MostParts} parts and a height of {ExpressionLimits.Height} in one formula, {MostPartsOfModel} parts in all");
            }

            total += small ? size.Parts : 0;
        }
    }

    /// <summary>Sizes of a symbol and of all it needs, without recursion: a chain may be as long as the file.</summary>
    void Resolve(string name)
    {
        Stack<string> open = new([name]);
        HashSet<string> entered = new(StringComparer.Ordinal);
        while (open.TryPeek(out string? top))
        {
            if (_known.ContainsKey(top))
            {
                open.Pop();
            }
            else if (entered.Add(top))
            {
                foreach (string need in Needs(top).Where(n => !_known.ContainsKey(n) && !entered.Contains(n)))
                {
                    open.Push(need);
                }
            }
            else
            {
                _known[top] = OfSymbol(top);
            }
        }
    }

    IEnumerable<string> Needs(string name) =>
        (Definition(name) is { } f ? FreeSymbols.Of(f.Tree) : []).Concat(Place(name) is { } place ? [place] : []);

    Formula? Definition(string name) => _table.Find(name) is { } s ? s.Kind == SymbolKind.Reaction ? s.Law : s.Rule : null;

    string? Place(string name) => _table.Find(name) is { Kind: SymbolKind.Species, SubstanceOnly: false } ? _places[name] : null;

    /// <summary>A symbol that is too large counts as small where it is used, so that what follows from a fault is no further one.</summary>
    Size OfSymbol(string name)
    {
        Size size = Definition(name) is { } f ? Of(f.Tree) : Size.Name;
        if (Place(name) is { } place)
        {
            Size volume = _known.GetValueOrDefault(place, Size.Name);
            size = new Size(1 + size.Parts + volume.Parts, 1 + Math.Max(size.Height, volume.Height));
        }

        return size.Parts > MostParts || size.Height > ExpressionLimits.Height ? Size.Name : size;
    }

    Size Of(Expr formula)
    {
        Stack<(Expr Node, int Depth)> open = new([(formula, 0)]);
        double parts = 0;
        int height = 0;
        while (open.TryPop(out (Expr Node, int Depth) next))
        {
            Size own = next.Node is SymbolExpr s ? _known.GetValueOrDefault(s.Name, Size.Name) : Size.Name;
            parts += own.Parts;
            height = Math.Max(height, next.Depth + own.Height);
            foreach (Expr child in ExprTree.Children(next.Node))
            {
                open.Push((child, next.Depth + 1));
            }
        }

        return new Size(parts, height);
    }

    readonly record struct Size(double Parts, int Height)
    {
        public static readonly Size Name = new(1, 1);
    }
}
