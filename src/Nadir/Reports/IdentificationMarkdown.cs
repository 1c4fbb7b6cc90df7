using System.Text;
using Nadir.Evidence;
using Nadir.Models;

namespace Nadir.Reports;

/// <summary>What is seen at relapse under each cause, as a table of Markdown.</summary>
static class IdentificationMarkdown
{
    public static void Write(StringBuilder text, IdentificationTable table)
    {
        text.Append("## From observation to cause\n\nWhat is seen at relapse under each cause, from `library/identification.yaml`. The rule at the bedside names the cause whose blasts are seen and that has the fewest signs against it;\n")
            .Append("trials compare it with the true cause. *Or* may be seen as well and decides nothing; *only*: with anything else the cause is ruled out. m: measured, d: derived, a: assumed.\n\n");
        text.Append("| cause | mechanisms | blasts | ").AppendJoin(" | ", IdentificationTable.Findings.Select(f => f.Sign)).Append(" |\n|---|---|---|").Append(string.Concat(IdentificationTable.Findings.Select(_ => "---|"))).Append('\n');
        foreach (RelapseColumn column in table.Columns)
        {
            text.Append($"| {column.Cause} | {string.Join(", ", column.Mechanisms.Select(m => $"[{m}](#{m})"))} | {Cell(column.Blasts)} | ")
                .AppendJoin(" | ", IdentificationTable.Findings.Select(f => column.Signs.TryGetValue(f.Sign, out RelapseSign? sign) ? Cell(sign) : "any")).Append(" |\n");
        }

        text.Append('\n');
    }

    static string Cell(RelapseSign sign)
    {
        string also = sign.Also.Count == 0 ? "" : $" (or {string.Join(", ", sign.Also)})";
        string level = sign.Basis.Level switch { EvidenceLevel.Measured => "m", EvidenceLevel.Derived => "d", _ => "a" };
        return $"{(sign.IsRequired ? "only " : "")}{string.Join(", ", sign.Usual)}{also} [{string.Join("; ", [level, .. sign.Basis.Sources.Select(s => s.Key)])}]";
    }
}
